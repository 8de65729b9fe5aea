import { AsyncLocalStorage } from 'node:async_hooks';
import type { MetricName } from '../shared/platform/metric-names.ts';
import type { CountMetric } from '../shared/platform/telemetry.ts';

type Counts = Partial<Record<MetricName, number>>;
const current = new AsyncLocalStorage<Counts>();

export const countLocally: CountMetric = (what, times) => {
  const tally = current.getStore();
  if (tally) tally[what] = (tally[what] ?? 0) + times;
};

export const withCounts = async (run: () => Promise<void>): Promise<Counts> => {
  const tally: Counts = {};
  await current.run(tally, run);
  return tally;
};
