import fc from 'fast-check';
import type { ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import type { OutletProductSales } from '../../shared/replenishment/add-day-to-model.ts';

export const OUTLETS = ['AGC-01', 'LKO-01', 'LKO-02', 'PBE-01'] as StockLocationId[];
export const PRODUCTS = ['100', '20', 'FLUTE', 'KURTA'] as ProductId[];
const FIRST = '2026-01-01' as Day;
export const dayAt = (at: number): Day => addDays(FIRST, at);

/** A day of some outlets and products, each at most once. */
const closes: fc.Arbitrary<OutletProductSales[]> = fc.uniqueArray(
  fc.record({
    outlet: fc.constantFrom(...OUTLETS),
    product: fc.constantFrom(...PRODUCTS),
    sold: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(100_000_000)),
    exposure: fc.constantFrom(0, 0.5, 1),
    season: fc.constantFrom(1, 0.5, 3),
  }),
  { selector: ({ outlet, product }) => `${outlet}/${product}`, maxLength: 16 },
);

/** Days one after the other, longer than the warm-up. */
export const history = (maxLength = 25): fc.Arbitrary<OutletProductSales[][]> =>
  fc.array(closes, { minLength: 12, maxLength });
