import type { LocationId } from '../kernel/ids.ts';
import { type Clock, type Day, millisecondsOf } from '../kernel/time.ts';
import type { Job } from '../platform/jobs.ts';
import { UnavailableError } from '../platform/retry.ts';
import { type CountMetric, logger, withoutContacts } from '../platform/telemetry.ts';
import type { Audience } from '../registry/staff.ts';
import { countAlerts } from './alert-evaluation-service.ts';
import { isUnresolved } from './alert-state.ts';
import type { AlertStore } from './alert-store.ts';
import type { EvaluateExceptionAlert } from './exception-alert-service.ts';
import { failedState, WorkName } from './sources/failed-work.ts';

type FailureAlertDeps = {
  readonly alerts: Pick<AlertStore, 'findException'>;
  readonly evaluateException: EvaluateExceptionAlert;
  readonly clock: Clock;
  readonly count: CountMetric;
};

type FailableWork = { readonly location: Audience; readonly work: string; readonly day: Day };

const MAX_PROBLEM_LENGTH = 200;

export type FailureAlerts = ReturnType<typeof failureAlertService>;

/** One alert per failing job and location or area. */
export const failureAlertService = ({ alerts, evaluateException, clock, count }: FailureAlertDeps) => {
  const report = async ({ location, work: name, day }: FailableWork, problem: string | undefined): Promise<void> => {
    const work = WorkName.parse(name);
    const key = { location, type: 'failed', about: work } as const;
    const stored = await alerts.findException(key);
    if (problem === undefined && !isUnresolved(stored)) return;
    // Newer than the stored version, even if function clocks differ.
    const version = Math.max(millisecondsOf(clock.now()), (stored?.sourceVersion ?? 0) + 1);
    const figures = { work, day, ...(problem !== undefined && { problem }) };
    countAlerts(count, await evaluateException(key, failedState(location, figures, version)));
  };
  return {
    open: (work: FailableWork, error: unknown): Promise<void> => report(work, firstLineOf(error)),

    /** Only one read if no alert is unresolved. */
    resolve: (work: FailableWork): Promise<void> => report(work, undefined),
  };
};

/** Removes phone numbers and e-mail addresses, because SNS errors repeat them. */
const firstLineOf = (error: unknown): string => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return withoutContacts(`${name}: ${message.replace(/\s+/g, ' ')}`).slice(0, MAX_PROBLEM_LENGTH);
};

export type IsolatedJobDeps = { readonly count: CountMetric; readonly failureAlerts: FailureAlerts };

/**
 * A failed location gets an alert and the others continue. An `UnavailableError` is thrown, so that
 * the whole job is retried.
 */
export const isolateLocations = (job: Job, day: Day, { failureAlerts, count }: IsolatedJobDeps) => {
  const failed = new Set<LocationId>();
  return {
    failed: failed as ReadonlySet<LocationId>,

    /** `undefined`: the task failed. */
    try: async <T>(location: LocationId, task: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await task();
      } catch (error) {
        if (error instanceof UnavailableError) throw error;
        logger.error(`${job} leaves out ${location}`, { error });
        if (failed.has(location)) return undefined;
        failed.add(location);
        count('WorkFailed', 1);
        await failureAlerts.open({ location, work: job, day }, error);
        return undefined;
      }
    },

    end: async (locations: Iterable<LocationId>): Promise<void> => {
      for (const location of new Set(locations)) {
        if (failed.has(location)) continue;
        await failureAlerts.resolve({ location, work: job, day });
      }
    },
  };
};
