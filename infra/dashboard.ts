import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Dashboard, GraphWidget, type IMetric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { MetricName } from '../shared/platform/metric-names.ts';
import { countMetric, FIVE_MINUTES } from './alarms.ts';
import { stageOf } from './stages.ts';
import type { BahiTables } from './tables.ts';

type DashboardProps = { readonly tables: BahiTables; readonly api: HttpApi; readonly vouchers: IFunction };

const HALF = 12;
const graph = (title: string, left: readonly IMetric[], right: readonly IMetric[] = []): GraphWidget =>
  new GraphWidget({ title, left: [...left], right: [...right], width: HALF, height: 6 });

const counts = (period: Duration, ...names: readonly MetricName[]): IMetric[] =>
  names.map((name) => countMetric(name, period));

/** Sales first, then what they need, then the night. */
export const dashboard = (scope: Construct, { tables, api, vouchers }: DashboardProps): void => {
  const board = new Dashboard(scope, 'Dashboard', {
    dashboardName: stageOf(scope).resourcePrefix,
    defaultInterval: Duration.hours(12),
  });
  const often = FIVE_MINUTES.period;
  const nightly = Duration.days(1);
  const p99 = { ...FIVE_MINUTES, statistic: 'p99' };
  const sum = { ...FIVE_MINUTES, statistic: 'Sum' };
  const { Ledger, Stock } = tables;
  board.addWidgets(
    new TextWidget({
      markdown:
        'What each alarm means, who suffers and what to do: docs/runbook.md. Times are UTC; India is 5:30 ahead.',
      width: 2 * HALF,
      height: 1,
    }),
  );
  board.addWidgets(
    graph(
      'Vouchers',
      counts(often, 'VouchersRecorded', 'VouchersRepeated'),
      counts(often, 'VouchersRefused', 'VouchersHeld'),
    ),
    graph('Requests', [api.metricCount(sum)], [api.metricServerError(sum), api.metricClientError(sum)]),
  );
  board.addWidgets(
    graph('Time of a request, 99 of 100, ms', [api.metricLatency(p99), vouchers.metricDuration(p99)]),
    graph(
      'functions/vouchers',
      [vouchers.metricInvocations(sum)],
      [vouchers.metricErrors(sum), vouchers.metricThrottles(sum)],
    ),
  );
  board.addWidgets(
    graph(
      'Units written',
      [Ledger, Stock].map((table) => table.metricConsumedWriteCapacityUnits(FIVE_MINUTES)),
    ),
    graph('Alerts and messages', counts(often, 'AlertsOpened', 'AlertsResolved', 'MessagesSent')),
  );
  board.addWidgets(
    graph('Nights', counts(nightly, 'DaysClosed', 'LocationsReconciled', 'LocationsReplanned')),
    graph('To look at', counts(nightly, 'DriftsFound', 'WorkFailed', 'RowsUnreadable', 'ClosesMissing')),
  );
};
