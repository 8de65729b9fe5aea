import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItemId } from '../../shared/kernel/ids.ts';
import { Paise } from '../../shared/kernel/quantity.ts';
import { calculateRefund } from '../../shared/ledger/kinds/refund.ts';
import { amountFor, Item, isHigherPrice, priceUnitOf } from '../../shared/registry/item.ts';

const quantities = fc.integer({ min: 1, max: 100_000_000 });
const prices = fc.integer({ min: 0, max: 1_000_000_000_000 });
const units = fc.record({
  base: fc.integer({ min: 1, max: 100_000_000 }),
  per: fc.integer({ min: 1, max: 100_000_000 }),
});

/** Long division by hand: whole, rest, and the half. */
const byHand = (quantity: number, price: number, { base, per }: { base: number; per: number }): bigint => {
  const over = BigInt(quantity) * BigInt(price) * BigInt(per);
  const [whole, rest] = [over / BigInt(base), over % BigInt(base)];
  return rest + rest >= BigInt(base) ? whole + 1n : whole;
};

describe('Amount of a line', () => {
  it.each([
    ['2.35 metre at 185 rupees a metre', 2_350, 18_500, 1_000, 43_475],
    ['1 gram at 62.50 rupees a kg', 1, 6_250, 1_000, 6],
    ['half a paisa is rounded up', 2, 250, 1_000, 1],
    ['less than half is rounded down', 1, 499, 1_000, 0],
    ['100 t at 1,000 crore rupees a tonne', 100_000_000, 10_000_000_000, 1_000_000, 1_000_000_000_000],
  ])('%s', (_says, quantity, price, base, amount) => {
    expect(amountFor(quantity, price, { base, per: 1 })).toBe(amount);
  });

  it('It is exact, rounded once, half up.', () => {
    fc.assert(
      fc.property(quantities, prices, units, (quantity, price, unit) => {
        expect(amountFor(quantity, price, unit)).toBe(Number(byHand(quantity, price, unit)));
      }),
    );
  });

  it('It is quantity times price where the price is for one base unit.', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_000 }),
        fc.integer({ min: 0, max: 1_000_000_000_000 }),
        (quantity, price) => {
          expect(amountFor(quantity, price, { base: 1, per: 1 })).toBe(quantity * price);
        },
      ),
    );
  });
});

it('Prices for different units compare as exact fractions.', () => {
  fc.assert(
    fc.property(prices, units, prices, units, (one, unit, other, otherUnit) => {
      const worth = (price: number, { per }: typeof unit, { base }: typeof unit) =>
        BigInt(price) * BigInt(per) * BigInt(base);
      expect(isHigherPrice(one, unit, other, otherUnit)).toBe(
        worth(one, unit, otherUnit) > worth(other, otherUnit, unit),
      );
      expect(isHigherPrice(one, unit, one, unit)).toBe(false);
    }),
  );
});

it('A line returned in any parts returns its amount and tax.', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 100_000_000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      parts,
      fc.integer({ min: 1, max: 5_000_000 }),
      fc.constantFrom(0, 25, 500, 1800),
      (cut, price, rate) => {
        const fitting = cut.map((part) => Math.ceil(part / cut.length));
        const sold = fitting.reduce((sum, part) => sum + part, 0);
        const amount = amountFor(sold, price, { base: 1_000, per: 1 });
        const line = {
          item: ItemId.parse('LKO-LACE'),
          moved: -sold,
          lots: [],
          sold: { amount: Paise.parse(amount), gstBasisPoints: rate },
        };
        const back = new Map<number, number>();
        let given = 0;
        for (const quantity of fitting) {
          const { due } = calculateRefund(
            { lines: [{ line: 1, item: 'LKO-LACE', quantity }] },
            { lines: [line], total: Paise.parse(amount) },
            { returned: back, rounded: 0 },
          );
          given += due;
          back.set(1, (back.get(1) ?? 0) + quantity);
        }
        expect(given).toBe(amount);
      },
    ),
  );
});

it('A price is only for a unit that its item has.', () => {
  const price = { from: '2026-04-01', price: 6_250, mrp: 7_000, gstBasisPoints: 500 };
  const item = (per: string) => ({
    name: 'Honey',
    nameHi: 'शहद',
    product: 'HONEY',
    seller: 'LKO1',
    unit: 'gram',
    hsn: '0409',
    units: [{ unit: 'kg', base: 1_000 }],
    prices: [{ ...price, per }],
    reorderPoint: 0,
    aliases: [],
  });
  const parsed = Item.parse(item('KG'));
  expect(priceUnitOf(parsed, parsed.prices[0] as never)).toMatchObject({ base: 1_000, per: 1 });
  expect(Item.safeParse(item('metre')).error?.issues).toMatchObject([
    { path: ['prices', 0, 'per'], message: "'metre' is not a unit of this item" },
  ]);
});
