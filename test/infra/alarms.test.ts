import { expect, it, onTestFinished, vi } from 'vitest';
import { synthesize } from './synth.ts';

const { of } = synthesize().cloud;
const alarms = of('AWS::CloudWatch::Alarm').map(({ name, properties }) => ({ name, ...properties }));

it('The drift alarm watches the metric and service that our functions count by.', async () => {
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  onTestFinished(() => void vi.unstubAllEnvs());
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.resetModules();
  const { countInMetrics, metrics } = await import('../../shared/platform/telemetry.ts');
  // Powertools writes to a console of its own, as Lambda's is not the usual one.
  const own = vi.spyOn((metrics as unknown as { console: Console }).console, 'log').mockImplementation(() => undefined);
  countInMetrics('DriftsFound', 1);
  metrics.publishStoredMetrics();
  const [line] = [...own.mock.calls, ...said.mock.calls].flat();
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
