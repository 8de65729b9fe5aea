import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import { addDayToModel, type OutletProductSales } from '../../shared/replenishment/add-day-to-model.ts';
import { type DemandModel, EMPTY_DEMAND_MODEL } from '../../shared/replenishment/demand-model.ts';
import { demandRateReader } from '../../shared/replenishment/demand-rate.ts';
import { OUTLET_TERMS } from '../../shared/replenishment/lead-time.ts';
import { replenishmentPlanOf } from '../../shared/replenishment/replenishment-plan.ts';
import { runs } from '../kit/runs.ts';
import { dayAt } from './selling.ts';

it("One implausible day moves no other stall's reorder point by more than two pieces.", { tags: 'property' }, () => {
  fc.assert(
    fc.property(
      fc.nat(DAYS - 1),
      fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1_000, max: 100_000_000 })),
      (day, sold) => {
        const points = pointsOf(folded({ day, sold }));
        for (const other of OTHERS) expect(points.get(other)).toBeLessThanOrEqual((USUAL.get(other) ?? 0) + 2);
      },
    ),
    { numRuns: runs(60) },
  );
});

it('One implausible day moves its own stall by a few pieces, and is forgotten.', () => {
  const [late, early] = [pointsOf(folded({ day: DAYS - 1, sold: 500 })), pointsOf(folded({ day: 20, sold: 500 }))];
  const usual = USUAL.get(OWN as StockLocationId) ?? 0;
  expect(late.get(OWN as StockLocationId)).toBeLessThanOrEqual(usual + 5);
  expect(early.get(OWN as StockLocationId)).toBeLessThanOrEqual(usual + 2);
});

it('A lasting change is learned: fifty a day is expected within a month.', () => {
  let paces = folded();
  for (let day = DAYS; day < DAYS + 30; day++)
    paces = addDayToModel(
      paces,
      dayAt(day),
      STALLS.map((outlet) => ({ outlet, product: PRODUCT, sold: outlet === OWN ? 50 : 0, exposure: 1 })),
    );
  expect(demandRateReader(paces)(OWN as StockLocationId, PRODUCT).mean).toBeGreaterThan(25);
});

it('Goods sold by the gram count from their first day.', () => {
  const paces = folded(undefined, 1_000);
  expect(demandRateReader(paces)(OWN as StockLocationId, PRODUCT).mean).toBeGreaterThan(200);
});

const STALLS = Array.from({ length: 6 }, (_, n) => `LKO-0${n + 1}` as StockLocationId);

const [OWN, ...OTHERS] = STALLS;

const PRODUCT = 'KURTA' as ProductId;

const TERMS = { ...OUTLET_TERMS, leadDays: 7 };

const DAYS = 60;

/** Each stall sells two a week. `more`: what one stall sells in addition on one day. */
const folded = (more?: { readonly day: number; readonly sold: number }, piece = 1): DemandModel => {
  let paces = EMPTY_DEMAND_MODEL;
  for (let day = 0; day < DAYS; day++) {
    const closes = STALLS.map((outlet, n): OutletProductSales => {
      const usual = (2 * (day + n)) % 7 < 2 ? piece : 0;
      const odd = outlet === OWN && more?.day === day ? more.sold : 0;
      return { outlet, product: PRODUCT, sold: usual + odd, exposure: 1, piece };
    });
    paces = addDayToModel(paces, dayAt(day), closes);
  }
  return paces;
};

const pointsOf = (paces: DemandModel) => {
  const read = demandRateReader(paces);
  return new Map(STALLS.map((outlet) => [outlet, replenishmentPlanOf(read(outlet, PRODUCT), TERMS).reorderPoint]));
};

const USUAL = pointsOf(folded());
