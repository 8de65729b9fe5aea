import { ALERT_COUNTS } from '../../shared/alerts/alert-evaluation-service.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import { TerminalDay } from '../../shared/alerts/sources/unproven.ts';
import type { DayClose } from '../../shared/day-close/day-close.ts';
import { incompleteTerminalsOf } from '../../shared/day-close/missing-numbers.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';

export type ResolveUnprovenAlertsDeps = {
  readonly count: CountMetric;
  readonly evaluateException: EvaluateExceptionAlert;
};

/** Of what the edition before asked for, its alert is settled as the day stands now; who dies before leaves it to the hourly sweep. */
export const resolveUnprovenAlerts = async (
  before: DayClose,
  { evaluateException, count }: ResolveUnprovenAlertsDeps,
): Promise<void> => {
  const { location, day } = before;
  for (const { terminal } of incompleteTerminalsOf(before)) {
    const about = TerminalDay.parse(`${terminal}-${day}`);
    for (const did of await evaluateException({ location, type: 'unproven', about })) count(ALERT_COUNTS[did], 1);
  }
};
