/** Imported first: Powertools reads its environment when loaded. */
process.env.POWERTOOLS_LOG_LEVEL ??= 'ERROR';
process.env.POWERTOOLS_METRICS_DISABLED ??= 'true';
process.env.POWERTOOLS_TRACE_ENABLED ??= 'false';
// X-Ray's promise hook takes a third of the time (aws/aws-xray-sdk-node#420).
process.env.AWS_XRAY_MANUAL_MODE ??= 'true';
