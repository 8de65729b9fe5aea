import fc from 'fast-check';
import { expect, it } from 'vitest';
import { depotPlanOf, meanDailyIssue } from '../../shared/replenishment/depot-plan.ts';

const terms = { lead: 10, review: 1, cover: 30, times: 2 };

it('a depot keeps so many times what it issues meanwhile, of the last two months', () => {
  const days = Array.from({ length: 100 }, (_, at) => ({ issued: at >= 40 && at % 10 === 0 ? 5_000 : 0, exposure: 1 }));
  expect(meanDailyIssue(days)).toBe(500);
  expect(depotPlanOf(500, terms)).toEqual({ reorderPoint: 11_000, target: 26_000 });
});

it('days without stock say nothing, and where there was none at all the plan before stands', () => {
  const out = { issued: 0, exposure: 0 };
  expect(meanDailyIssue([{ issued: 10, exposure: 1 }, out, out])).toBe(10);
  expect(meanDailyIssue([out, out])).toBeUndefined();
  expect(meanDailyIssue([])).toBeUndefined();
});

it('its plan is whole, finite and not below zero for any input, and rises with what is issued and with the lead', () => {
  const any = fc.oneof(fc.double(), fc.double({ min: 0, max: 1_000 }));
  fc.assert(
    fc.property(any, fc.record({ lead: any, review: any, cover: any, times: any }), (mean, asked) => {
      const { reorderPoint, target } = depotPlanOf(mean, asked);
      expect(Number.isInteger(reorderPoint) && Number.isInteger(target) && reorderPoint >= 0).toBe(true);
      expect(target).toBeGreaterThan(reorderPoint);
      if (!(mean >= 0 && asked.lead >= 0)) return;
      expect(depotPlanOf(mean * 2, asked).reorderPoint).toBeGreaterThanOrEqual(reorderPoint);
      expect(depotPlanOf(mean, { ...asked, lead: asked.lead + 1 }).reorderPoint).toBeGreaterThanOrEqual(reorderPoint);
    }),
  );
});
