import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItemUnits } from '../../shared/kernel/units.ts';
import { minMaxLevelsOf, packSizeOf, soldPerDay } from '../../shared/replenishment/replenishment-plan.ts';

const units = (...given: object[]) => ItemUnits.parse(given);

describe('Pack size', () => {
  it.each([
    [
      'the smallest unit above one base unit',
      units({ unit: 'quintal', base: 100_000 }, { unit: 'kg', base: 1_000 }),
      1_000,
    ],
    ['as many units as are whole', units({ unit: 'bundle', base: 25, per: 2 }), 25],
    ['reduced first', units({ unit: 'box', base: 48, per: 4 }), 12],
    ['one where no unit is larger', units({ unit: 'mg', base: 1, per: 1_000 }), 1],
    ['one where there is no unit', units(), 1],
  ])('A pack is %s.', (_says, of, pack) => expect(packSizeOf(of)).toBe(pack));
});

it('Before a plan exists, twice the reorder point is kept, always above the point.', () => {
  fc.assert(
    fc.property(fc.nat(), (point) => {
      const { reorderPoint, target } = minMaxLevelsOf(undefined, point);
      expect([reorderPoint, target > point]).toEqual([point, true]);
    }),
  );
  expect(minMaxLevelsOf({ reorderPoint: 5, target: 9 }, 1)).toMatchObject({ reorderPoint: 5, target: 9 });
});

it('Daily sales come from the demand rate, if there is one.', () => {
  expect(soldPerDay({ reorderPoint: 1, target: 2, pace: { othersPerWeek: 3.5, factor: 2, leadDays: 7 } })).toBe(1);
  expect(soldPerDay({ reorderPoint: 1, target: 2 })).toBe(0);
});
