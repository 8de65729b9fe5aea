import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { lastEndedDay } from '../../shared/day-close/day-totals.ts';
import type { ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { addDays, type Clock } from '../../shared/kernel/time.ts';

const SALES_WINDOW_DAYS = 28;

export type AllocationSharesDeps = { readonly clock: Clock; readonly closes: CloseStore };

/** Shares are equal without sales. Reads nothing if every product has one item. */
export const readItemShares = async (
  location: StockLocationId,
  products: ReadonlyMap<string, readonly ItemId[]>,
  { closes, clock }: AllocationSharesDeps,
): Promise<(item: ItemId) => number> => {
  const shared = [...products.values()].filter((items) => items.length > 1);
  if (shared.length === 0) return () => 1;
  const to = lastEndedDay(clock.now());
  const days = await closes.between(location, { from: addDays(to, 1 - SALES_WINDOW_DAYS), to });
  const sold = new Map<ItemId, number>();
  for (const closedItem of days.flatMap(({ items }) => items))
    sold.set(closedItem.item, (sold.get(closedItem.item) ?? 0) + closedItem.sold - (closedItem.mistaken ?? 0));
  const shares = shared.flatMap((items) => {
    const all = sumOf(items.map((item) => 1 + (sold.get(item) ?? 0)));
    return items.map((item) => [item, (1 + (sold.get(item) ?? 0)) / all] as const);
  });
  const byItem = new Map(shares);
  return (item) => byItem.get(item) ?? 1;
};
