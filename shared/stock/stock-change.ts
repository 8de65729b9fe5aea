import type { ItemId, StockLocationId } from '../kernel/ids.ts';
import { type Quantity, sumOf, type Version } from '../kernel/quantity.ts';
import type { VoucherSequence } from '../kernel/voucher-sequence.ts';
import type { Lot } from './lots.ts';

/**
 * One stock row's part in a voucher: what is added to on hand and to free, and what must be free before. At a depot, the lots as they
 * are from then on, decided on the row's `version` (0: there is none yet), which must still stand. `freeAtMost`: only while it is that
 * low, such as to give up what was reserved and is not there.
 */
export type StockChange = {
  readonly item: ItemId;
  /** Of another location than the voucher's: where it was sent to. */
  readonly location?: StockLocationId;
  readonly onHand: number;
  /** Where it is not the same as to on hand: what is issued was taken from free when it was reserved. */
  readonly free?: number;
  /** What is on its way there moves whatever was counted. */
  readonly inbound?: number;
  readonly requires: 'nothing' | { readonly free: number } | { readonly freeAtMost: number };
  readonly lots?: { readonly become: readonly Lot[]; readonly version: number };
  /** Only while the row is as it was read: the change was weighed on it. */
  readonly asRead?: Version;
  /** From a count: the row is counted from then on, if it is still as it was read. */
  readonly count?: { readonly order: VoucherSequence; readonly version: number };
};

export type ItemQuantity = { readonly item: ItemId; readonly quantity: Quantity };

/** Lines of one item added up: a transaction may touch an item once. */
export const sumPerItem = (
  lines: readonly (ItemQuantity | (Pick<ItemQuantity, 'item'> & { readonly quantity: 0 }))[],
): ItemQuantity[] =>
  [...Map.groupBy(lines, ({ item }) => item)].map(([item, same]) => ({
    item,
    quantity: sumOf(same.map(({ quantity }) => quantity)) as Quantity,
  }));
