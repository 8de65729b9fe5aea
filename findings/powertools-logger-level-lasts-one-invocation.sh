#!/usr/bin/env bash
# Package: @aws-lambda-powertools/logger 2.35.0 (npm), with no sampling set.
#
# Behaviour: `setLogLevel` at the start of a function holds for the first invocation of a sandbox. From the second one
# on, `refreshSampleRateCalculation`, which the middleware calls on each invocation even where no sample rate is set,
# puts back the level that the logger was made with.
#
# Output seen (level DEBUG set once, when the module loads; made with INFO):
#   invocation 1: DEBUG
#   invocation 2: INFO
#   invocation 3: INFO
#
# Why it matters: a level that is read from a setting when the function starts is lost after one invocation, and logs
# are missing just when a busy function is looked into. A quiet level is lost likewise, and logs cost money. Give the
# level to the constructor or by POWERTOOLS_LOG_LEVEL.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @aws-lambda-powertools/logger@2.35.0 @middy/core@6.4.5 >/dev/null
cat >probe.mjs <<'JS'
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
const logger = new Logger({ serviceName: 'probe', logLevel: 'INFO' });
logger.setLogLevel('DEBUG');
const levels = [];
const handler = middy(async () => levels.push(logger.getLevelName())).use(injectLambdaContext(logger));
const context = { functionName: 'probe', memoryLimitInMB: '128', invokedFunctionArn: 'arn', awsRequestId: 'id' };
for (const invocation of [1, 2, 3]) {
  await handler({}, context);
  console.log(`invocation ${invocation}: ${levels.at(-1)}`);
}
const asSeen = levels.join() === 'DEBUG,INFO,INFO';
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs
