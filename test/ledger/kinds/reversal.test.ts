import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ItemId, StockLocationId } from '../../../shared/kernel/ids.ts';
import { MAX_PAISE, type Paise } from '../../../shared/kernel/quantity.ts';
import { isRefusal } from '../../../shared/kernel/refusal.ts';
import { extractTax } from '../../../shared/kernel/tax.ts';
import type { VoucherNumber, VoucherSequence } from '../../../shared/kernel/voucher-number.ts';
import { decideReversal, Reversal } from '../../../shared/ledger/kinds/reversal.ts';
import type { ReversalContext, ReversibleVoucher } from '../../../shared/ledger/reversal-context.ts';
import { reversalRulesOf } from '../../../shared/ledger/voucher-kinds.ts';
import { Item } from '../../../shared/registry/item.ts';
import { Lot, totalInLots } from '../../../shared/stock/lots.ts';
import { StockRow } from '../../../shared/stock/stock.ts';

const now = '2026-11-22T05:00:00.000Z' as Reversal['occurredAt'];
const number = '7KQ2MV2611220001' as VoucherNumber;

const A = 'A1' as ItemId;

describe('Refund of a sale', () => {
  it('Each part refunds its share of the line to the paisa, with its tax.', () => {
    fc.assert(
      fc.property(splits, ({ parts, amount, quantity }) => {
        const original = { lines: [sold(quantity, amount)] };
        let [given, taken, taxed, smallest] = [0, 0, 0, amount];
        for (const part of parts) {
          const input = { original, back: new Map([[1, taken]]), lines: [{ line: 1, quantity: part }] };
          const refund = dueFor(input);
          const { outcome, returnedQuantities } = decided({ ...input, refund });
          expect(outcome).toMatchObject({ moved: [part], refunded: refund });
          expect(Math.abs(refund - (amount * part) / quantity)).toBeLessThanOrEqual(1.001);
          const [tax] = outcome.tax ?? [];
          expect(tax && tax.taxable + tax.cgst + tax.sgst).toBe(refund);
          given += refund;
          taxed += tax?.cgst ?? 0;
          smallest = Math.min(smallest, refund);
          taken += part;
          expect([...(returnedQuantities?.lines ?? [])]).toEqual([[1, taken]]);
          expect(isRefusal(reverse({ ...input, refund: Math.abs(refund - 1) }))).toBe(true);
        }
        expect(given).toBe(amount);
        if (smallest > 1) expect(taxed).toBe(extractTax(amount as Paise, 500).cgst);
      }),
    );
  });

  it('Several lines refund the sum of theirs.', () => {
    fc.assert(
      fc.property(fc.array(splits, { minLength: 1, maxLength: 4 }), (all) => {
        const original = { lines: all.map(({ quantity, amount }) => sold(quantity, amount)) };
        const lines = all.map(({ parts }, at) => ({ line: at + 1, quantity: parts[0] ?? 1 }));
        const each = lines.map((one) => dueFor({ original, lines: [one] }));
        expect(dueFor({ original, lines })).toBe(each.reduce((sum, one) => sum + one));
      }),
    );
  });
});

describe('Reversed quantities', () => {
  it('A reversal never exceeds the original, whatever was reversed before.', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), parts, fc.constantFrom('S', 'R', 'A'), (quantity, all, kind) => {
        const original = { lines: [kind === 'R' ? line(quantity) : line(-quantity)] };
        let back = 0;
        for (const part of all) {
          const answer = reverse({ kind, original, back: new Map([[1, back]]), lines: [{ line: 1, quantity: part }] });
          expect(isRefusal(answer)).toBe(back + part > quantity);
          if (isRefusal(answer)) expect(answer.refused).toBe('RETURN_EXCEEDED');
          else {
            expect(answer.outcome.moved).toEqual([kind === 'R' ? -part : part]);
            back += part;
          }
        }
      }),
    );
  });

  it('A live reversal of a receipt needs free stock; an offline one does not.', () => {
    const input = { kind: 'R', original: { lines: [line(5)] }, lines: [{ line: 1, quantity: 3 }] };
    expect(decided(input).stock).toEqual([{ item: A, onHand: -3, requires: { free: 3 } }]);
    expect(decided({ ...input, live: false }).stock).toEqual([{ item: A, onHand: -3, requires: 'nothing' }]);
  });

  it('An offline return of an unknown sale stays unmatched.', () => {
    const input = { lines: [{ line: 1, quantity: 3 }], original: undefined };
    expect(reverse(input)).toMatchObject({ refused: 'VOUCHER_UNKNOWN' });
    expect(decided({ ...input, live: false })).toMatchObject({
      outcome: { moved: [3], waits: true },
      stock: [{ onHand: 3 }],
    });
    for (const kind of ['R', 'A', 'I'])
      expect(reverse({ ...input, kind, live: false })).toMatchObject({ refused: 'VOUCHER_UNKNOWN' });
  });

  it('Goods return to their lots, each up to what it gave, in any parts.', () => {
    const given = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(given, fc.infiniteStream(fc.integer({ min: 1, max: 5 })), (all, sizes) => {
        const lots = all.map((quantity, at) => ({ lot: `L${at}`, quantity }));
        const quantity = all.reduce((sum, one) => sum + one);
        const original = { lines: [line(-quantity, { lots })] };
        let [back, open] = [0, [] as readonly Lot[]];
        for (const size of sizes) {
          if (back === quantity) break;
          const part = Math.min(size, quantity - back);
          const row = StockRow.parse({
            location: 'PBE-D1',
            item: A,
            onHand: back,
            free: 0,
            inbound: 0,
            version: 2,
            lots: open,
          });
          const input = { kind: 'A', original, row, back: new Map([[1, back]]), lines: [{ line: 1, quantity: part }] };
          open = decided(input).stock[0]?.lots?.become ?? [];
          back += part;
          expect(totalInLots(open)).toBe(back);
        }
        expect(open.map(({ lot, left }) => ({ lot, quantity: left }))).toEqual(lots);
      }),
    );
  });

  it('Without a known lot, goods go to the newest, or to one named after the voucher.', () => {
    const open = [Lot.parse({ lot: 'OLD', left: 2, since: now }), Lot.parse({ lot: 'ZNEW', left: 2, since: now })];
    const input = { kind: 'A', original: { lines: [line(-3)] }, lines: [{ line: 1, quantity: 3 }] };
    const row = (lots: Lot[]) =>
      StockRow.parse({ location: 'PBE-D1', item: A, onHand: totalInLots(lots), free: 0, inbound: 0, version: 2, lots });
    const become = (lots: Lot[]) =>
      decided({ ...input, row: row(lots) }).stock[0]?.lots?.become.map(({ lot, left }) => [lot, left]);
    expect(become(open)).toEqual([
      ['OLD', 2],
      ['ZNEW', 5],
    ]);
    expect(become([])).toEqual([[number, 3]]);
  });
});

