import type { LocationId } from '../kernel/ids.ts';
import { type Clock, type Day, millisecondsOf } from '../kernel/time.ts';
import type { CountMetric } from '../platform/telemetry.ts';
import { ALERT_COUNTS } from './alert-metrics.ts';
import { isUnresolved } from './alert-state.ts';
import { WorkName } from './evidence.ts';
import type { EvaluateExceptionAlert } from './exception-alert-service.ts';
import type { ExceptionAlertStore } from './exception-alert-store.ts';
import { failedWorkSource } from './sources/failed-work.ts';

type Stores = {
  readonly matters: ExceptionAlertStore;
  readonly evaluateException: EvaluateExceptionAlert;
  readonly clock: Clock;
  readonly count: CountMetric;
};

type LocationWork = { readonly location: LocationId; readonly work: string; readonly day: Day };

const MAX_PROBLEM_LENGTH = 200;

export type FailureAlerts = ReturnType<typeof failureAlertService>;

/** An alert for each location and work that fails: others go on, and its district is told. */
export const failureAlertService = ({ matters, evaluateException, clock, count }: Stores) => {
  const judge = async ({ location, work: name, day }: LocationWork, problem: string | undefined): Promise<void> => {
    const work = WorkName.parse(name);
    const key = { location, type: 'failed', about: work } as const;
    const stored = await matters.find(key);
    if (problem === undefined && !isUnresolved(stored)) return;
    // Later than what is stored, whatever the clocks of two functions say.
    const version = Math.max(millisecondsOf(clock.now()), (stored?.sourceVersion ?? 0) + 1);
    const figures = { work, day, ...(problem !== undefined && { problem }) };
    for (const did of await evaluateException(key, failedWorkSource(location, figures, version)))
      count(ALERT_COUNTS[did], 1);
  };
  return {
    /** It failed: the alert opens, or says the latest error. */
    open: (work: LocationWork, error: unknown): Promise<void> => judge(work, firstLineOf(error)),

    /** It succeeded: an alert that stands is resolved. One read where none stands. */
    resolve: (work: LocationWork): Promise<void> => judge(work, undefined),
  };
};

const firstLineOf = (error: unknown): string => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return `${name}: ${message.replace(/\s+/g, ' ')}`.slice(0, MAX_PROBLEM_LENGTH);
};
