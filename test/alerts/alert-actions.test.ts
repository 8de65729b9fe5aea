/** @module-tag property */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STOCK_SOURCES } from '../../shared/alerts/alert.ts';
import { acknowledge, decideAlert, snooze } from '../../shared/alerts/alert-lifecycle.ts';
import { alertAsOf, isUnresolved } from '../../shared/alerts/alert-state.ts';
import { StockAlert, type StockReading, stockEvaluationOf } from '../../shared/alerts/sources/stock.ts';
import { DistrictId, ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { Balance, Version } from '../../shared/kernel/quantity.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { instantOf, millisecondsOf } from '../../shared/kernel/time.ts';
import { runs } from '../kit/runs.ts';

const HOUR = 3_600_000;
/** In hours, from one thing that happens to the next. */
const wait = fc.integer({ min: 0, max: 30 });

describe('Alert lifecycle', () => {
  it('An alert follows the stock, whoever acknowledged or snoozed it.', () => {
    property((played) => {
      for (const { happens, after, onHand } of played)
        if (happens.does === 'stock' || happens.does === 'look') expect(isUnresolved(after)).toBe(onHand <= 3);
    });
  });

  it('Each change writes one new version, and the next episode starts unacknowledged.', () => {
    property((played) => {
      for (const { before, after } of played) {
        if (!after || after === before) continue;
        expect(after.version).toBe((before?.version ?? 0) + 1);
        if (after.episode !== before?.episode)
          expect([after.state, after.acknowledged, after.snoozed, after.before]).toEqual([
            'open',
            undefined,
            undefined,
            undefined,
          ]);
      }
    });
  });

  it('A snoozed alert is snoozed until its time, then open.', () => {
    property((played) => {
      for (const { at, after } of played) {
        if (after?.state !== 'snoozed') continue;
        const until = after.snoozed?.until ?? at;
        expect(until > at || alertAsOf(after, at).state === 'open').toBe(true);
        expect(alertAsOf(after, instantOf(millisecondsOf(until) - 1)).state).toBe('snoozed');
        expect(alertAsOf(after, until).state).toBe('open');
      }
      for (const { happens, at, after } of played)
        if (after?.state === 'snoozed' && happens.does === 'look')
          expect(after.snoozed?.until).toSatisfy((until: string) => until > at);
    });
  });

  it('A resolved or outdated alert cannot be acknowledged.', () => {
    property((played) => {
      for (const { happens, before, taken } of played) {
        if (!before || !taken) continue;
        const refused = isRefusal(taken) ? taken.refused : undefined;
        if (before.state === 'resolved') expect(refused).toBe('ALERT_RESOLVED');
        else if (happens.does === 'acknowledge' && before.state === 'acknowledged')
          expect(taken).toEqual({ alert: before, changed: false });
        // The same snooze said again is that snooze, whichever version was seen.
        else if (happens.does === 'snooze' && !isRefusal(taken) && !taken.changed)
          expect(taken.alert.snoozed).toEqual(before.snoozed);
        else if ('late' in happens && happens.late > 0 && before.version > 1) expect(refused).toBe('VERSION_MISMATCH');
        else if (happens.does === 'acknowledge') expect(refused).toBeUndefined();
      }
    });
  });

  it('A snooze ends in the future, within 30 days; repeating it changes nothing.', () => {
    property((played) => {
      for (const { happens, at, taken } of played) {
        if (happens.does !== 'snooze' || !taken) continue;
        if (isRefusal(taken)) continue;
        expect(taken.changed && (happens.hours < 1 || happens.hours > 30 * 24)).toBe(false);
        const until = instantOf(millisecondsOf(at) + happens.hours * HOUR);
        const again = snooze(taken.alert, { until, why: 'later' }, { at, by: 'S001', ifMatch: undefined });
        expect(again).toEqual({ alert: alertAsOf(taken.alert, at), changed: false });
      }
    });
  });
});

const happenings = fc.array(
  fc.oneof(
    fc.record({ does: fc.constant('stock' as const), onHand: fc.integer({ min: -2, max: 8 }), wait }),
    fc.record({ does: fc.constant('look' as const), wait }),
    fc.record({ does: fc.constant('acknowledge' as const), late: fc.nat(1), wait }),
    fc.record({
      does: fc.constant('snooze' as const),
      late: fc.nat(1),
      hours: fc.integer({ min: -1, max: 900 }),
      wait,
    }),
  ),
  { minLength: 1, maxLength: 30 },
);

/** Actions on one alert in any order, each on the result of the one before. */
const play = (what: typeof happenings extends fc.Arbitrary<infer All> ? All : never) => {
  let [now, version, onHand] = [0, 1, 8];
  let stored: StockAlert | undefined;
  return what.map((happens) => {
    now += happens.wait * HOUR;
    const before = stored;
    const at = instantOf(now);
    if (happens.does === 'stock') [onHand, version] = [happens.onHand, version + 1];
    const ifMatch = before && Version.parse(Math.max(1, before.version - ('late' in happens ? happens.late : 0)));
    const act = { at, by: 'S001', ifMatch };
    const until = instantOf(now + ('hours' in happens ? happens.hours : 0) * HOUR);
    const taken =
      before &&
      (happens.does === 'acknowledge'
        ? acknowledge(before, act)
        : happens.does === 'snooze'
          ? snooze(before, { until, why: 'later' }, act)
          : undefined);
    if (taken && !isRefusal(taken) && taken.changed) stored = StockAlert.parse(taken.alert);
    if (!taken)
      stored =
        decideAlert(before, stockEvaluationOf(STOCK_SOURCES.short, judged(onHand, version, now)))?.alert ?? before;
    return { happens, at, before, after: stored, taken, onHand };
  });
};

const judged = (onHand: number, version: number, now: number): StockReading => ({
  row: {
    location: StockLocationId.parse('LKO-01'),
    item: ItemId.parse('LKO-KURTA-01'),
    version: Version.parse(version),
    onHand: Balance.parse(onHand),
    free: Balance.parse(onHand),
    inbound: Balance.parse(0),
  },
  reorderPoint: 3,
  itemVersion: Version.parse(1),
  placeVersion: Version.parse(1),
  isOpen: true,
  district: DistrictId.parse('LKO'),
  now: instantOf(now),
});

const property = (holds: (played: ReturnType<typeof play>) => void) =>
  fc.assert(
    fc.property(happenings, (what) => holds(play(what))),
    { numRuns: runs(1_000) },
  );
