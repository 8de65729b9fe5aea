import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Day, dayOf, Instant } from '../../shared/kernel/time.ts';
import { Season, seasonOf } from '../../shared/materials/entitlement-account.ts';
import { days } from '../kit/arbitraries.ts';

it.each([
  ['2026-03-31', '2025-26'],
  ['2026-04-01', '2026-27'],
  ['2026-12-31', '2026-27'],
  ['2027-01-01', '2026-27'],
  ['2027-03-31', '2026-27'],
  ['2027-04-01', '2027-28'],
  ['2028-02-29', '2027-28'],
  ['2009-06-01', '2009-10'],
  ['2098-04-01', '2098-99'],
])('%s is in the season %s.', (day, season) => expect(seasonOf(Day.parse(day))).toBe(season));

it('The season turns at midnight in IST, which is 18:30 in UTC.', () => {
  const at = (instant: string) => seasonOf(dayOf(Instant.parse(instant)));
  expect(at('2027-03-31T18:29:59.999Z')).toBe('2026-27');
  expect(at('2027-03-31T18:30:00.000Z')).toBe('2027-28');
});

it('Every day is in a readable season, from its April to its March.', () => {
  fc.assert(
    fc.property(days, (day) => {
      const season = Season.safeParse(seasonOf(day));
      // 1999-00 began in another century.
      if (day < '2000-04-01') return;
      expect(season.success).toBe(true);
      const began = Number(season.data?.slice(0, 4));
      expect(`${began}-04-01` <= day && day < `${began + 1}-04-01`).toBe(true);
    }),
  );
});

it.each(['2026', '2026-2027', '2026-28', '2026-26', '1999-00', '2026-7', '26-27', ' 2026-27'])(
  "'%s' is not a season.",
  (text) => expect(Season.safeParse(text).success).toBe(false),
);

it('The last season of a century ends in 00.', () => expect(Season.parse('2099-00')).toBe('2099-00'));
