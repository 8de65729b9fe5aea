import { Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  type HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { type HttpFunction, type PlainRoute, routeKey } from '../shared/platform/operation-contract.ts';
import { LOG_RETENTION } from './bahi-function.ts';
import { removalPolicyOf } from './stages.ts';

/** `requestId` is the function log's correlation id and the caller's `x-request-id`. */
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

/** Requests a second: enough for monitors and readers of the contract. */
const OPEN_ROUTE_LIMIT = { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 };

/** `key`: such as `GET /health`. */
export type OpenRoute = { readonly key: string; readonly route: HttpRoute };

/** Open routes have their own limit, so that callers without a token cannot use up the stage's. */
export const addStage = (api: HttpApi, openRoutes: readonly OpenRoute[]): HttpStage => {
  const logGroup = new LogGroup(api, 'AccessLog', { retention: LOG_RETENTION, removalPolicy: removalPolicyOf(api) });
  const stage = new HttpStage(api, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    // 1,000 stalls with a sale every ten seconds are 100 a second; the rest is for festivals.
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
  // A stage may name only existing routes.
  for (const { route } of openRoutes) stage.node.addDependency(route);
  return stage;
};

/** Returns the open routes, which need no token. */
export const addRoutes = (
  api: HttpApi,
  name: HttpFunction,
  fn: IFunction,
  operations: readonly PlainRoute[],
): OpenRoute[] => {
  const openRoutes: OpenRoute[] = [];
  const integration = new HttpLambdaIntegration(`${name}/Integration`, fn);
  for (const operation of operations) {
    const { id, method, route, access } = operation;
    const isOpen = access === 'open';
    const routes = api.addRoutes({
      path: route,
      methods: [HttpMethod[method]],
      integration,
      ...(isOpen && { authorizer: new HttpNoneAuthorizer() }),
    });
    if (!isOpen) continue;
    for (const added of routes) {
      openRoutes.push({ key: routeKey(operation), route: added });
      Validations.of(added).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: `The contract declares ${id} open to all: it reveals no data.`,
      });
    }
  }
  return openRoutes;
};
