import type { ItemId } from '../kernel/ids.ts';
import { addUp, divide, multiply, type Sum } from '../kernel/sum.ts';
import type { VoucherSequence } from '../kernel/voucher-sequence.ts';
import type { ClosedItem } from './day-close.ts';

/** Averages are for so many base units, so that a gram of bamboo, which costs less than a paisa, has one. */
export const UNITS_PER_AVERAGE = 1_000;

type StockBefore = { readonly onHand: number; readonly average: number };

/** Base units that came, and what `of` such units cost in paise. */
export type ReceivedStock = { readonly quantity: number; readonly cost: Sum; readonly of?: number };

/** Moving average: what was there at what it had cost, and what came at what was paid. Less than nothing there weighs nothing. */
export const averageCostAfter = (
  { onHand, average }: StockBefore,
  { quantity, cost, of = quantity }: ReceivedStock,
): number => {
  const there = Math.max(0, onHand);
  const [had, came] = [multiply(multiply(there, average), of), multiply(multiply(UNITS_PER_AVERAGE, cost), quantity)];
  // At most the dearest unit, of 10^12 paise, for a thousand: an exact number.
  return Number(divide(addUp([had, came]), multiply(there + quantity, of)));
};

/** Paise; below zero, of what is missing. */
export const valueAtAverage = (average: number, quantity: number): Sum =>
  divide(multiply(average, quantity), UNITS_PER_AVERAGE);

type Averages = Pick<ClosedItem, 'average' | 'averages'>;

/** The average just before a place in the order of vouchers, on the day that these are of. */
export const averageBefore = ({ average, averages = [] }: Averages, order: VoucherSequence): number =>
  averages.find(({ until }) => order <= until)?.average ?? average;

/** The same of each item that has a known cost. */
export const averagesBefore = (
  items: readonly (Averages & { readonly item: ItemId })[],
  order: VoucherSequence,
): ReadonlyMap<ItemId, number> =>
  new Map(items.map((one) => [one.item, averageBefore(one, order)] as const).filter(([, average]) => average > 0));
