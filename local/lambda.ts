import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';

/** Milliseconds that a phone's request may take. */
const REQUEST_TIME = 10_000;

/** What Lambda tells a function of its surroundings. */
export const lambdaContext = (functionName: string, remaining = REQUEST_TIME): Context => ({
  callbackWaitsForEmptyEventLoop: false,
  functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
  memoryLimitInMB: '512',
  awsRequestId: randomUUID(),
  logGroupName: functionName,
  logStreamName: 'local',
  getRemainingTimeInMillis: () => remaining,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});
