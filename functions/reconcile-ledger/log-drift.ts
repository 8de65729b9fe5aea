import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import type { JudgeMatter } from '../../shared/alerts/exception-alert-service.ts';
import type { Place } from '../../shared/kernel/ids.ts';
import type { Count } from '../../shared/platform/telemetry.ts';

export type LogDriftDeps = { readonly count: Count; readonly judgeMatter: JudgeMatter };

/**
 * Tells an officer what the last audit found, or that it finds nothing any more. Who dies between the two is made good by the message that comes again, and of
 * an alert that still stands by the hourly sweep.
 */
export const sayDrift = async (location: Place, { judgeMatter, count }: LogDriftDeps): Promise<void> => {
  for (const did of await judgeMatter({ location, type: 'drift', about: location })) count(ALERT_COUNTS[did], 1);
};
