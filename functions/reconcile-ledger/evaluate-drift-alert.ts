import { ALERT_COUNTS } from '../../shared/alerts/alert-evaluation-service.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import type { LocationId } from '../../shared/kernel/ids.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';

export type LogDriftDeps = { readonly count: CountMetric; readonly evaluateException: EvaluateExceptionAlert };

/**
 * Tells an officer what the last audit found, or that it finds nothing any more. Who dies between the two is made good by the message that comes again, and of
 * an alert that still stands by the hourly sweep.
 */
export const evaluateDriftAlert = async (
  location: LocationId,
  { evaluateException, count }: LogDriftDeps,
): Promise<void> => {
  for (const did of await evaluateException({ location, type: 'drift', about: location })) count(ALERT_COUNTS[did], 1);
};
