import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemId } from '../../../shared/kernel/ids.ts';
import { type Paise, sumOf } from '../../../shared/kernel/quantity.ts';
import { extractTax } from '../../../shared/kernel/tax.ts';
import { addReturnedLines, calculateRefund, fitsOfflineRefund } from '../../../shared/ledger/kinds/refund.ts';
import type { ReversibleVoucher } from '../../../shared/ledger/reversal-context.ts';

const item = 'LKO-KURTA-01' as ItemId;
const GST = 1_200;

describe('Return', () => {
  it('A return of a whole sale refunds exactly what was paid, with its tax.', () => {
    fc.assert(
      fc.property(sale, ({ original, total, sold }) => {
        const all = sold.map(({ pieces }, at) => ({ line: at + 1, item, quantity: pieces }));
        const { due, tax } = calculateRefund({ lines: all }, original, { returned: new Map(), rounded: 0 });
        expect(due).toBe(total);
        expect(tax).toEqual(sold.map(({ amount }) => extractTax(amount, GST)));
      }),
    );
  });

  it('Returns in any parts and order, rounded or not, refund in total what was paid, with tax.', () => {
    fc.assert(
      fc.property(split, ({ of: { original, total, sold }, order, ends, rounds }) => {
        let [given, rounded, back] = [0, 0, new Map<number, number>() as ReadonlyMap<number, number>];
        const taxes = [];
        for (const [at, part] of partsOf(order, ends).entries()) {
          const { exact } = calculateRefund({ lines: part }, original, { returned: back, rounded });
          const roundOff = rounds[at] ? Math.round(exact / 100) * 100 - exact : 0;
          const { due, tax } = calculateRefund({ lines: part, roundOff }, original, { returned: back, rounded });
          expect(due).toBeGreaterThanOrEqual(0);
          for (const line of tax) expect(line.taxable).toBeGreaterThanOrEqual(0);
          given += due;
          rounded += due - exact;
          taxes.push(...tax);
          expect(given).toBeLessThanOrEqual(total);
          back = addReturnedLines(back, part);
        }
        expect(given).toBe(total);
        expect(sumOf(taxes.map(({ cgst }) => cgst))).toBe(
          sumOf(sold.map(({ amount }) => extractTax(amount, GST).cgst)),
        );
        expect(sumOf(taxes.map(({ taxable, cgst, sgst }) => taxable + cgst + sgst))).toBe(
          sumOf(sold.map(({ amount }) => amount)),
        );
      }),
    );
  });

  it('Offline parts fit in any order of arrival, and end with the same refund, rounding and tax.', () => {
    fc.assert(
      fc.property(
        split.filter(({ order, ends }) => partsOf(order, ends).length <= 4),
        ({ of: { original, total, sold }, order, ends, rounds }) => {
          const claims = offlineParts(original, partsOf(order, ends), rounds);
          for (const claim of claims) expect(fitsOfflineRefund(claim, original)).toBe(true);
          for (const arrived of permutations(claims)) {
            const books = booksOf(original, arrived);
            expect(books.refunded).toBe(total);
            expect(books.rounded).toBe(total - sumOf(sold.map(({ amount }) => amount)));
            expect(books.cgst).toBe(sumOf(sold.map(({ amount }) => extractTax(amount, GST).cgst)));
          }
        },
      ),
    );
  });

  it.each([6, 3, 1])('Offline, unstated rounding of %i of six is below a rupee per possible part.', (quantity) => {
    const amount = 60_000 as Paise;
    const original = { total: amount, lines: [{ item, moved: -6, lots: [], sold: { amount, gstBasisPoints: GST } }] };
    const fits = (off: number) =>
      fitsOfflineRefund(
        { lines: [{ line: 1, item, quantity }], refund: [{ amount: quantity * 10_000 + off }] },
        original,
      );
    const most = 99 * (1 + 6 - quantity) + 1;
    expect([-most - 1, -most, most, most + 1].map(fits)).toEqual([false, true, true, false]);
  });
});

