import type { ItemId } from '../kernel/ids.ts';
import type { Paise } from '../kernel/quantity.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { VoucherSequence } from '../kernel/voucher-sequence.ts';

/** Where goods left before they came here, or came back: they have the cost with which they left. */
export type Origin = {
  /** When they left, if it was here and on the same day. */
  readonly leftAt?: VoucherSequence;
  /** Else by item, paise for a thousand base units, where they left. */
  readonly averages?: ReadonlyMap<ItemId, number>;
  /** Paise per base unit that the dispatch states. It counts only where neither the sender's books nor the receipt have a cost. */
  readonly stated?: ReadonlyMap<ItemId, Paise>;
};

/** By the voucher with which they came: the receipt of a transfer, or a reversal. */
export type Origins = ReadonlyMap<VoucherNumber, Origin>;
