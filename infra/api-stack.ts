import { type App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { operations } from '../shared/contract/operations.ts';
import { alarm, FIVE_MINUTES } from './alarms.ts';
import { addRoutes } from './api-routes.ts';
import { addStage } from './api-stage.ts';
import { bahiFunction } from './bahi-function.ts';
import type { DataStack } from './data-stack.ts';

/** A phone waits ten seconds. Memory is there for the cold start: processor time comes with it. */
const PHONE = { timeout: Duration.seconds(10), memorySize: 1024 };
/** An office waits as long as the gateway does, 30 seconds, for a page over hundreds of closes. */
const OFFICE = { timeout: Duration.seconds(29), memorySize: 1769 };

/** What phones and offices speak to: one function a folder, one route an operation. */
export class ApiStack extends Stack {
  constructor(app: App, id: string, { tables, userPool, client, topic }: DataStack) {
    super(app, id, { description: 'Bahi: the HTTP API' });
    // CORS stays closed: the app is installed, and no page of another site calls us.
    const api = new HttpApi(this, 'Api', {
      apiName: 'bahi',
      createDefaultStage: false,
      defaultAuthorizer: new HttpUserPoolAuthorizer('SignedIn', userPool, { userPoolClients: [client] }),
    });
    for (const [name, served] of Map.groupBy(operations, (operation) => operation.function)) {
      const fn = bahiFunction(this, name, { tables, ...(name === 'reports' ? OFFICE : PHONE) });
      addRoutes(api, fn, served);
      if (name === 'vouchers') watchVouchers(this, fn, topic);
    }
    alarm(this, 'ApiFails', {
      metric: api.metricServerError({ ...FIVE_MINUTES, statistic: 'Sum' }),
      above: 5,
      times: 2,
      description:
        'Stalls and depots get 5xx: sales still go through by sending again, but queues grow at the counters. ' +
        'Find the request ids in the access log with status >= 500, and follow them in the log of their function.',
      topic,
    });
    new CfnOutput(this, 'Url', { value: addStage(api).url });
  }
}

const watchVouchers = (scope: Stack, vouchers: IFunction, topic: ITopic) => {
  alarm(scope, 'VouchersFail', {
    metric: vouchers.metricErrors({ ...FIVE_MINUTES, statistic: 'Sum' }),
    description:
      'Stalls cannot record sales: functions/vouchers crashes or runs out of time before it can answer. Read its log; ' +
      'if it began with a deployment, roll that back. Nothing acknowledged is lost; what was not is sent again.',
    topic,
  });
  alarm(scope, 'VouchersThrottled', {
    metric: vouchers.metricThrottles({ ...FIVE_MINUTES, statistic: 'Sum' }),
    description:
      "Stalls are turned away: functions/vouchers reached the account's limit of concurrent functions. See what else " +
      'uses it up (the jobs are bounded), and ask AWS for a higher limit.',
    topic,
  });
};
