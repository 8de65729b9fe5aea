import { type App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { operations } from '../shared/api/contract.ts';
import { DOCS_ROUTES } from '../shared/api/docs-page.ts';
import { EXPORTS_VARIABLE, queueVariable } from '../shared/platform/environment.ts';
import type { HttpFunction, PlainRoute } from '../shared/platform/operation-contract.ts';
import { alarm, FIVE_MINUTES } from './alarms.ts';
import { addRoutes, addStage, type OpenRoute } from './api-stage.ts';
import { bahiFunction } from './bahi-function.ts';
import { canarySale } from './canary-sale.ts';
import { dashboard } from './dashboard.ts';
import type { DataStack } from './data-stack.ts';
import { DEPLOYMENT_PERIOD, gradualDeployment } from './gradual-deployment.ts';
import { grantExportLinks } from './job-worker.ts';
import type { JobsStack } from './jobs-stack.ts';
import { stageOf } from './stages.ts';

/** A phone waits ten seconds. Memory brings processor time for the cold start. */
const PHONE_FUNCTION = { timeout: Duration.seconds(10), memorySize: 1024 };
/** The gateway's limit is 30 seconds; a report may page over hundreds of closes. */
const OFFICE_FUNCTION = { timeout: Duration.seconds(29), memorySize: 1769 };

/**
 * 1,000 stalls with a sale every ten seconds need about 10. Open routes get at most 5. AWS keeps
 * 100 of an account's 1,000 unreserved.
 */
const RESERVED_CONCURRENCY: Partial<Record<HttpFunction, { readonly reservedConcurrentExecutions: number }>> = {
  vouchers: { reservedConcurrentExecutions: 200 },
  service: { reservedConcurrentExecutions: 5 },
};

export class ApiStack extends Stack {
  /** Without the scheme. */
  readonly host: string;

  constructor(
    app: App,
    id: string,
    { tables, userPool, client, topic, exports }: DataStack,
    { exportQueue }: Pick<JobsStack, 'exportQueue'>,
  ) {
    super(app, id, { description: 'Bahi: the HTTP API' });
    // No CORS: the app is installed, not a web page.
    const api = new HttpApi(this, 'Api', {
      apiName: stageOf(this).resourcePrefix,
      createDefaultStage: false,
      defaultAuthorizer: new HttpUserPoolAuthorizer('SignedIn', userPool, { userPoolClients: [client] }),
    });
    const openRoutes: OpenRoute[] = [];
    const deployment = gradualDeployment(this);
    const routes: readonly PlainRoute[] = [...operations, ...DOCS_ROUTES];
    for (const [name, ownRoutes] of Map.groupBy(routes, (route) => route.function)) {
      const fn = bahiFunction(this, name, {
        tables,
        ...(name === 'reports' || name === 'documents' ? OFFICE_FUNCTION : PHONE_FUNCTION),
        ...RESERVED_CONCURRENCY[name],
        ...(name === 'reports' && {
          environment: {
            [EXPORTS_VARIABLE]: exports.bucketName,
            [queueVariable('export-vouchers')]: exportQueue.queueUrl,
          },
        }),
      });
      if (name === 'reports') {
        grantExportLinks(fn, exports);
        exportQueue.grant(fn, 'sqs:SendMessage');
      }
      openRoutes.push(...addRoutes(api, name, deployment.live(fn), ownRoutes));
      if (name !== 'vouchers') continue;
      voucherAlarms(this, fn, topic);
      dashboard(this, { tables, api, vouchers: fn });
    }
    alarm(this, 'ApiFails', {
      metric: api.metricServerError({ ...FIVE_MINUTES, statistic: 'Sum' }),
      above: 5,
      periods: 2,
      description:
        'Stalls and depots get 5xx. Sales go through on a retry, but queues grow at the counters. ' +
        'Find the request ids with status >= 500 in the access log, and follow them in the log of their function.',
      topic,
    });
    deployment.stopBy(
      alarm(this, 'DeploymentFails', {
        metric: api.metricServerError({ ...DEPLOYMENT_PERIOD, statistic: 'Sum' }),
        above: 5,
        description:
          'Stalls get 5xx. If a deployment is under way, this alarm has rolled it back: a tenth of the requests of a few ' +
          'minutes met the new version, and phones send theirs again. If none is, follow the entry ApiFails.',
        topic,
      }),
    );
    const { url } = addStage(api, openRoutes);
    canarySale(this, { tables, url, topic });
    this.host = `${api.apiId}.execute-api.${this.region}.${this.urlSuffix}`;
    new CfnOutput(this, 'Url', { value: url });
  }
}

const voucherAlarms = (scope: Stack, vouchers: IFunction, topic: ITopic) => {
  alarm(scope, 'VouchersFail', {
    metric: vouchers.metricErrors({ ...FIVE_MINUTES, statistic: 'Sum' }),
    description:
      'Stalls cannot record sales: functions/vouchers crashes or times out. Read its log; if it began with a deployment, ' +
      'roll that back. No acknowledged voucher is lost; phones send the others again.',
    topic,
  });
  alarm(scope, 'VouchersThrottled', {
    metric: vouchers.metricThrottles({ ...FIVE_MINUTES, statistic: 'Sum' }),
    description:
      'Stalls get errors: functions/vouchers has reached its reserved concurrency of 200. Check whether one phone or client ' +
      'sends without end; otherwise raise the reservation in infra/api-stack.ts.',
    topic,
  });
};
