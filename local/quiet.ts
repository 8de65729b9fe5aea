/** Imported first: Powertools reads its environment when it is loaded. Here only faults are logged, and nothing is sent. */
process.env.POWERTOOLS_LOG_LEVEL ??= 'ERROR';
process.env.POWERTOOLS_METRICS_DISABLED ??= 'true';
process.env.POWERTOOLS_TRACE_ENABLED ??= 'false';
// Else X-Ray hooks into every promise of the process, trace or no trace: a third of the time here (aws/aws-xray-sdk-node#420).
process.env.AWS_XRAY_MANUAL_MODE ??= 'true';
