import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Day, dayOf, Instant, instantOf, millisecondsOf } from '../../shared/kernel/time.ts';
import { instants } from '../kit/arbitraries.ts';
import { runs } from '../kit/runs.ts';

const inKolkata = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Kolkata',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

describe('IST day of an instant', () => {
  it.each`
    instant                       | day             | why
    ${'2026-11-21T18:29:59.999Z'} | ${'2026-11-21'} | ${'a millisecond before midnight in India'}
    ${'2026-11-21T18:30:00.000Z'} | ${'2026-11-22'} | ${'midnight in India'}
    ${'2026-11-22T00:00:00.000Z'} | ${'2026-11-22'} | ${'midnight in Greenwich'}
    ${'2026-12-31T18:29:59.999Z'} | ${'2026-12-31'} | ${'the last of the year'}
    ${'2026-12-31T18:30:00.000Z'} | ${'2027-01-01'} | ${'the first of the next'}
    ${'2028-02-28T18:30:00.000Z'} | ${'2028-02-29'} | ${'a leap day'}
    ${'2028-02-29T18:30:00.000Z'} | ${'2028-03-01'} | ${'the day after it'}
    ${'2027-02-28T18:30:00.000Z'} | ${'2027-03-01'} | ${'no leap day in a common year'}
    ${'2027-03-31T18:30:00.000Z'} | ${'2027-04-01'} | ${'the financial year begins'}
  `('$instant is of $day: $why', ({ instant, day }) => {
    expect(dayOf(Instant.parse(instant))).toBe(day);
    expect(inKolkata.format(new Date(instant))).toBe(day);
  });

  it('It equals the calendar day in Kolkata, for any instant and around midnight.', { tags: 'property' }, () => {
    const around = fc
      .tuple(fc.integer({ min: 0, max: 36_523 }), fc.integer({ min: -2, max: 2 }))
      .map(([day, off]) => instantOf(Date.parse('2000-01-01T18:30:00Z') + day * 86_400_000 + off));
    fc.assert(
      fc.property(fc.oneof(instants, around), (instant) => {
        expect(dayOf(instant)).toBe(inKolkata.format(millisecondsOf(instant)));
        expect(Day.safeParse(dayOf(instant)).success).toBe(true);
      }),
      { numRuns: runs(1_000) },
    );
  });
});

describe('Invalid instants', () => {
  it.each`
    text                             | kept                          | why
    ${'2026-11-22T05:00:00Z'}        | ${'2026-11-22T05:00:00.000Z'} | ${'without a fraction'}
    ${'2026-11-22T05:00:00.5Z'}      | ${'2026-11-22T05:00:00.500Z'} | ${'with a short one'}
    ${'2026-11-22T05:00:00.123456Z'} | ${'2026-11-22T05:00:00.123Z'} | ${'with a long one'}
  `('is read $why and kept in milliseconds', ({ text, kept }) => {
    expect(Instant.parse(text)).toBe(kept);
    expect(Instant.parse(kept)).toBe(kept);
  });

  it.each([
    ['2026-11-22T05:00:00+05:30'],
    ['2026-11-22T05:00:00'],
    ['2026-11-22'],
    ['2026-02-30T05:00:00Z'],
    ['22 November 2026'],
    [1_795_323_600_000],
    [null],
  ])('An instant is refused as %s.', (text) => {
    expect(Instant.safeParse(text).success).toBe(false);
  });
});
