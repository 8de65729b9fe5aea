import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../shared/kernel/time.ts';
import { leadDaysOf, type Trip, tripDays } from '../../shared/replenishment/lead-time.ts';

const at = (day: number, hour = 6): Instant => new Date(Date.UTC(2026, 0, 1 + day, hour)).toISOString() as Instant;
const NOW = at(300);
const trips = (...days: readonly number[]): Trip[] =>
  days.map((taken, one) => ({ dispatchedAt: at(one), receivedAt: at(one + taken) }));
const times = <T>(count: number, of: T): T[] => Array<T>(count).fill(of);

describe('Days of a route', () => {
  it('They count calendar days in India, at least one.', () => {
    expect(tripDays(at(0, 18), at(0, 19))).toBe(1);
    expect(tripDays(at(0, 6), at(2, 19))).toBe(3);
  });

  it('The registry decides until two trips do.', () => {
    expect(leadDaysOf([], 7, NOW)).toBe(7);
    expect(leadDaysOf(trips(12), 7, NOW)).toBe(7);
    expect(leadDaysOf(trips(12, 12), 7, NOW)).toBe(12);
    expect(leadDaysOf(trips(...times(15, 3)), 7, NOW)).toBe(7);
    expect(leadDaysOf(trips(...times(16, 3)), 7, NOW)).toBe(3);
  });

  it('One lost parcel and old trips do not count.', () => {
    expect(leadDaysOf(trips(...times(9, 5), 90), 5, NOW)).toBe(5);
    expect(leadDaysOf(trips(...times(20, 30), ...times(20, 4)), 4, NOW)).toBe(4);
  });

  it('A dispatch too long in transit counts, one of yesterday does not.', () => {
    const open = (day: number): Trip => ({ dispatchedAt: at(day) });
    expect(leadDaysOf([open(280), open(281)], 7, NOW)).toBe(19);
    expect(leadDaysOf(times(20, open(299)), 7, NOW)).toBe(7);
  });

  it('They do not depend on the order of trips, and rise with a longer trip.', () => {
    const some = fc.uniqueArray(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 60 })), {
      selector: ([day]) => day,
      minLength: 1,
      maxLength: 30,
    });
    const tripOf = ([day, taken]: readonly [number, number]): Trip => ({
      dispatchedAt: at(day),
      receivedAt: at(day + taken),
    });
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 30 }), fc.nat(40), (days, registered, later) => {
        const lead = leadDaysOf(days.map(tripOf), registered, NOW);
        expect(leadDaysOf(days.toReversed().map(tripOf), registered, NOW)).toBe(lead);
        const [first = [0, 1], ...rest] = days;
        expect(
          leadDaysOf([[first[0], first[1] + later] as const, ...rest].map(tripOf), registered, NOW),
        ).toBeGreaterThanOrEqual(lead);
      }),
    );
  });
});
