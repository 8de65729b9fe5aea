import type { DistrictId, ProductId } from '../domain/ids.ts';
import { everything } from '../domain/pages.ts';
import type { Festival, Shelf } from '../domain/restock/festivals.ts';
import type { EntryOf } from './registry-item.ts';
import type { RegistryStore } from './registry-store.ts';

export type Calendar = {
  readonly festivals: readonly Festival[];
  shelf(product: ProductId, district: DistrictId): Shelf;
};

/** The festivals as they are entered now, and of which craft these products are: that of the district they come from. A product of none has those of all crafts. */
export const festivalCalendar =
  (registry: RegistryStore) =>
  async (products: Iterable<ProductId>): Promise<Calendar> => {
    const festivals = (await everything((after) => registry.list('festivals', after))).map(({ entry }) => entry);
    const isOfCraft = festivals.some(({ craft }) => craft !== undefined);
    const homes = isOfCraft ? await registry.entries('products', products) : new Map<ProductId, EntryOf<'products'>>();
    const districts = await registry.entries(
      'districts',
      [...homes.values()].map(({ entry }) => entry.district),
    );
    const craftOf = (home: DistrictId | undefined) => (home && districts.get(home)?.entry.craft) ?? '';
    return {
      festivals,
      shelf: (product, district) => ({
        craft: craftOf(homes.get(product)?.entry.district),
        district,
      }),
    };
  };
