import type { LocationId } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import { UnavailableError } from '../kernel/unavailable-error.ts';
import type { Job } from '../platform/jobs.ts';
import { type CountMetric, logger } from '../platform/telemetry.ts';
import type { FailureAlerts } from './failed-work-alert-service.ts';

export type IsolatedJobDeps = { readonly count: CountMetric; readonly failureAlerts: FailureAlerts };

/**
 * In a job over many locations, the share of each apart. One that fails is told in an alert at that location, which is resolved once
 * it succeeds, and its share is `undefined`. What may pass by itself is thrown: the job is tried again.
 */
export const isolateLocations = (job: Job, day: Day, { failureAlerts, count }: IsolatedJobDeps) => {
  const failed = new Set<LocationId>();
  return {
    failed: failed as ReadonlySet<LocationId>,

    try: async <T>(location: LocationId, share: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await share();
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

    /** Of these, those that did not fail succeeded. */
    end: async (locations: Iterable<LocationId>): Promise<void> => {
      for (const location of new Set(locations)) {
        if (failed.has(location)) continue;
        await failureAlerts.resolve({ location, work: job, day });
      }
    },
  };
};
