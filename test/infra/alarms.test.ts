import { expect, it, onTestFinished, vi } from 'vitest';
import { METRIC_NAMES, type MetricName } from '../../shared/platform/metric-names.ts';
import { at, namesOf, synthesize } from './synth.ts';

const { of, said } = synthesize().cloud;
const trial = synthesize('trial').cloud;
const alarms = of('AWS::CloudWatch::Alarm').map(({ name, properties }) => ({ name, ...properties }));

it('The drift alarm watches the metric and service that our functions count by.', async () => {
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  onTestFinished(() => void vi.unstubAllEnvs());
  const logged = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.resetModules();
  const { countInMetrics, metrics } = await import('../../shared/platform/telemetry.ts');
  // Powertools writes to a console of its own, as Lambda's is not the usual one.
  const own = vi.spyOn((metrics as unknown as { console: Console }).console, 'log').mockImplementation(() => undefined);
  countInMetrics('DriftsFound', 1);
  metrics.publishStoredMetrics();
  const [line] = [...own.mock.calls, ...logged.mock.calls].flat();
  const { _aws, ...values } = JSON.parse(String(line));
  const [{ Namespace, Dimensions, Metrics }] = _aws.CloudWatchMetrics;
  expect(alarms).toContainEqual(
    expect.objectContaining({
      Namespace,
      MetricName: Metrics[0].Name,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      Dimensions: Dimensions[0].map((Name: string) => ({ Name, Value: values[Name] })),
    }),
  );
});

it('A trading day without a voucher is an alarm in production, and none in a trial.', () => {
  const stopped = alarms.find(({ name }) => name === 'SalesStopped');
  expect(stopped).toMatchObject({ TreatMissingData: 'breaching', Threshold: 1, EvaluationPeriods: 1 });
  const metrics = at(stopped, 'Metrics') as { Id: string; Expression?: string; MetricStat?: { Period: number } }[];
  expect(metrics.find(({ Expression }) => Expression?.startsWith('IF'))?.Expression).toBe(
    'IF(HOUR(sales) >= 5 AND HOUR(sales) < 14, sales, 1)',
  );
  expect(metrics.find(({ MetricStat }) => MetricStat)?.MetricStat).toMatchObject({
    Period: 1_800,
    Metric: { MetricName: 'VouchersRecorded', Namespace: 'Bahi' },
  });
  expect(namesOf(trial.of('AWS::CloudWatch::Alarm'))).not.toContain('SalesStopped');
});

it.each([
  ['production', 400],
  ['trial', 50],
] as const)(
  'The budget of %s is %i dollars a month, of its own resources, and tells the person on duty.',
  (stage, amount) => {
    const { of: resourcesOf, said: saidOf } = stage === 'trial' ? trial : { of, said };
    const [budget, ...others] = resourcesOf('AWS::Budgets::Budget');
    expect(others).toEqual([]);
    expect(budget?.properties.Budget).toMatchObject({
      BudgetLimit: { Amount: amount, Unit: 'USD' },
      CostFilters: { TagKeyValue: [`user:stage$${stage}`] },
      TimeUnit: 'MONTHLY',
    });
    const notices = budget?.properties.NotificationsWithSubscribers as { Subscribers: { Address: unknown }[] }[];
    expect(notices.map(({ Subscribers }) => saidOf(Subscribers[0]?.Address))).toEqual(['Alarms', 'Alarms', 'Alarms']);
  },
);

it('The dashboard shows sales first, and every counter that it names is counted.', () => {
  const [board, ...others] = of('AWS::CloudWatch::Dashboard');
  expect(others).toEqual([]);
  const body = JSON.stringify(board?.properties.DashboardBody);
  const counters = [...body.matchAll(/\\"Bahi\\",\\"(\w+)\\"/g)].map(([, counter]) => counter);
  expect(counters.slice(0, 2)).toEqual(['VouchersRecorded', 'VouchersRepeated']);
  expect(counters.filter((counter) => !METRIC_NAMES.includes(counter as MetricName))).toEqual([]);
});

it('The planning alarm rings when nothing is planned, even without any data.', () => {
  expect(alarms).toContainEqual(
    expect.objectContaining({
      MetricName: 'Invocations',
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      Period: 7_200,
      TreatMissingData: 'breaching',
    }),
  );
});
