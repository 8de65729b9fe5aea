import type { Place } from '../kernel/ids.ts';
import { type Clock, type Day, millisecondsOf } from '../kernel/time.ts';
import type { Count } from '../platform/telemetry.ts';
import { ALERT_COUNTS } from './alert-metrics.ts';
import { stands } from './alert-state.ts';
import { WorkName } from './evidence.ts';
import type { JudgeMatter } from './exception-alert-service.ts';
import type { MatterStore } from './exception-alert-store.ts';
import { failedMatter } from './sources/failed-work.ts';

type Stores = {
  readonly matters: MatterStore;
  readonly judgeMatter: JudgeMatter;
  readonly clock: Clock;
  readonly count: Count;
};
type Work = { readonly location: Place; readonly work: string; readonly day: Day };

const MOST_LETTERS = 200;

export type FailedWork = ReturnType<typeof failedWork>;

/** An alert for each location and work that fails: others go on, and its district is told. */
export const failedWork = ({ matters, judgeMatter, clock, count }: Stores) => {
  const judge = async ({ location, work: name, day }: Work, problem: string | undefined): Promise<void> => {
    const work = WorkName.parse(name);
    const key = { location, type: 'failed', about: work } as const;
    const stored = await matters.find(key);
    if (problem === undefined && !stands(stored)) return;
    // Later than what is stored, whatever the clocks of two functions say.
    const version = Math.max(millisecondsOf(clock.now()), (stored?.sourceVersion ?? 0) + 1);
    const figures = { work, day, ...(problem !== undefined && { problem }) };
    for (const did of await judgeMatter(key, failedMatter(location, figures, version))) count(ALERT_COUNTS[did], 1);
  };
  return {
    /** It failed: the alert opens, or says the latest error. */
    failed: (work: Work, error: unknown): Promise<void> => judge(work, firstLineOf(error)),

    /** It succeeded: an alert that stands is resolved. One read where none stands. */
    succeeded: (work: Work): Promise<void> => judge(work, undefined),
  };
};

const firstLineOf = (error: unknown): string => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return `${name}: ${message.replace(/\s+/g, ' ')}`.slice(0, MOST_LETTERS);
};
