import type { ItemId } from '../kernel/ids.ts';
import type { Paise } from '../kernel/quantity.ts';
import { addUp, divide, multiply, type Sum } from '../kernel/sum.ts';
import type { VoucherNumber, VoucherSequence } from '../kernel/voucher-number.ts';
import type { ClosedItem } from './day-close.ts';

/** Per 1,000 base units, because a gram of bamboo costs less than a paisa. */
export const UNITS_PER_AVERAGE = 1_000;

type StockBefore = { readonly onHand: number; readonly average: number };

/** `quantity` in base units; `of` units cost `cost` paise. */
export type ReceivedStock = { readonly quantity: number; readonly cost: Sum; readonly of?: number };

/** Negative stock counts as none. */
export const averageCostAfter = (
  { onHand, average }: StockBefore,
  { quantity, cost, of = quantity }: ReceivedStock,
): number => {
  const stock = Math.max(0, onHand);
  const stockCost = multiply(multiply(stock, average), of);
  const receivedCost = multiply(multiply(UNITS_PER_AVERAGE, cost), quantity);
  // A number is exact: at most 10^12 paise times 1,000.
  return Number(divide(addUp([stockCost, receivedCost]), multiply(stock + quantity, of)));
};

/** In paise; negative for a negative quantity. */
export const valueAtAverage = (average: number, quantity: number): Sum =>
  divide(multiply(average, quantity), UNITS_PER_AVERAGE);

type Averages = Pick<ClosedItem, 'average' | 'averages'>;

export const averageBefore = ({ average, averages = [] }: Averages, sequence: VoucherSequence): number =>
  averages.find(({ until }) => sequence <= until)?.average ?? average;

/** Items without a known cost are left out. */
export const averagesBefore = (
  items: readonly (Averages & { readonly item: ItemId })[],
  sequence: VoucherSequence,
): ReadonlyMap<ItemId, number> =>
  new Map(items.map((row) => [row.item, averageBefore(row, sequence)] as const).filter(([, average]) => average > 0));

/** They keep their cost at departure. */
export type Origin = {
  /** Set if they left this location on this day. */
  readonly leftAt?: VoucherSequence;
  /** Else the averages at departure, in paise per 1,000 base units. */
  readonly averages?: ReadonlyMap<ItemId, number>;
  /** Paise per base unit on the dispatch. Used only without another cost. */
  readonly stated?: ReadonlyMap<ItemId, Paise>;
};

/** By receipt or reversal. */
export type Origins = ReadonlyMap<VoucherNumber, Origin>;
