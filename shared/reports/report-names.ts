import * as z from 'zod';
import { DistrictId, ItemId, SellerId, StockLocationId } from '../kernel/ids.ts';
import { BaseUnit } from '../kernel/quantity.ts';

const named = <Id extends z.ZodType>(id: Id) => z.array(z.strictObject({ id, name: z.string() }));

/** The names of the ids in the rows. Ids that the registry does not know are left out. */
export const ReportNames = z.strictObject({
  districts: named(DistrictId),
  locations: named(StockLocationId),
  sellers: named(SellerId),
  items: z.array(z.strictObject({ id: ItemId, name: z.string(), nameHi: z.string(), unit: BaseUnit })),
});
export type ReportNames = z.infer<typeof ReportNames>;

type Named = { readonly name: string; readonly unit?: string | undefined };

export type NamesById = { readonly [Kind in keyof ReportNames]: ReadonlyMap<string, Named> };

export const namesById = ({ districts, locations, sellers, items }: ReportNames): NamesById => {
  const byId = (list: readonly ({ readonly id: string } & Named)[]) => new Map(list.map((one) => [one.id, one]));
  return { districts: byId(districts), locations: byId(locations), sellers: byId(sellers), items: byId(items) };
};