const kurta = Item.parse({
  name: 'Kurta',
  nameHi: 'कुर्ता',
  product: 'KURTA',
  seller: 'LKO1',
  unit: 'piece',
  hsn: '6211',
  prices: [{ from: '2026-04-01', price: 6, mrp: 6, gstBasisPoints: 500 }],
  reorderPoint: 0,
  aliases: [],
});

type ReversalCase = {
  readonly kind?: string;
  readonly lines: readonly { readonly line: number; readonly quantity: number }[];
  readonly refund?: number;
  readonly original?: ReversibleVoucher | undefined;
  readonly back?: ReversalContext['returned'];
  readonly row?: StockRow;
  readonly live?: boolean;
};

const reverse = ({ kind = 'S', lines, refund, original, back = new Map(), row, live = true }: ReversalCase) =>
  decideReversal({
    claim: Reversal.parse({
      kind: 'V',
      occurredAt: now,
      by: 'S001',
      previous: null,
      of: `7KQ2M${kind}2611210001`,
      reason: 'mistake',
      goods: 'to shelf',
      lines: lines.map((line) => ({ item: A, ...line })),
      ...(refund !== undefined && { refund: [{ tender: 'cash', amount: refund }] }),
    }),
    admission: live ? { way: 'live', goodsInHand: false } : { way: 'captured' },
    context: {
      location: StockLocationId.parse('LKO-01'),
      seller: kurta.seller,
      items: new Map([[A, kurta]]),
      depotRows: row && new Map([[A, row]]),
      reversal: {
        original,
        returned: back,
        rounded: 0,
        soldAt: StockLocationId.parse('LKO-01'),
        pendingReturns: [],
        version: back.size,
      },
    },
    entryDetails: { at: now, by: 'someone', voucher: number },
    sequence: `${now}#${number}` as VoucherSequence,
    reversedKind: reversalRulesOf(`7KQ2M${kind}2611210001` as VoucherNumber),
  });

const decided = (asked: ReversalCase) => {
  const answer = reverse(asked);
  if (isRefusal(answer)) throw new Error(answer.detail);
  return answer;
};

/** The refund due, from the facts of the refusal. */
const dueFor = (asked: ReversalCase): number => {
  const answer = reverse(asked);
  if (!isRefusal(answer)) return 0;
  expect(answer).toMatchObject({ refused: 'PAYMENT_MISMATCH', facts: { paid: 0 } });
  return answer.facts && 'due' in answer.facts ? answer.facts.due : Number.NaN;
};

const line = (moved: number, more: object = {}): ReversibleVoucher['lines'][number] => ({
  item: A,
  moved,
  lots: [],
  ...more,
});

const sold = (quantity: number, amount: number) => line(-quantity, { sold: { amount, gstBasisPoints: 500 } });

/** A line as it was sold, and the parts in which it comes back. */
const splits = fc
  .record({
    parts: fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 9_000_000 })), {
      minLength: 1,
      maxLength: 9,
    }),
    amount: fc.oneof(fc.nat(9), fc.nat(99_999), fc.integer({ min: MAX_PAISE - 9, max: MAX_PAISE }), fc.nat(MAX_PAISE)),
  })
  .map(({ parts, amount }) => ({ parts, amount, quantity: parts.reduce((sum, one) => sum + one) }));
