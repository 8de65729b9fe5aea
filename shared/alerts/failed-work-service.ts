import type { Place } from '../kernel/ids.ts';
import { type Clock, type Day, millisecondsOf } from '../kernel/time.ts';
import { type Did, stands } from './alert-state.ts';
import { WorkName } from './evidence.ts';
import type { JudgeMatter } from './exception-alert-service.ts';
import type { MatterStore } from './exception-alert-store.ts';
import { failedMatter } from './sources/failed-work.ts';

type Stores = { readonly matters: MatterStore; readonly judgeMatter: JudgeMatter; readonly clock: Clock };
type Work = { readonly location: Place; readonly work: string; readonly day: Day };

const MOST_LETTERS = 200;

/** An alert for each location and work that fails: others go on, and its district is told. */
export const failedWork = ({ matters, judgeMatter, clock }: Stores) => {
  const judge = async ({ location, work: name, day }: Work, problem: string | undefined): Promise<Did[]> => {
    const work = WorkName.parse(name);
    const key = { location, type: 'failed', about: work } as const;
    const stored = await matters.find(key);
    if (problem === undefined && !stands(stored)) return [];
    // Later than what is stored, whatever the clocks of two functions say.
    const version = Math.max(millisecondsOf(clock.now()), (stored?.sourceVersion ?? 0) + 1);
    const figures = { work, day, ...(problem !== undefined && { problem }) };
    return judgeMatter(key, failedMatter(location, figures, version));
  };
  return {
    /** It failed: the alert opens, or says the latest error. */
    failed: (work: Work, error: unknown): Promise<Did[]> => judge(work, firstLineOf(error)),

    /** It succeeded: an alert that stands is resolved. One read where none stands. */
    succeeded: (work: Work): Promise<Did[]> => judge(work, undefined),
  };
};

const firstLineOf = (error: unknown): string => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return `${name}: ${message.replace(/\s+/g, ' ')}`.slice(0, MOST_LETTERS);
};
