import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { depotPlanOf, issueLimitOf, meanDailyIssue } from '../../shared/replenishment/depot-plan.ts';
import { runs } from '../kit/runs.ts';

const terms = { leadDays: 10, reviewDays: 1, coverDays: 30, safetyFactor: 2 };

it('A depot keeps a multiple of its issues in the lead time, by the last two months.', () => {
  const days = Array.from({ length: 100 }, (_, at) => ({ issued: at >= 40 && at % 10 === 0 ? 5_000 : 0, exposure: 1 }));
  expect(meanDailyIssue(days, 0)).toBe(500);
  expect(depotPlanOf(500, terms)).toEqual({ reorderPoint: 11_000, target: 26_000 });
});

it('Days without stock do not count, and without any the earlier plan stays.', () => {
  const out = { issued: 0, exposure: 0 };
  expect(meanDailyIssue([{ issued: 10, exposure: 1 }, out, out], 10)).toBe(10);
  expect(meanDailyIssue([out, out], 10)).toBeUndefined();
  expect(meanDailyIssue([], 10)).toBeUndefined();
});

it('A plan is whole, finite and not negative, and rises with issues and lead time.', () => {
  const any = fc.oneof(fc.double(), fc.double({ min: 0, max: 1_000 }));
  fc.assert(
    fc.property(
      any,
      fc.record({ leadDays: any, reviewDays: any, coverDays: any, safetyFactor: any }),
      (mean, settings) => {
        const { reorderPoint, target } = depotPlanOf(mean, settings);
        expect(Number.isInteger(reorderPoint) && Number.isInteger(target) && reorderPoint >= 0).toBe(true);
        expect(target).toBeGreaterThan(reorderPoint);
        if (!(mean >= 0 && settings.leadDays >= 0)) return;
        expect(depotPlanOf(mean * 2, settings).reorderPoint).toBeGreaterThanOrEqual(reorderPoint);
        expect(depotPlanOf(mean, { ...settings, leadDays: settings.leadDays + 1 }).reorderPoint).toBeGreaterThanOrEqual(
          reorderPoint,
        );
      },
    ),
  );
});

it('One issue day of any size adds at most three times the largest other day.', { tags: 'property' }, () => {
  fc.assert(
    fc.property(history, fc.nat(), fc.integer({ min: 1, max: 100_000_000 }), (days, at, mistyped) => {
      const odd = days.map((day, index) =>
        index === at % days.length ? { ...day, issued: day.issued + mistyped } : day,
      );
      const largest = Math.max(...days.map(({ issued }) => issued));
      const exposedDays = sumOf(days.map(({ exposure }) => exposure));
      const bound = meanOf(days) + Math.max(LEAST, 3 * largest) / exposedDays;
      expect(meanOf(odd)).toBeGreaterThanOrEqual(meanOf(days) - 1e-9);
      expect(meanOf(odd)).toBeLessThanOrEqual(bound + 1e-9);
      expect(depotPlanOf(meanOf(odd), terms).reorderPoint).toBeLessThanOrEqual(
        depotPlanOf(bound + 1e-9, terms).reorderPoint,
      );
    }),
    { numRuns: runs(500) },
  );
});

it('Only a day of more than twice the largest other one counts less than it was.', { tags: 'property' }, () => {
  fc.assert(
    fc.property(history, (days) => {
      const limit = issueLimitOf(days, LEAST);
      const [largest = 0, second = 0] = days.map(({ issued }) => issued).toSorted((one, other) => other - one);
      expect(limit).toBe(Math.max(LEAST, 2 * second));
      const cut = Math.max(0, largest - limit);
      const plain = sumOf(days.map(({ issued }) => issued)) - cut;
      expect(meanOf(days)).toBeCloseTo(plain / sumOf(days.map(({ exposure }) => exposure)), 9);
    }),
    { numRuns: runs(500) },
  );
});

const LEAST = 4_000;

const meanOf = (days: Parameters<typeof meanDailyIssue>[0]) => meanDailyIssue(days, LEAST) ?? 0;

/** Two months of few and large issues. Material lay at the depot all day. */
const history = fc.array(
  fc.record({
    issued: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 200_000 })),
    exposure: fc.constant(1),
  }),
  { minLength: 1, maxLength: 60 },
);
