import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ItemId } from '../../shared/kernel/ids.ts';
import type { VoucherSequence } from '../../shared/kernel/voucher-number.ts';
import { type LastCounts, supersedeByCount } from '../../shared/ledger/counts.ts';
import type { StockChange } from '../../shared/stock/stock.ts';
import { itemIds } from '../kit/arbitraries.ts';

const orders = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom('A', 'C', 'S'), fc.integer({ min: 1, max: 3 }))
  .map(
    ([second, kind, serial]) => `2026-11-22T05:00:0${second}.000Z#7KQ2M${kind}261122000${serial}` as VoucherSequence,
  );
const lots = { become: [], version: 3 };

const counted: fc.Arbitrary<LastCounts> = fc
  .array(fc.tuple(itemIds, orders), { maxLength: 4 })
  .map((all) => new Map<ItemId, VoucherSequence>(all));

it('A voucher before a later count moves nothing on hand, but moves the reserved stock.', () => {
  fc.assert(
    fc.property(changes, orders, counted, (stock, order, known) => {
      const { stock: left, absorbed } = supersedeByCount(stock, order, known);
      const after = byItem(left);
      expect(left.length).toBe(after.size);
      for (const before of stock) {
        const now = after.get(before.item);
        const at = known.get(before.item);
        if (before.count || at === undefined || at <= order) {
          expect(now).toBe(before);
          expect(absorbed).not.toContain(before.item);
          continue;
        }
        expect(absorbed).toContain(before.item);
        expect(now?.onHand ?? 0).toBe(0);
        expect(now ? reserved(now) : 0).toBe(reserved(before));
        if (now) expect([now.requires, now.lots]).toEqual(['nothing', undefined]);
      }
      expect(absorbed.length).toBe(new Set(absorbed).size);
    }),
  );
});

it('Time decides first, then the number.', () => {
  const [stock] = [[{ item: 'A1' as ItemId, onHand: -1, requires: 'nothing' as const }]];
  const at = (time: string, number: string) => `2026-11-22T${time}Z#${number}` as VoucherSequence;
  const absorbedLines = (order: VoucherSequence, count: VoucherSequence) =>
    supersedeByCount(stock, order, new Map([['A1' as ItemId, count]])).absorbed.length;
  expect(absorbedLines(at('05:00:00.000', '7KQ2MS2611220001'), at('05:00:00.001', '00000C2611220001'))).toBe(1);
  expect(absorbedLines(at('05:00:00.001', '00000S2611220001'), at('05:00:00.000', '7KQ2MC2611220001'))).toBe(0);
  expect(absorbedLines(at('05:00:00.000', '7KQ2MA2611220001'), at('05:00:00.000', '7KQ2MC2611220001'))).toBe(1);
  expect(absorbedLines(at('05:00:00.000', '7KQ2MS2611220001'), at('05:00:00.000', '7KQ2MC2611220001'))).toBe(0);
  expect(absorbedLines(at('05:00:00.000', '7KQ2MC2611220001'), at('05:00:00.000', '7KQ2MC2611220001'))).toBe(0);
});

const change = fc.record({
  item: itemIds,
  onHand: fc.integer({ min: -9, max: 9 }),
  free: fc.option(fc.integer({ min: -9, max: 9 }), { nil: undefined }),
  kind: fc.constantFrom('plain', 'needs', 'lotted', 'count'),
});

const changes = fc.uniqueArray(change, { selector: ({ item }) => item }).map((all) =>
  all.map(
    ({ item, onHand, free, kind }): StockChange => ({
      item,
      onHand,
      ...(free !== undefined && { free }),
      requires: kind === 'needs' ? { free: 4 } : 'nothing',
      ...(kind === 'lotted' && { lots }),
      ...(kind === 'count' && { count: { order: '' as VoucherSequence, version: 3 } }),
    }),
  ),
);

/** The change of reserved stock: on hand less free. */
const reserved = ({ onHand, free = onHand }: StockChange) => onHand - free;

const byItem = (stock: readonly StockChange[]) => new Map(stock.map((one) => [one.item, one]));
