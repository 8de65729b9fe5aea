import { AsyncLocalStorage } from 'node:async_hooks';
import type { CountName } from '../shared/platform/metric-names.ts';
import type { Count } from '../shared/platform/telemetry.ts';

type Tally = Partial<Record<CountName, number>>;
const current = new AsyncLocalStorage<Tally>();

/** Counts into whatever is being tallied where it happens. */
export const countHere: Count = (what, times) => {
  const tally = current.getStore();
  if (tally) tally[what] = (tally[what] ?? 0) + times;
};

/** What was counted while this ran, and by nothing else. */
export const tallied = async (run: () => Promise<void>): Promise<Tally> => {
  const tally: Tally = {};
  await current.run(tally, run);
  return tally;
};
