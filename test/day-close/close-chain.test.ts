import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type ChainHead,
  closedDayAfter,
  isClosedDay,
  nextLink,
  otherDaysToReopen,
} from '../../shared/day-close/close-chain.ts';
import { type DayClose, type DayTotals, Hash, hashOfClose } from '../../shared/day-close/day-close.ts';
import { DistrictId, LocationId } from '../../shared/kernel/ids.ts';
import { addDays, Day, Instant } from '../../shared/kernel/time.ts';

const location = LocationId.parse('LKO-01');
const first = Day.parse('2026-11-01');
const closedAt = Instant.parse('2026-12-01T00:30:00.000Z');
const books = Hash.parse('0'.repeat(64));

const offsets = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 });

it('Each close names the hash of the close before it, and its own hash covers all of it.', () => {
  fc.assert(
    fc.property(offsets, (days) => {
      const { closes, head } = chainOf(days);
      for (const [at, { hash, ...close }] of closes.entries()) {
        expect(close.before).toBe(closes[at - 1]?.hash);
        expect(close.sequence).toBe(at + 1);
        expect(hash).toBe(hashOfClose(close));
      }
      expect(head).toMatchObject({ sequence: closes.length, hash: closes.at(-1)?.hash });
    }),
  );
});

it('The editions of a day count from 1, and the head spans the first to the last closed day.', () => {
  fc.assert(
    fc.property(offsets, (days) => {
      const { closes, head } = chainOf(days);
      for (const day of new Set(closes.map((close) => close.day))) {
        const editions = closes.filter((close) => close.day === day).map(({ edition }) => edition);
        expect(editions).toEqual(editions.map((_, at) => at + 1));
      }
      const [from, to] = [Math.min(...days), Math.max(...days)].map((offset) => addDays(first, offset));
      expect(head).toMatchObject({ from, to });
    }),
  );
});

it('A day after the last closed day needs no second close.', () => {
  const { head } = chainOf([0, 1, 2]);
  expect(closedDayAfter(addDays(first, 1), head)).toEqual([addDays(first, 2)]);
  expect(closedDayAfter(addDays(first, 2), head)).toEqual([]);
  expect(closedDayAfter(first, undefined)).toEqual([]);
  expect([-1, 0, 2, 3].map((offset) => isClosedDay(addDays(first, offset), head))).toEqual([false, true, true, false]);
});

it('Each other day is reopened once, never the closed day itself or a next day that is reopened already.', () => {
  const other = LocationId.parse('LKO-02');
  const days = [first, addDays(first, 1), addDays(first, 2), addDays(first, 2)];
  const reopened = otherDaysToReopen({ location, day: first }, [addDays(first, 1)], {
    reopenedDays: days,
    costReaders: days.map((day) => ({ location: other, day })),
    elsewhere: [{ location: other, day: first }],
  });
  expect(reopened).toEqual([
    { location, day: addDays(first, 2) },
    ...[0, 1, 2].map((offset) => ({ location: other, day: addDays(first, offset) })),
  ]);
});

const totalsOf = (day: Day, vouchers: number): DayTotals => ({
  location,
  district: DistrictId.parse('LKO'),
  day,
  vouchers,
  inHand: 0,
  tenders: [],
  sellers: [],
  items: [],
  terminals: [],
  shifts: [],
});

/** Closes the days in this order. */
const chainOf = (offsets: readonly number[]) => {
  const closes: DayClose[] = [];
  let head: ChainHead | undefined;
  for (const [at, offset] of offsets.entries()) {
    const day = addDays(first, offset);
    const latest = closes.findLast((close) => close.day === day);
    const link = nextLink({ head, latest }, { closing: { ...totalsOf(day, at), books }, closedAt });
    closes.push(link.close);
    head = link.nextHead;
  }
  return { closes, head };
};
