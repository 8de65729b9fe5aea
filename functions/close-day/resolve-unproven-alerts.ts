import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import type { JudgeMatter } from '../../shared/alerts/exception-alert-service.ts';
import { TerminalDay } from '../../shared/alerts/terminal-day.ts';
import type { Close } from '../../shared/day-close/day-close.ts';
import { askedIn } from '../../shared/day-close/missing-numbers.ts';
import type { Count } from '../../shared/platform/telemetry.ts';

export type ResolveUnprovenAlertsDeps = { readonly count: Count; readonly judgeMatter: JudgeMatter };

/** Of what the edition before asked for, its alert is settled as the day stands now; who dies before leaves it to the hourly sweep. */
export const sayProven = async (before: Close, { judgeMatter, count }: ResolveUnprovenAlertsDeps): Promise<void> => {
  const { location, day } = before;
  for (const { terminal } of askedIn(before)) {
    const about = TerminalDay.parse(`${terminal}-${day}`);
    for (const did of await judgeMatter({ location, type: 'unproven', about })) count(ALERT_COUNTS[did], 1);
  }
};
