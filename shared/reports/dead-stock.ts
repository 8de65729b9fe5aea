import * as z from 'zod';
import { DistrictId, ItemId, StockLocationId } from '../kernel/ids.ts';
import { Balance } from '../kernel/quantity.ts';
import { Sum } from '../kernel/sum.ts';
import { itemsById, type LocationReport } from './report.ts';

/** `days`: closed days in stock. `value`: paise at the last close. */
export const DeadStock = z.strictObject({
  location: StockLocationId,
  district: DistrictId,
  item: ItemId,
  onHand: Balance,
  value: Sum,
  days: z.int().min(1),
});
export type DeadStock = z.infer<typeof DeadStock>;

export const deadStock = {
  title: 'What lay on a shelf on all of these days, and nothing of it was sold or issued',
  row: DeadStock,
  key: ({ location, item }) => [location, item],
  from: 'closes',
  at: 'everywhere',
  earlier: 0,
  rows: (closes, { location, district }, window) => {
    if (closes[0]?.day !== window.from) return [];
    const shelves = closes.map(itemsById);
    // Recently received stock is not dead.
    const lies = (item: ItemId) =>
      shelves.every((shelf) => {
        const { exposure = 0, sold, issued } = shelf.get(item) ?? {};
        return exposure > 0 && sold === 0 && issued === 0;
      });
    return [...(shelves.at(-1)?.values() ?? [])]
      .filter(({ item, onHand }) => onHand > 0 && lies(item))
      .map(({ item, onHand, value }) => ({ location, district, item, onHand, value, days: closes.length }));
  },
} as const satisfies LocationReport<DeadStock>;
