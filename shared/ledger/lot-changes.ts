import type { ItemId } from '../kernel/ids.ts';
import type { Quantity } from '../kernel/quantity.ts';
import { type FieldProblem, type Refusal, refuse, type Shortage } from '../kernel/refusal.ts';
import type { Order } from '../kernel/voucher-sequence.ts';
import { type Lot, type LotNumber, putInto, type TakenLot, takeFrom } from '../stock/lots.ts';
import type { StockRow } from '../stock/stock.ts';
import { perItem, type StockChange } from '../stock/stock-change.ts';

type Line = { readonly item: ItemId; readonly quantity: Quantity; readonly lot?: LotNumber | undefined };
type Rows = ReadonlyMap<ItemId, StockRow>;
type Lotted = { readonly stock: readonly StockChange[]; readonly lots: TakenLot[][] };

/**
 * Takes each line from its lot, or from the oldest on, and says from which. `free` goods only; or what is `reserved` for whom they are
 * issued to, which was set aside from free when it was reserved; or what is `in hand`, reserved or not, such as what was damaged.
 */
export const takeFromLots = (
  lines: readonly Line[],
  rows: Rows,
  of: 'free' | 'reserved' | 'in hand',
  order: Order,
): Lotted | Refusal => {
  const lots = new Map<ItemId, readonly Lot[]>();
  const taken: TakenLot[][] = [];
  const fields: FieldProblem[] = [];
  const short: Shortage[] = [];
  // Lines that name a lot come first, so that none takes from under them what another lot has too.
  const named = [...lines.entries()].toSorted(
    ([, a], [, b]) => Number(b.lot !== undefined) - Number(a.lot !== undefined),
  );
  for (const [at, { item, quantity, lot }] of named) {
    if (wasSeen(rows.get(item), order)) {
      taken[at] = lot === undefined ? [] : [{ lot, quantity }];
      continue;
    }
    const open = lots.get(item) ?? rows.get(item)?.lots ?? [];
    const taking = takeFrom(open, quantity, lot);
    if (taking.missing > 0 && lot !== undefined)
      fields.push({ path: `lines.${at}.lot`, problem: `${lot} has ${quantity - taking.missing} left of ${item}` });
    else if (taking.missing > 0) short.push({ item, wanted: quantity, free: quantity - taking.missing });
    lots.set(item, taking.lots);
    taken[at] = [...taking.taken];
  }
  if (fields.length > 0) return refuse('LOT_WRONG', 'A lot does not have so much.', { fields });
  if (short.length > 0)
    return refuse(
      'INSUFFICIENT_STOCK',
      'The lots do not have so much: record the receipt of the goods, or a count of what is there.',
      { short },
    );
  const stock = perItem(lines).map(({ item, quantity }) => ({
    item,
    onHand: -quantity,
    ...(of === 'reserved' && { free: 0 }),
    requires: of === 'free' ? { free: quantity } : ('nothing' as const),
    lots: lotsAfter(lots, rows.get(item), item),
  }));
  return { stock, lots: taken };
};

/** A later count has seen what happened: its lots are those that the count left, and are asked nothing. */
const wasSeen = (row: StockRow | undefined, order: Order): boolean => (row?.countedAt ?? '') > order;

const lotsAfter = (lots: ReadonlyMap<ItemId, readonly Lot[]>, row: StockRow | undefined, item: ItemId) => ({
  become: lots.get(item) ?? row?.lots ?? [],
  version: row?.version ?? 0,
});

/** Puts what was found back into its lot, or into the newest that is open. */
export const putIntoLots = (lines: readonly Line[], rows: Rows, order: Order): Lotted | Refusal => {
  const lots = new Map<ItemId, readonly Lot[]>();
  const fields: FieldProblem[] = [];
  for (const [at, { item, quantity, lot }] of lines.entries()) {
    if (wasSeen(rows.get(item), order)) continue;
    const open = lots.get(item) ?? rows.get(item)?.lots ?? [];
    const found = lot === undefined ? open.at(-1) : open.find((one) => one.lot === lot);
    const problem = 'no such lot is open; receive the goods as a lot instead';
    if (!found) fields.push({ path: `lines.${at}.lot`, problem });
    else lots.set(item, putInto(open, { ...found, left: quantity }));
  }
  if (fields.length > 0) return refuse('LOT_WRONG', 'What was found belongs to no open lot.', { fields });
  const stock = perItem(lines).map(({ item, quantity }) => ({
    item,
    onHand: quantity,
    requires: 'nothing' as const,
    lots: lotsAfter(lots, rows.get(item), item),
  }));
  return { stock, lots: [] };
};
