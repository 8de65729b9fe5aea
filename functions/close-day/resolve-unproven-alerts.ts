import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import { TerminalDay } from '../../shared/alerts/terminal-day.ts';
import type { Composition } from '../../shared/api/composition.ts';
import type { Close } from '../../shared/day-close/day-close.ts';
import { askedIn } from '../../shared/day-close/missing-numbers.ts';

/** Of what the edition before asked for, its alert is settled as the day stands now; who dies before leaves it to the hourly sweep. */
export const sayProven = async (before: Close, { judgeMatter, count }: Composition): Promise<void> => {
  const { location, day } = before;
  for (const { terminal } of askedIn(before)) {
    const about = TerminalDay.parse(`${terminal}-${day}`);
    for (const did of await judgeMatter({ location, type: 'unproven', about })) count(ALERT_COUNTS[did], 1);
  }
};
