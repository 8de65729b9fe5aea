import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { LOGS_KEPT } from './bahi-function.ts';

/** One JSON line a request; `requestId` is the correlation id of the function's log, and the caller's `x-request-id`. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sub: '$context.authorizer.claims.sub',
  route: '$context.routeKey',
  path: '$context.path',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integrationLatency',
  bytes: '$context.responseLength',
  ip: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  refusedToken: '$context.authorizer.error',
  failure: '$context.integrationErrorMessage',
};

export const addStage = (api: HttpApi): HttpStage => {
  const logGroup = new LogGroup(api, 'AccessLog', { retention: LOGS_KEPT, removalPolicy: RemovalPolicy.RETAIN });
  return new HttpStage(api, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    // 1,000 stalls at a sale every ten seconds are 100 a second: room for a festival, and an end for a phone gone mad.
    throttle: { rateLimit: 500, burstLimit: 1000 },
    accessLogSettings: {
      destination: new LogGroupLogDestination(logGroup),
      format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
    },
  });
};
