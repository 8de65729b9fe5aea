import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, Context } from 'aws-lambda';

export type ReceivedRequest = {
  readonly method: string;
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly claims: object | undefined;
  readonly key: string;
  readonly pathParameters: Record<string, string>;
};

export const eventOf = (received: ReceivedRequest): APIGatewayProxyEventV2WithJWTAuthorizer => {
  const { method, url, headers, body, claims, key, pathParameters } = received;
  const requestId = randomUUID();
  const http = {
    method,
    path: url.pathname,
    protocol: 'HTTP/1.1',
    sourceIp: '127.0.0.1',
    userAgent: '',
  };
  return {
    version: '2.0',
    routeKey: key,
    rawPath: url.pathname,
    rawQueryString: url.searchParams.toString(),
    headers,
    queryStringParameters: queryOf(url),
    pathParameters,
    isBase64Encoded: false,
    ...(body !== '' && { body }),
    requestContext: {
      accountId: 'local',
      apiId: 'local',
      domainName: headers.host ?? 'local',
      domainPrefix: 'local',
      http,
      requestId,
      routeKey: key,
      stage: '$default',
      time: '',
      timeEpoch: 0,
      authorizer: { principalId: '', integrationLatency: 0, jwt: { claims: gatewayClaims(claims), scopes: [] } },
    },
  };
};

/** API Gateway joins repeated parameters with commas. */
const queryOf = ({ searchParams }: URL): Record<string, string> =>
  Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name).join(',')]));

/** API Gateway passes text, lists as `[a b]`. */
const gatewayClaims = (claims: object = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );

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