type OfflinePart = {
  readonly lines: ReturnType<typeof partsOf>[number];
  readonly roundOff?: number;
  readonly refund: readonly { readonly amount: number }[];
};

/** As given in the shop: the last part gives back the rest and does not state its rounding. */
const offlineParts = (
  original: ReversibleVoucher,
  parts: ReturnType<typeof partsOf>,
  rounds: readonly boolean[],
): OfflinePart[] => {
  let rounded = 0;
  let returned: ReadonlyMap<number, number> = new Map();
  return parts.map((lines, at) => {
    const { exact } = calculateRefund({ lines }, original, { returned, rounded });
    const roundOff = rounds[at] && at + 1 < parts.length ? Math.round(exact / 100) * 100 - exact : 0;
    const { due } = calculateRefund({ lines, roundOff }, original, { returned, rounded });
    returned = addReturnedLines(returned, lines);
    rounded += due - exact;
    return { lines, ...(roundOff !== 0 && { roundOff }), refund: [{ amount: due }] };
  });
};

const permutations = <T>(all: readonly T[]): T[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((one, at) => permutations(all.toSpliced(at, 1)).map((others) => [one, ...others]));

const booksOf = (original: ReversibleVoucher, arrived: readonly OfflinePart[]) => {
  const books = { refunded: 0, rounded: 0, cgst: 0 };
  let returned: ReadonlyMap<number, number> = new Map();
  for (const { lines, refund } of arrived) {
    const { exact, tax } = calculateRefund({ lines }, original, { returned, rounded: books.rounded });
    const paid = sumOf(refund.map(({ amount }) => amount));
    books.refunded += paid;
    books.rounded += paid - exact;
    books.cgst += sumOf(tax.map(({ cgst }) => cgst));
    returned = addReturnedLines(returned, lines);
  }
  return books;
};

/** Lines of some pieces, at 2 paise a piece or more: a part of one paisa has no tax to return. */
const lines = fc.array(
  fc.record({ pieces: fc.integer({ min: 1, max: 6 }), unit: fc.integer({ min: 2, max: 90_000 }), off: fc.nat(99) }),
  { minLength: 1, maxLength: 4 },
);

const sale = fc.record({ lines, roundOff: fc.integer({ min: -99, max: 99 }) }).map(({ lines: all, roundOff }) => {
  const sold = all.map(({ pieces, unit, off }) => ({
    pieces,
    amount: Math.max(2 * pieces, pieces * unit - off) as Paise,
  }));
  const exact = sumOf(sold.map(({ amount }) => amount));
  const total = Math.max(0, exact + roundOff) as Paise;
  const original: ReversibleVoucher = {
    total,
    lines: sold.map(({ pieces, amount }) => ({
      item,
      moved: -pieces,
      lots: [],
      sold: { amount, gstBasisPoints: GST },
    })),
  };
  return { original, total, sold };
});

/** All pieces of a sale in any order, in parts of any size. */
const split = sale.chain((of) => {
  const pieces = of.sold.flatMap(({ pieces: many }, at) => Array.from({ length: many }, () => at + 1));
  return fc.record({
    of: fc.constant(of),
    order: fc.shuffledSubarray(pieces, { minLength: pieces.length }),
    ends: fc.array(fc.boolean(), { minLength: pieces.length, maxLength: pieces.length }),
    rounds: fc.array(fc.boolean(), { minLength: pieces.length, maxLength: pieces.length }),
  });
});

const partsOf = (order: readonly number[], ends: readonly boolean[]) => {
  const parts: number[][] = [[]];
  for (const [at, line] of order.entries()) {
    parts.at(-1)?.push(line);
    if (ends[at] && at + 1 < order.length) parts.push([]);
  }
  return parts.map((part) =>
    [...Map.groupBy(part, (line) => line)].map(([line, same]) => ({ line, item, quantity: same.length })),
  );
};
