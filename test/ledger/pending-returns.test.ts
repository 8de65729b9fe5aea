import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Paise, sumOf } from '../../shared/kernel/quantity.ts';
import { extractTax } from '../../shared/kernel/tax.ts';
import { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import {
  type PendingReturns,
  returnMismatchOf,
  roundingOf,
  taxOfPendingReturns,
} from '../../shared/ledger/pending-returns.ts';
import { Voucher } from '../../shared/ledger/voucher.ts';

const OF = VoucherNumber.parse('7KQ2MS2611210001');
const item = 'LKO-KURTA-01';

const GST = 1_200;

/** So many sold, and how they came back. */
const parts = fc.record({
  pieces: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }),
  kept: fc.integer({ min: 0, max: 3 }),
  amount: fc.integer({ min: 0, max: 100_000 }),
});

describe('Returns recorded before their sale', () => {
  it('They return the tax of their quantity, all of it for the whole, in any order.', () => {
    fc.assert(
      fc.property(parts, ({ pieces, kept, amount }) => {
        const back = sumOf(pieces);
        const [sale, due] = [saleOf(back + kept, amount), Math.round((amount * back) / (back + kept))];
        const returns = pieces.map((quantity, n) => returnOf(n + 1, quantity, 0));
        const { taxable, cgst } = extractTax(Paise.parse(due), GST);
        expect(sums(early(sale, returns))[0]).toBe(due - 2 * (sums(early(sale, returns))[1] ?? 0));
        if (kept === 0 && amount > 100 * back) expect(sums(early(sale, returns))).toEqual([taxable, cgst]);
        expect(taxOfPendingReturns(early(sale, returns.toReversed()))).toEqual(
          taxOfPendingReturns(early(sale, returns)),
        );
      }),
    );
  });

  it('They never return more tax than was charged, and an excess does not agree.', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 5 }), ({ pieces, amount }, more) => {
        const sold = sumOf(pieces);
        const returns = [...pieces, more].map((quantity, n) => returnOf(n + 1, quantity, n === 0 ? amount : 0));
        const sale = saleOf(sold, amount);
        const [taxable = 0, cgst = 0] = sums(early(sale, returns));
        expect(taxable + 2 * cgst).toBe(amount);
        expect(returnMismatchOf(early(sale, returns))).toEqual({
          exceeded: [{ line: 1, item, sold, back: sold + more }],
          due: amount,
          given: amount,
        });
      }),
    );
  });

  it.each([
    ['to the paisa', 0, true],
    ['but for the rounding of three parts and a paisa', 298, true],
    ['but for less than that', -298, true],
    ['but for a paisa more', 299, false],
    ['but for a paisa less', -299, false],
  ])('They agree with a sale whose money is right %s.', (_how, off, agrees) => {
    expect(returnMismatchOf(early(saleOf(3, 9_000), [returnOf(1, 1, 3_000 + off)])) === undefined).toBe(agrees);
  });

  it.each([
    ['at the amount paid', [76_500], [undefined], undefined],
    ['as their lines say', [76_460], [undefined], undefined],
    ['rounded each', [38_200, 38_300], [-30, 70], undefined],
    ['a rupee too much', [76_600], [undefined], { due: 76_500, given: 76_600 }],
  ])('They agree with a sale rounded to ₹765 if they refund %s.', (_how, given, roundOffs, misfit) => {
    const sale = saleOf(2, 76_460);
    const paid = { ...sale, outcome: { ...sale.outcome, total: 76_500 } } as Voucher;
    const returns = given.map((amount, n) => {
      const one = returnOf(n + 1, 2 / given.length, amount);
      return { ...one, claim: { ...one.claim, ...(roundOffs[n] && { roundOff: roundOffs[n] }) } } as Voucher;
    });
    expect(returnMismatchOf(early(paid, returns))).toEqual(misfit && { exceeded: [], ...misfit });
    if (!misfit) expect(76_460 + roundingOf({ sale: paid, returns })).toBe(sumOf(given));
  });

  it('They say nothing without the sale; a line of another item does not count.', () => {
    expect(returnMismatchOf(early(undefined, [returnOf(1, 1, 5)]))).toBeUndefined();
    expect(sums(early(undefined, [returnOf(1, 1, 5)]))).toEqual([0, 0]);
    const other = early(saleOf(3, 9_000), [
      returnOf(1, 3, 0, { line: 1, item: 'LKO-KURTA-02' }),
      returnOf(2, 3, 9_000),
    ]);
    expect(returnMismatchOf(other)).toMatchObject({
      exceeded: [{ item: 'LKO-KURTA-02', sold: 0, back: 3 }],
      due: 9_000,
    });
    const [taxable = 0, cgst = 0] = sums(other);
    expect(taxable + 2 * cgst).toBe(9_000);
  });
});

const about = (number: string, claim: object, outcome: object) =>
  Voucher.parse({
    number,
    location: 'LKO-01',
    seller: 'LKO1',
    outcome,
    admission: { way: 'captured' },
    claim: { occurredAt: '2026-11-21T05:00:00.000Z', by: 'S001', previous: null, ...claim },
    recordedAt: '2026-11-22T05:00:00.000Z',
    enteredBy: 'us',
  });

const saleOf = (quantity: number, amount: number) => {
  const paid = { payments: [{ tender: 'cash', amount }] };
  const lines = [{ item, quantity, unitPrice: amount, discount: quantity * amount - amount }];
  return about(OF, { kind: 'S', lines, ...paid }, { total: amount, tax: [extractTax(Paise.parse(amount), GST)] });
};

const returnOf = (n: number, quantity: number, given: number, line = { line: 1, item }) =>
  about(
    `7KQ2MV26112100${String(n).padStart(2, '0')}`,
    {
      kind: 'V',
      of: OF,
      reason: 'return',
      goods: 'to shelf',
      lines: [{ ...line, quantity }],
      refund: [{ tender: 'cash', amount: given }],
    },
    { moved: [quantity], waits: true },
  );

const early = (sale: Voucher | undefined, returns: readonly Voucher[]): PendingReturns => ({
  of: OF,
  version: 1,
  settled: undefined,
  sale,
  returns,
});

const sums = (of: PendingReturns) => {
  const tax = [...taxOfPendingReturns(of).values()].flat();
  return [sumOf(tax.map(({ taxable }) => taxable)), sumOf(tax.map(({ cgst }) => cgst))];
};
