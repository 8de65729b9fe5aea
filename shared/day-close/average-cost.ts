import type { ItemId } from '../kernel/ids.ts';
import type { Paise } from '../kernel/quantity.ts';
import { addUp, divide, multiply, type Sum } from '../kernel/sum.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { VoucherSequence } from '../kernel/voucher-sequence.ts';
import type { ClosedItem } from './day-close.ts';

/** Averages are paise per 1,000 base units, because a gram of bamboo costs less than a paisa. */
export const UNITS_PER_AVERAGE = 1_000;

type StockBefore = { readonly onHand: number; readonly average: number };

/** Received base units; `of` units cost `cost` paise. */
export type ReceivedStock = { readonly quantity: number; readonly cost: Sum; readonly of?: number };

/** Moving average cost after a receipt. Negative stock counts as none. */
export const averageCostAfter = (
  { onHand, average }: StockBefore,
  { quantity, cost, of = quantity }: ReceivedStock,
): number => {
  const stock = Math.max(0, onHand);
  const stockCost = multiply(multiply(stock, average), of);
  const receivedCost = multiply(multiply(UNITS_PER_AVERAGE, cost), quantity);
  // Exact in a number: at most 10^12 paise (the dearest unit) times 1,000.
  return Number(divide(addUp([stockCost, receivedCost]), multiply(stock + quantity, of)));
};

/** Paise; negative for a negative quantity. */
export const valueAtAverage = (average: number, quantity: number): Sum =>
  divide(multiply(average, quantity), UNITS_PER_AVERAGE);

type Averages = Pick<ClosedItem, 'average' | 'averages'>;

/** The average just before a voucher sequence on the item's day. */
export const averageBefore = ({ average, averages = [] }: Averages, sequence: VoucherSequence): number =>
  averages.find(({ until }) => sequence <= until)?.average ?? average;

/** The averages of all items with a known cost. */
export const averagesBefore = (
  items: readonly (Averages & { readonly item: ItemId })[],
  sequence: VoucherSequence,
): ReadonlyMap<ItemId, number> =>
  new Map(items.map((row) => [row.item, averageBefore(row, sequence)] as const).filter(([, average]) => average > 0));

/** Where received or returned goods came from. They keep the cost at which they left. */
export type Origin = {
  /** Set if they left this location on the same day. */
  readonly leftAt?: VoucherSequence;
  /** Otherwise the average costs at departure by item, in paise per 1,000 base units. */
  readonly averages?: ReadonlyMap<ItemId, number>;
  /**
   * Paise per base unit stated on the dispatch. Used only if neither the sender's closes nor the
   * receipt have a cost.
   */
  readonly stated?: ReadonlyMap<ItemId, Paise>;
};

/** By the number of the receipt or reversal. */
export type Origins = ReadonlyMap<VoucherNumber, Origin>;
