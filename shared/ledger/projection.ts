import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { type Day, dayOf } from '../kernel/time.ts';
import { sequenceOf, timeOfSequence, type VoucherNumber, type VoucherSequence } from '../kernel/voucher-number.ts';
import { isReversal } from './kinds/reversal.ts';
import { onHandMovements } from './on-hand.ts';
import { isCancelled, kindOf, type Voucher } from './voucher.ts';

/** Base units. A count line sets the stock to `counted`. */
export type StockLine = { readonly item: ItemId; readonly change: number; readonly counted?: number };

export const stockLinesOf = ({ claim, outcome }: Pick<Voucher, 'claim' | 'outcome'>): StockLine[] => {
  if (isCancelled(claim)) return [];
  const { countedLines } = kindOf(claim);
  return countedLines
    ? countedLines(claim, outcome).map(({ item, quantity }) => ({ item, change: 0, counted: quantity }))
    : onHandMovements({ claim, outcome }).map(({ item, quantity }) => ({ item, change: quantity }));
};

export const onHandAfter = (onHand: number, { change, counted }: Omit<StockLine, 'item'>): number =>
  counted ?? onHand + change;

export type StockMovement = StockLine & { readonly number: VoucherNumber; readonly sequence: VoucherSequence };

/** In voucher sequence. */
export const stockMovementsByItem = (vouchers: readonly Voucher[]): ReadonlyMap<ItemId, readonly StockMovement[]> => {
  const movements = vouchers.flatMap((voucher) => {
    const { number } = voucher;
    const sequence = sequenceOf(voucher);
    return stockLinesOf(voucher).map((line) => ({ ...line, number, sequence }));
  });
  return Map.groupBy(
    movements.toSorted((one, other) => (one.sequence < other.sequence ? -1 : 1)),
    ({ item }) => item,
  );
};

/** The IST day of the corrected time, not of the number. */
export const stockDayOf = (voucher: Parameters<typeof sequenceOf>[0]): Day =>
  dayOf(timeOfSequence(sequenceOf(voucher)));

/** Base units; negative for a reversed issue. */
export const issuedQuantitiesOf = (
  voucher: Pick<Voucher, 'claim' | 'outcome'> | undefined,
): ReadonlyMap<ItemId, number> => {
  if (!voucher || !('producer' in voucher.outcome)) return new Map();
  const { claim } = voucher;
  // The claimed quantity includes the part that was written off, which was also issued.
  const lines = isReversal(claim) ? claim.lines : onHandMovements(voucher);
  return quantitiesByItem(lines.map(({ item, quantity }) => ({ item, quantity: -quantity })));
};

export const quantitiesByItem = (
  lines: readonly { readonly item: ItemId; readonly quantity: number }[],
): ReadonlyMap<ItemId, number> =>
  new Map(
    [...Map.groupBy(lines, ({ item }) => item)].map(([item, same]) => [
      item,
      sumOf(same.map(({ quantity }) => quantity)),
    ]),
  );
