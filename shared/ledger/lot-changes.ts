import type { ItemId } from '../kernel/ids.ts';
import type { FieldProblem, Shortage } from '../kernel/problems.ts';
import type { Quantity } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { VoucherSequence } from '../kernel/voucher-number.ts';
import { addToLot, type Lot, type LotNumber, type LotWithdrawal, withdrawFromLots } from '../stock/lots.ts';
import { type StockChange, type StockRow, sumPerItem } from '../stock/stock.ts';

type LotLine = { readonly item: ItemId; readonly quantity: Quantity; readonly lot?: LotNumber | undefined };
type StockRows = ReadonlyMap<ItemId, StockRow>;
type LotChanges = { readonly stock: readonly StockChange[]; readonly lots: LotWithdrawal[][] };

/**
 * Uses the named lot or the oldest. `reserved` stock is already off `free`. `in hand`: all stock,
 * such as damaged goods.
 */
export const withdrawLines = (
  lines: readonly LotLine[],
  rows: StockRows,
  of: 'free' | 'reserved' | 'in hand',
  order: VoucherSequence,
): LotChanges | Refusal => {
  const lots = new Map<ItemId, readonly Lot[]>();
  const taken: LotWithdrawal[][] = [];
  const fields: FieldProblem[] = [];
  const short: Shortage[] = [];
  // Other lines must not empty a named lot.
  const named = [...lines.entries()].toSorted(
    ([, a], [, b]) => Number(b.lot !== undefined) - Number(a.lot !== undefined),
  );
  for (const [at, { item, quantity, lot }] of named) {
    if (isCountedAfter(rows.get(item), order)) {
      taken[at] = lot === undefined ? [] : [{ lot, quantity }];
      continue;
    }
    const open = lots.get(item) ?? rows.get(item)?.lots ?? [];
    const taking = withdrawFromLots(open, quantity, lot);
    if (taking.missing > 0 && lot !== undefined)
      fields.push({ path: `lines.${at}.lot`, problem: `${lot} has ${quantity - taking.missing} left of ${item}` });
    else if (taking.missing > 0) short.push({ item, wanted: quantity, free: quantity - taking.missing });
    lots.set(item, taking.lots);
    taken[at] = [...taking.taken];
  }
  if (fields.length > 0) return refuse('LOT_WRONG', 'A lot has less than the line takes.', { fields });
  if (short.length > 0)
    return refuse('INSUFFICIENT_STOCK', 'The lots have too little: record the receipt of the goods, or a count.', {
      short,
    });
  const stock = sumPerItem(lines).map(({ item, quantity }) => ({
    item,
    onHand: -quantity,
    ...(of === 'reserved' && { free: 0 }),
    requires: of === 'free' ? { free: quantity } : ('nothing' as const),
    lots: lotsAndVersion(lots, rows.get(item), item),
  }));
  return { stock, lots: taken };
};

/** A later count has set the lots, so they are not checked. */
const isCountedAfter = (row: StockRow | undefined, order: VoucherSequence): boolean => (row?.countedAt ?? '') > order;

const lotsAndVersion = (lots: ReadonlyMap<ItemId, readonly Lot[]>, row: StockRow | undefined, item: ItemId) => ({
  become: lots.get(item) ?? row?.lots ?? [],
  version: row?.version ?? 0,
});

/** Without a named lot, uses the newest open one. */
export const addFoundLines = (
  lines: readonly LotLine[],
  rows: StockRows,
  order: VoucherSequence,
): LotChanges | Refusal => {
  const lots = new Map<ItemId, readonly Lot[]>();
  const fields: FieldProblem[] = [];
  for (const [at, { item, quantity, lot }] of lines.entries()) {
    if (isCountedAfter(rows.get(item), order)) continue;
    const open = lots.get(item) ?? rows.get(item)?.lots ?? [];
    const found = lot === undefined ? open.at(-1) : open.find((one) => one.lot === lot);
    const problem = 'no such lot is open; receive the goods as a lot instead';
    if (!found) fields.push({ path: `lines.${at}.lot`, problem });
    else lots.set(item, addToLot(open, { ...found, left: quantity }));
  }
  if (fields.length > 0) return refuse('LOT_WRONG', 'Found goods need an open lot.', { fields });
  const stock = sumPerItem(lines).map(({ item, quantity }) => ({
    item,
    onHand: quantity,
    requires: 'nothing' as const,
    lots: lotsAndVersion(lots, rows.get(item), item),
  }));
  return { stock, lots: [] };
};
