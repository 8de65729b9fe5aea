/** @module-tag property */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALERT_SOURCES, AlertType, isUrgent } from '../../shared/alerts/alert.ts';
import { escalateOrWake, timedOutcomeOf } from '../../shared/alerts/alert-lifecycle.ts';
import { ESCALATION_HOURS } from '../../shared/alerts/alert-source.ts';
import { AlertLifecycle, EscalationLevel } from '../../shared/alerts/alert-state.ts';
import { instantOf } from '../../shared/kernel/time.ts';
import { runs } from '../kit/runs.ts';

const LEVELS = EscalationLevel.options;

const by = 'S001';

describe('Escalation by time', () => {
  it('An evaluation escalates by one level, and only an alert that is neither acknowledged nor snoozed.', () => {
    property((alert, now) => {
      const after = escalateOrWake(alert, at(now));
      const up = heightOf(after.level) - heightOf(alert.level);
      expect([0, 1]).toContain(up);
      expect(after.escalatedAt).toBe(up ? at(now) : alert.escalatedAt);
      if (up) expect(alert.state === 'open' || hoursOf(alert.snoozed?.until ?? '') < now).toBe(true);
      if (alert.state === 'acknowledged' || alert.state === 'resolved') expect(after).toBe(alert);
    });
  });

  it('Repeating an evaluation at one moment gives the same alert and names the change.', () => {
    property((alert, now) => {
      const after = escalateOrWake(alert, at(now));
      expect(escalateOrWake(after, at(now))).toBe(after);
      const outcome = timedOutcomeOf(alert, after);
      expect(outcome === undefined).toBe(after === alert);
      expect(outcome === 'escalated').toBe(after.level !== alert.level);
    });
  });

  it('An alert escalates after the full time of its level, and a snooze restarts that time.', () => {
    property((alert, now) => {
      const after = escalateOrWake(alert, at(now));
      const { level, type } = alert;
      if (level === 'state') {
        expect(after.level).toBe('state');
        return;
      }
      const hours = ESCALATION_HOURS[isUrgent(type) ? 'urgent' : 'usual'][level];
      const since = Math.max(0, hoursOf(alert.escalatedAt ?? at(0)), alert.snoozed ? hoursOf(alert.snoozed.until) : 0);
      if (alert.state === 'open' || alert.state === 'snoozed') expect(after.level !== level).toBe(now - since >= hours);
    });
  });
});

it.each(AlertType.options)('Evaluated hourly and never acknowledged, %s reaches the state on the hour.', (type) => {
  let alert = openedAt(type);
  const went: Record<string, number> = {};
  for (let hour = 0; hour <= 200; hour++) {
    const next = escalateOrWake(alert, at(hour));
    if (next.level !== alert.level) went[next.level] = hour;
    alert = next;
  }
  const { outlet, district } = ESCALATION_HOURS[isUrgent(type) ? 'urgent' : 'usual'];
  const first =
    ALERT_SOURCES[type].severity.level === 'outlet'
      ? { district: outlet, state: outlet + district }
      : { state: district };
  expect(went).toEqual(first);
});

it('An urgent alert escalates sooner.', () => {
  for (const level of ['outlet', 'district'] as const)
    expect(ESCALATION_HOURS.urgent[level]).toBeLessThan(ESCALATION_HOURS.usual[level]);
});

const heightOf = (level: EscalationLevel) => LEVELS.indexOf(level);

const at = (hours: number) => instantOf(hours * 3_600_000);

const hoursOf = (instant: string) => Date.parse(instant) / 3_600_000;

const openedAt = (type: AlertType) => ({
  ...AlertLifecycle.parse({
    district: 'LKO',
    state: 'open',
    episode: 1,
    openedAt: at(0),
    level: ALERT_SOURCES[type].severity.level,
  }),
  type,
});

type Aging = ReturnType<typeof openedAt>;

const snoozed = (until: number) => ({ at: at(0), by, until: at(until), why: 'later' });

const alerts: fc.Arbitrary<Aging> = fc
  .record({
    type: fc.constantFrom(...AlertType.options),
    state: fc.constantFrom('open' as const, 'acknowledged' as const, 'snoozed' as const, 'resolved' as const),
    level: fc.constantFrom(...LEVELS),
    escalated: fc.option(fc.nat(100), { nil: undefined }),
    until: fc.integer({ min: 1, max: 300 }),
  })
  .map(({ type, state, level, escalated, until }) => ({
    ...openedAt(type),
    state,
    level,
    ...(escalated !== undefined && { escalatedAt: at(escalated) }),
    ...(state === 'snoozed' && { snoozed: snoozed(until) }),
    ...(state === 'acknowledged' && { acknowledged: { at: at(1), by } }),
  }));

const property = (holds: (alert: Aging, now: number) => void) =>
  fc.assert(fc.property(alerts, fc.nat(1_000), holds), { numRuns: runs(2_000) });
