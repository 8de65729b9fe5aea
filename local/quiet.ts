/** Imported first, as Powertools reads its environment when loaded. Logs errors only. */
process.env.POWERTOOLS_LOG_LEVEL ??= 'ERROR';
process.env.POWERTOOLS_METRICS_DISABLED ??= 'true';
process.env.POWERTOOLS_TRACE_ENABLED ??= 'false';
// X-Ray's hook into every promise takes a third of the time here (aws/aws-xray-sdk-node#420).
process.env.AWS_XRAY_MANUAL_MODE ??= 'true';
