import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';

/** Milliseconds that a request may take: more than in the cloud, since this machine may have other work. */
const REQUEST_TIMEOUT = 60_000;

/** What Lambda tells a function of its surroundings. */
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
