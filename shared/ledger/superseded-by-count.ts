import type { ItemId } from '../kernel/ids.ts';
import type { VoucherSequence } from '../kernel/voucher-sequence.ts';
import type { StockChange } from '../stock/stock.ts';

export type LastCounts = ReadonlyMap<ItemId, VoucherSequence>;

/** Changes of reservations and of stock in transit remain. */
export const supersedeByCount = (
  stock: readonly StockChange[],
  order: VoucherSequence,
  counted: LastCounts,
): { readonly stock: readonly StockChange[]; readonly absorbed: readonly ItemId[] } => {
  const isSeen = ({ item, count, location }: StockChange) =>
    !count && location === undefined && (counted.get(item) ?? '') > order;
  const absorbed = stock.filter((change) => isSeen(change) && !isInboundOnly(change)).map(({ item }) => item);
  const changed = stock.flatMap((change): StockChange[] => {
    if (!isSeen(change)) return [change];
    const { item, onHand, free = onHand, inbound = 0 } = change;
    if (free === onHand && inbound === 0) return [];
    return [{ item, onHand: 0, free: free - onHand, requires: 'nothing', ...(inbound !== 0 && { inbound }) }];
  });
  return { stock: changed, absorbed };
};

/** Stock in transit was not on the shelf. */
const isInboundOnly = ({ onHand, inbound = 0 }: StockChange): boolean => onHand === 0 && inbound !== 0;
