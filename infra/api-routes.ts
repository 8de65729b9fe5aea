import { Validations } from 'aws-cdk-lib';
import { type HttpApi, HttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Operation, routeKey } from '../shared/platform/operation-contract.ts';
import type { OpenRoute } from './api-stage.ts';

/** Returns the open routes, which need no token. */
export const addRoutes = (api: HttpApi, fn: IFunction, operations: readonly Operation[]): OpenRoute[] => {
  const openRoutes: OpenRoute[] = [];
  const integration = new HttpLambdaIntegration(`${fn.node.path}/Integration`, fn);
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
