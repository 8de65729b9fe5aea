import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';

/** Milliseconds. Above the cloud's limit: this machine may be busy. */
const REQUEST_TIMEOUT = 60_000;

export const lambdaContext = (functionName: string, remaining = REQUEST_TIMEOUT): Context => ({
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
