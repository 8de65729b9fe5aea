import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import type { Composition } from '../../shared/api/composition.ts';
import type { Place } from '../../shared/kernel/ids.ts';

/**
 * Tells an officer what the last audit found, or that it finds nothing any more. Who dies between the two is made good by the message that comes again, and of
 * an alert that still stands by the hourly sweep.
 */
export const sayDrift = async (location: Place, { judgeMatter, count }: Composition): Promise<void> => {
  for (const did of await judgeMatter({ location, type: 'drift', about: location })) count(ALERT_COUNTS[did], 1);
};
