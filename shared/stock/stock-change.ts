import type { ItemId, StockLocationId } from '../kernel/ids.ts';
import { type Quantity, sumOf, type Version } from '../kernel/quantity.ts';
import type { VoucherSequence } from '../kernel/voucher-sequence.ts';
import type { Lot } from './lots.ts';

/**
 * A change of one row. `requires`: condition on free stock. `lots` replaces a depot's lots and
 * needs the row at `version` (0: no row).
 */
export type StockChange = {
  readonly item: ItemId;
  /** The receiver of a dispatch; else the voucher's own location. */
  readonly location?: StockLocationId;
  readonly onHand: number;
  /** If it differs from `onHand`: an issue takes from free when it is reserved. */
  readonly free?: number;
  /** A count does not affect it. */
  readonly inbound?: number;
  readonly requires: 'nothing' | { readonly free: number } | { readonly freeAtMost: number };
  readonly lots?: { readonly become: readonly Lot[]; readonly version: number };
  /** The row version that was decided on. */
  readonly asRead?: Version;
  /** Covers all vouchers up to `order`, if the row is still at `version`. */
  readonly count?: { readonly order: VoucherSequence; readonly version: number };
};

export type ItemQuantity = { readonly item: ItemId; readonly quantity: Quantity };

/** A transaction may touch an item once. */
export const sumPerItem = (
  lines: readonly (ItemQuantity | (Pick<ItemQuantity, 'item'> & { readonly quantity: 0 }))[],
): ItemQuantity[] =>
  [...Map.groupBy(lines, ({ item }) => item)].map(([item, same]) => ({
    item,
    quantity: sumOf(same.map(({ quantity }) => quantity)) as Quantity,
  }));
