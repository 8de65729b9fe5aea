import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { lastEndedDay } from '../../shared/day-close/day-totals.ts';
import type { ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { addDays, type Clock } from '../../shared/kernel/time.ts';

/** So many days of the outlet's own sales say which of several items of one product is asked for. */
const SALES_WINDOW_DAYS = 28;

export type AllocationSharesDeps = { readonly clock: Clock; readonly closes: CloseStore };

/** What part of its product's sales each item has here; of what nothing was sold, all have the same. Nothing is read where no product has two items. */
export const readItemShares = async (
  location: StockLocationId,
  products: ReadonlyMap<string, readonly ItemId[]>,
  { closes, clock }: AllocationSharesDeps,
): Promise<(item: ItemId) => number> => {
  const several = [...products.values()].filter((items) => items.length > 1);
  if (several.length === 0) return () => 1;
  const to = lastEndedDay(clock.now());
  const days = await closes.between(location, { from: addDays(to, 1 - SALES_WINDOW_DAYS), to });
  const sold = new Map<ItemId, number>();
  for (const one of days.flatMap(({ items }) => items))
    sold.set(one.item, (sold.get(one.item) ?? 0) + one.sold - (one.mistaken ?? 0));
  const shares = several.flatMap((items) => {
    const all = sumOf(items.map((item) => 1 + (sold.get(item) ?? 0)));
    return items.map((item) => [item, (1 + (sold.get(item) ?? 0)) / all] as const);
  });
  const byItem = new Map(shares);
  return (item) => byItem.get(item) ?? 1;
};
