import { type DistrictId, FestivalId, type ProductId } from '../kernel/ids.ts';
import { everything } from '../kernel/pages.ts';
import type { EntryOf } from '../registry/registry-item.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { LessonStore } from './calibration-store.ts';
import { isEarlier, type PlannedFestival, plannedOf } from './seasonal-calibration.ts';
import type { Shelf } from './seasonal-events.ts';

export type Calendar = {
  readonly festivals: readonly PlannedFestival[];
  shelf(product: ProductId, district: DistrictId): Shelf;
};

export type FestivalCalendar = ReturnType<typeof festivalCalendar>;

/**
 * The festivals as they are entered now, each with what the earlier ones of its name taught, and of which craft these products are: that of the district they come
 * from. A product of none has those of all crafts.
 */
export const festivalCalendar =
  (registry: RegistryStore, lessons: LessonStore) =>
  async (products: Iterable<ProductId>): Promise<Calendar> => {
    const listed = await everything((after) => registry.list('festivals', after));
    const entered = listed.map(({ id, entry }) => ({ festival: FestivalId.parse(id), entry }));
    const mayHaveLearned = entered.some(({ entry }) => entered.some((other) => isEarlier(other.entry, entry)));
    const festivals = plannedOf(entered, mayHaveLearned ? await lessons.all() : []);
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
