import { type Instant, millisecondsOf } from '../kernel/time.ts';
import { type AlertLifecycle, type AlertOutcome, alertAsOf, type EscalationLevel } from './alert-state.ts';
import type { AlertType } from './alert-type.ts';

type EscalationRule = { readonly starts: EscalationLevel; readonly urgent: boolean };

/** To whom each type is told first: to the place itself, unless it cannot settle it, or does not speak. What is urgent costs sales by the hour. */
export const ESCALATION_RULES = {
  short: { starts: 'outlet', urgent: false },
  out: { starts: 'outlet', urgent: true },
  discrepancy: { starts: 'outlet', urgent: false },
  overstock: { starts: 'outlet', urgent: false },
  material: { starts: 'outlet', urgent: false },
  held: { starts: 'district', urgent: false },
  unproven: { starts: 'district', urgent: false },
  overdue: { starts: 'outlet', urgent: false },
  mismatch: { starts: 'district', urgent: false },
  silent: { starts: 'district', urgent: false },
  drift: { starts: 'district', urgent: false },
  unmatched: { starts: 'district', urgent: false },
  exchange: { starts: 'district', urgent: false },
  pin: { starts: 'district', urgent: false },
  underpriced: { starts: 'district', urgent: false },
  stranger: { starts: 'district', urgent: false },
  failed: { starts: 'district', urgent: false },
} as const satisfies Record<AlertType, EscalationRule>;

export const initialLevelOf = (type: AlertType): EscalationLevel => ESCALATION_RULES[type].starts;
export const isUrgent = (type: AlertType): boolean => ESCALATION_RULES[type].urgent;

/** Hours that an alert stays with a level before it goes up, if nobody takes it on or puts it off. */
export const ESCALATION_HOURS = {
  usual: { outlet: 48, district: 72 },
  urgent: { outlet: 4, district: 12 },
} as const satisfies Record<string, Record<Exclude<EscalationLevel, 'state'>, number>>;

const NEXT_LEVEL = { outlet: 'district', district: 'state' } as const;

type AgeingAlert = AlertLifecycle & { readonly type: AlertType };

/** Since when its level is to look at it: it opened, went up, or its snooze ended. */
export const levelSinceOf = ({ openedAt, escalatedAt, snoozed }: AlertLifecycle, now: Instant): Instant =>
  [escalatedAt, snoozed && snoozed.until <= now ? snoozed.until : undefined]
    .filter((at) => at !== undefined)
    .reduce((latest, at) => (at > latest ? at : latest), openedAt);

/** What time alone makes of an alert: a snooze that ended is open again; what is open too long goes up, one level at a look. The same one: nothing. */
export const ageAlert = <Alert extends AgeingAlert>(stored: Alert, now: Instant): Alert => {
  const awake = alertAsOf(stored, now);
  const { level, state, type } = awake;
  if (state !== 'open' || level === 'state') return awake;
  const hours = ESCALATION_HOURS[isUrgent(type) ? 'urgent' : 'usual'][level];
  if (millisecondsOf(now) - millisecondsOf(levelSinceOf(awake, now)) < hours * 3_600_000) return awake;
  return { ...awake, level: NEXT_LEVEL[level], escalatedAt: now };
};

/** What it did: nothing, woke it, or sent it up. */
export const ageingOutcomeOf = (before: AlertLifecycle, after: AlertLifecycle): AlertOutcome | undefined => {
  if (after.level !== before.level) return 'escalated';
  return after.state === before.state ? undefined : 'woken';
};
