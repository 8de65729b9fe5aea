import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DistrictId, ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import type { Day } from '../../shared/kernel/time.ts';
import { Festival } from '../../shared/registry/entries.ts';
import { addDayToModel, type OutletProductSales } from '../../shared/replenishment/add-day-to-model.ts';
import { type DemandModel, EMPTY_DEMAND_MODEL } from '../../shared/replenishment/demand-model.ts';
import { demandRateOf } from '../../shared/replenishment/demand-rate.ts';
import { replenishmentPlanOf } from '../../shared/replenishment/replenishment-plan.ts';
import {
  meanSeasonalFactor,
  seasonalFactorOn,
  seasonalFactorsFor,
} from '../../shared/replenishment/seasonal-events.ts';
import { dayAt } from './selling.ts';

const day = (text: string) => text as Day;
const festival = (given: Partial<Festival>): Festival =>
  Festival.parse({ name: 'Diwali', nameHi: 'दीवाली', from: '2026-11-01', to: '2026-11-10', factor: 3, ...given });
const lucknow = { craft: 'Chikan', district: 'LKO' as DistrictId };
const [outlet, product] = ['LKO-01' as StockLocationId, 'KURTA' as ProductId];
const sells = (sold: number, season = 1): OutletProductSales => ({ outlet, product, sold, exposure: 1, season });
const terms = { leadDays: 7, reviewDays: 1, coverDays: 7, serviceLevel: 0.93 };

describe('Seasonal events', () => {
  it('An event covers one craft or all, one district or all, on its days.', () => {
    const all = [
      festival({}),
      festival({ craft: 'Chikan', factor: 2 }),
      festival({ district: 'VNS' as DistrictId, factor: 5 }),
    ];
    expect(seasonalFactorOn(all, lucknow, day('2026-11-01'))).toBe(6);
    expect(seasonalFactorOn(all, { craft: 'Silk', district: 'VNS' as DistrictId }, day('2026-11-10'))).toBe(15);
    expect(seasonalFactorOn(all, lucknow, day('2026-10-31'))).toBe(1);
    expect(seasonalFactorOn(all, lucknow, day('2026-11-11'))).toBe(1);
    expect(() => festival({ to: day('2026-10-01') })).toThrow('ends on the day it starts');
  });

  it('Events give the same factor in any order of entry, within bounds.', () => {
    const many = fc.array(fc.double({ min: 0.05, max: 20, noNaN: true }), { maxLength: 6 });
    fc.assert(
      fc.property(
        many.chain((factors) =>
          fc.tuple(fc.constant(factors), fc.shuffledSubarray(factors, { minLength: factors.length })),
        ),
        ([one, other]) => {
          const [here, there] = [one, other].map((factors) =>
            seasonalFactorOn(
              factors.map((factor) => festival({ factor })),
              lucknow,
              day('2026-11-05'),
            ),
          );
          expect(here).toBe(there);
          expect(here).toBeGreaterThanOrEqual(0.05);
          expect(here).toBeLessThanOrEqual(20);
        },
      ),
    );
  });

  it('A near event raises a plan, and leaves nothing for the days after it.', () => {
    const pace = { mean: 2, known: 100, dispersion: 1 };
    const at = (evening: string) =>
      replenishmentPlanOf(pace, terms, seasonalFactorsFor([festival({})], lucknow, day(evening), terms));
    expect(meanSeasonalFactor([festival({})], lucknow, day('2026-10-29'), 8)).toBe((3 + 5 * 3) / 8);
    const [before, near, last] = [at('2026-10-01'), at('2026-10-31'), at('2026-11-07')];
    expect(near.reorderPoint).toBeGreaterThan(2 * before.reorderPoint);
    expect(last.target - last.reorderPoint).toBe(before.target - before.reorderPoint);
  });

  const quiet = Array.from({ length: 60 }, () => sells(2)).reduce<DemandModel>(
    (paces, close, at) => addDayToModel(paces, dayAt(at), [close]),
    EMPTY_DEMAND_MODEL,
  );

  it('Event sales do not raise the demand rate.', () => {
    const after = Array.from({ length: 10 }).reduce<DemandModel>(
      (paces, _, at) => addDayToModel(paces, dayAt(60 + at), [sells(6, 3)]),
      quiet,
    );
    const untold = Array.from({ length: 10 }).reduce<DemandModel>(
      (paces, _, at) => addDayToModel(paces, dayAt(60 + at), [sells(6)]),
      quiet,
    );
    expect(demandRateOf(after, outlet, product).mean).toBeCloseTo(2, 1);
    expect(demandRateOf(untold, outlet, product).mean).toBeGreaterThan(3);
  });
});
