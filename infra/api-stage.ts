import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  type HttpApi,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { LOG_RETENTION } from './bahi-function.ts';

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

/** Requests a second that routes without a token get: a few for a monitor and for who reads the contract. */
const OPEN_ROUTE_LIMIT = { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 };

/** A route and its key, such as `GET /health`. */
export type OpenRoute = { readonly key: string; readonly route: HttpRoute };

/** `openRoutes`: the routes that ask for no token have a limit of their own, so that nobody without one uses up the stage's. */
export const addStage = (api: HttpApi, openRoutes: readonly OpenRoute[]): HttpStage => {
  const logGroup = new LogGroup(api, 'AccessLog', { retention: LOG_RETENTION, removalPolicy: RemovalPolicy.RETAIN });
  const stage = new HttpStage(api, 'Stage', {
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
  const settings = stage.node.defaultChild as CfnStage;
  settings.addPropertyOverride(
    'RouteSettings',
    Object.fromEntries(openRoutes.map(({ key }) => [key, OPEN_ROUTE_LIMIT])),
  );
  // A stage may name only routes that are there.
  for (const { route } of openRoutes) stage.node.addDependency(route);
  return stage;
};
