import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DistrictId, FestivalId, ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import { Festival } from '../../shared/registry/entries.ts';
import { addDayToModel, type OutletProductSales } from '../../shared/replenishment/add-day-to-model.ts';
import { addDayToSample } from '../../shared/replenishment/daily-sales.ts';
import { type DemandModel, EMPTY_DEMAND_MODEL } from '../../shared/replenishment/demand-model.ts';
import { demandRateReader } from '../../shared/replenishment/demand-rate.ts';
import {
  calibratedFactor,
  EMPTY_SAMPLE,
  isEarlierFestival,
  plannedFestivals,
  type SeasonalCalibration,
} from '../../shared/replenishment/seasonal-calibration.ts';
import { dayAt } from './selling.ts';

const [outlet, product] = ['LKO-01' as StockLocationId, 'KURTA' as ProductId];

describe('What a festival taught', () => {
  it('It is the sales over those expected the day before, drawn towards the entered factor.', () => {
    expect(calibratedFactor(2, EMPTY_SAMPLE)).toBe(2);
    expect(calibratedFactor(2, days(25, sells(8)))).toBeCloseTo(3, 1);
    expect(calibratedFactor(2, days(1_000, sells(8)))).toBeCloseTo(4, 1);
  });

  it('It leaves out other festivals and days without stock.', () => {
    expect(days(1, sells(8, 2)).expected).toBeCloseTo(4, 6);
    expect(days(1, sells(0, 1, 0))).toEqual(EMPTY_SAMPLE);
    expect(days(1, sells(1, 1, 0.5)).expected).toBeCloseTo(1, 6);
  });

  it('Of two items of one product it expects the product once.', () => {
    const [one, two] = [days(1, sells(4)), days(1, sells(3), sells(1))];
    expect(two).toEqual(one);
  });

  it('It never leaves its bounds.', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 20, noNaN: true }), fc.nat(), fc.nat(), (given, sold, expected) => {
        const learned = calibratedFactor(given, { sold, expected });
        expect(learned >= 0.05 && learned <= 20).toBe(true);
      }),
    );
  });
});

const festival = (year: number, more: Partial<Festival> = {}): Festival =>
  Festival.parse({
    name: 'Diwali',
    nameHi: 'दीवाली',
    from: `${year}-11-01`,
    to: `${year}-11-09`,
    factor: 2.5,
    ...more,
  });
const entered = (year: number, more?: Partial<Festival>) => ({
  festival: `DIWALI-${year}` as FestivalId,
  entry: festival(year, more),
});

const lesson = (year: number, more: Partial<SeasonalCalibration> = {}): SeasonalCalibration => {
  const { from, to } = festival(year);
  const festivalId = `DIWALI-${year}` as FestivalId;
  return { festival: festivalId, from, to, seen: { sold: 400, expected: 100 }, last: 'run', ...more };
};

const plannedIn = (year: number, ...args: Parameters<typeof plannedFestivals>) =>
  plannedFestivals(...args).find(({ from }) => from.startsWith(String(year)));

describe('Next year', () => {
  it('The plan uses the entered factor, adjusted by the last festival, and shows both.', () => {
    const planned = plannedIn(2027, [entered(2026), entered(2027)], [lesson(2026)]);
    expect(planned).toMatchObject({ enteredFactor: 2.5, taughtBy: ['DIWALI-2026'] });
    expect(planned?.factor).toBeCloseTo((50 * 2.5 + 400) / 150, 10);
    // Nobody who is over learns from itself, or from those after it.
    expect(plannedIn(2026, [entered(2026), entered(2027)], [lesson(2026), lesson(2027)])).toMatchObject({
      factor: 2.5,
      enteredFactor: 2.5,
      taughtBy: [],
    });
  });

  it('All earlier festivals count, in any order.', () => {
    const all = [entered(2026), entered(2027), entered(2028)];
    const lessons = [lesson(2026), lesson(2027, { seen: { sold: 900, expected: 100 } })];
    const planned = plannedIn(2028, all, lessons);
    expect(planned?.factor).toBeCloseTo((50 * 2.5 + 1_300) / 250, 10);
    expect(plannedIn(2028, all.toReversed(), lessons.toReversed())).toEqual(planned);
  });

  it('Another name, craft or district, and days edited since, do not count.', () => {
    const silent: [Partial<Festival>, Partial<Festival>][] = [
      [{ name: 'Holi' }, {}],
      [{ craft: 'Chikan' }, {}],
      [{}, { craft: 'Chikan' }],
      [{ district: 'LKO' as DistrictId }, {}],
      [{ to: festival(2026).from }, {}],
    ];
    for (const [then, now] of silent)
      expect(plannedIn(2027, [entered(2026, then), entered(2027, now)], [lesson(2026)])?.factor).toBe(2.5);
    const alike = [entered(2026, { name: 'DIWALI ' }), entered(2027, { name: ' diwali' })];
    expect(plannedIn(2027, alike, [lesson(2026)])?.taughtBy).toEqual(['DIWALI-2026']);
  });

  it('Of two overlapping festivals neither follows the other.', () => {
    expect(isEarlierFestival(festival(2026), festival(2027))).toBe(true);
    expect(isEarlierFestival(festival(2026), festival(2026))).toBe(false);
    expect(isEarlierFestival(festival(2027), festival(2026))).toBe(false);
  });
});

const sells = (sold: number, season = 1, exposure = 1): OutletProductSales => ({
  outlet,
  product,
  sold,
  exposure,
  season,
});

const eve = demandRateReader(
  Array.from({ length: 60 }, () => sells(2)).reduce<DemandModel>(
    (paces, close, at) => addDayToModel(paces, dayAt(at), [close]),
    EMPTY_DEMAND_MODEL,
  ),
);

const days = (count: number, ...closes: OutletProductSales[]) =>
  Array.from({ length: count }).reduce<typeof EMPTY_SAMPLE>(
    (sample) => addDayToSample(sample, eve, closes),
    EMPTY_SAMPLE,
  );
