import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDayToModel } from '../../shared/replenishment/add-day-to-model.ts';
import { EMPTY_DEMAND_MODEL } from '../../shared/replenishment/demand-model.ts';
import { demandRateReader } from '../../shared/replenishment/demand-rate.ts';
import { replenishmentPlanOf } from '../../shared/replenishment/replenishment-plan.ts';
import { runs } from '../kit/runs.ts';
import { dayAt, history, OUTLETS, PRODUCTS } from './selling.ts';

const positive = (max: number) => fc.double({ min: 0, max, noNaN: true });
const paces = fc.record({
  mean: fc.oneof(positive(1), positive(10_000)),
  known: fc.double({ min: 12, max: 5_000, noNaN: true }),
  dispersion: fc.double({ min: 1, max: 4, noNaN: true }),
});

const terms = fc.record({
  leadDays: fc.integer({ min: 0, max: 60 }),
  reviewDays: fc.integer({ min: 1, max: 7 }),
  coverDays: fc.integer({ min: 1, max: 60 }),
  serviceLevel: fc.double({ min: 0.5, max: 0.999, noNaN: true }),
});

describe('Reorder point and target', () => {
  it('They rise with demand, lead time, review time and service level.', { tags: 'property' }, () => {
    fc.assert(
      fc.property(paces, terms, fc.double({ min: 1, max: 5, noNaN: true }), fc.nat(30), (pace, terms, times, more) => {
        const { reorderPoint, target } = replenishmentPlanOf(pace, terms);
        for (const higher of [
          replenishmentPlanOf({ ...pace, mean: pace.mean * times }, terms),
          // More sold of the same cell: it is faster, and better known.
          replenishmentPlanOf({ ...pace, mean: pace.mean * times, known: pace.known * times }, terms),
          replenishmentPlanOf(pace, { ...terms, leadDays: terms.leadDays + more }),
          replenishmentPlanOf(pace, { ...terms, reviewDays: terms.reviewDays + more }),
          replenishmentPlanOf(pace, { ...terms, serviceLevel: 1 - (1 - terms.serviceLevel) / times }),
        ]) {
          expect(higher.reorderPoint).toBeGreaterThanOrEqual(reorderPoint);
          expect(higher.target).toBeGreaterThanOrEqual(target);
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it('They are whole, finite, distinct and not negative for any input.', { tags: 'property' }, () => {
    const any = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY));
    fc.assert(
      fc.property(
        fc.record({ mean: any, known: any, dispersion: any }),
        fc.record({ leadDays: any, reviewDays: any, coverDays: any, serviceLevel: any }),
        (pace, settings) => {
          const { reorderPoint, target } = replenishmentPlanOf(pace, settings);
          expect(Number.isInteger(reorderPoint) && Number.isInteger(target) && reorderPoint >= 0).toBe(true);
          expect(target).toBeGreaterThan(reorderPoint);
          expect(target).toBeLessThanOrEqual(200_000_000);
        },
      ),
      { numRuns: runs(1_000) },
    );
  });

  it('They are so after any history.', () => {
    fc.assert(
      fc.property(history(), (days) => {
        const read = demandRateReader(
          days.reduce((folded, closes, at) => addDayToModel(folded, dayAt(at), closes), EMPTY_DEMAND_MODEL),
        );
        for (const outlet of OUTLETS)
          for (const product of PRODUCTS) {
            const plan = replenishmentPlanOf(read(outlet, product), {
              leadDays: 7,
              reviewDays: 1,
              coverDays: 7,
              serviceLevel: 0.92,
            });
            expect(Number.isInteger(plan.reorderPoint) && plan.target > plan.reorderPoint).toBe(true);
          }
      }),
    );
  });

  it('Four are kept of what sells two a week elsewhere and 1.3 times that here, a week away.', () => {
    const pace = { mean: (2 / 7) * 1.3, known: 30, dispersion: 1 };
    expect(replenishmentPlanOf(pace, { leadDays: 7, reviewDays: 1, coverDays: 7, serviceLevel: 0.7 })).toEqual({
      reorderPoint: 4,
      target: 7,
    });
    expect(replenishmentPlanOf(pace, { leadDays: 7, reviewDays: 1, coverDays: 7, serviceLevel: 0.9 })).toEqual({
      reorderPoint: 5,
      target: 8,
    });
  });
});
