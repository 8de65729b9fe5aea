import { Duration, Stack } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { API_VARIABLE } from '../shared/platform/environment.ts';
import { countMetric, silenceAlarm } from './alarms.ts';
import { bahiFunction } from './bahi-function.ts';
import { stageOf } from './stages.ts';
import type { BahiTables } from './tables.ts';

type CanaryProps = { readonly tables: BahiTables; readonly url: string; readonly topic: ITopic };

/** Three tries may fail before it rings. */
const SILENCE = Duration.minutes(15);

/** Every five minutes, from outside the gateway (ADR 36). */
export const canarySale = (scope: Construct, { tables, url, topic }: CanaryProps): void => {
  const canary = bahiFunction(scope, 'canary-sale', {
    tables,
    timeout: Duration.minutes(1),
    memorySize: 256,
    environment: { [API_VARIABLE]: url },
  });
  const role = new Role(scope, 'CanaryRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [canary.functionArn] }));
  new Schedule(scope, 'CanarySchedule', {
    description: 'canary-sale: asks the public address as a phone does',
    schedule: ScheduleExpression.rate(Duration.minutes(5)),
    target: new LambdaInvoke(canary, { role: role.withoutPolicyUpdates(), retryAttempts: 0 }),
  });
  silenceAlarm(scope, 'CanaryFails', {
    metric: countMetric('CanarySalesRefused', SILENCE),
    description:
      'Phones probably do not reach Bahi: for 15 minutes its public address was unhealthy, or took a sale without a token. ' +
      'The log of functions/canary-sale names the probe and its answer. Stalls sell on and sync later.',
    topic,
  });
  if (stageOf(scope).sellsDaily) salesAlarm(scope, topic);
};

/** From 10:30 to 19:30 IST, which is 5:00 to 14:00 UTC. */
const TRADING_HOURS = 'HOUR(sales) >= 5 AND HOUR(sales) < 14';

/** The real sales are the canary of the write path. */
const salesAlarm = (scope: Construct, topic: ITopic): void =>
  silenceAlarm(scope, 'SalesStopped', {
    metric: new MathExpression({
      expression: `IF(${TRADING_HOURS}, sales, 1)`,
      usingMetrics: {
        sales: new MathExpression({
          expression: 'FILL(recorded, 0)',
          usingMetrics: { recorded: countMetric('VouchersRecorded', Duration.minutes(30)) },
          period: Duration.minutes(30),
        }),
      },
      label: 'vouchers recorded in trading hours',
      period: Duration.minutes(30),
    }),
    description:
      'No stall recorded anything for half an hour of the trading day. Phones keep their sales and sync later, but bills have ' +
      'no number of the ledger. Look at CanaryFails and ApiFails; if neither rings, at sign-ins and the latest deployment.',
    topic,
  });
