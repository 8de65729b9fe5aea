import fc from 'fast-check';
import { expect, it } from 'vitest';
import { depotPlanOf, meanDailyIssue } from '../../shared/replenishment/depot-plan.ts';

const terms = { leadDays: 10, reviewDays: 1, coverDays: 30, safetyFactor: 2 };

it('A depot keeps a multiple of its issues in the lead time, by the last two months.', () => {
  const days = Array.from({ length: 100 }, (_, at) => ({ issued: at >= 40 && at % 10 === 0 ? 5_000 : 0, exposure: 1 }));
  expect(meanDailyIssue(days)).toBe(500);
  expect(depotPlanOf(500, terms)).toEqual({ reorderPoint: 11_000, target: 26_000 });
});

it('Days without stock do not count, and without any the earlier plan stays.', () => {
  const out = { issued: 0, exposure: 0 };
  expect(meanDailyIssue([{ issued: 10, exposure: 1 }, out, out])).toBe(10);
  expect(meanDailyIssue([out, out])).toBeUndefined();
  expect(meanDailyIssue([])).toBeUndefined();
});

it('A plan is whole, finite and not negative, and rises with issues and lead time.', () => {
  const any = fc.oneof(fc.double(), fc.double({ min: 0, max: 1_000 }));
  fc.assert(
    fc.property(
      any,
      fc.record({ leadDays: any, reviewDays: any, coverDays: any, safetyFactor: any }),
      (mean, asked) => {
        const { reorderPoint, target } = depotPlanOf(mean, asked);
        expect(Number.isInteger(reorderPoint) && Number.isInteger(target) && reorderPoint >= 0).toBe(true);
        expect(target).toBeGreaterThan(reorderPoint);
        if (!(mean >= 0 && asked.leadDays >= 0)) return;
        expect(depotPlanOf(mean * 2, asked).reorderPoint).toBeGreaterThanOrEqual(reorderPoint);
        expect(depotPlanOf(mean, { ...asked, leadDays: asked.leadDays + 1 }).reorderPoint).toBeGreaterThanOrEqual(
          reorderPoint,
        );
      },
    ),
  );
});
