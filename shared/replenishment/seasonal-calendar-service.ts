import { type DistrictId, FestivalId, type ProductId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import type { EntryOf } from '../registry/entry-change.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { CalibrationStore } from './demand-model-store.ts';
import { isEarlierFestival, type PlannedFestival, plannedFestivals } from './seasonal-calibration.ts';
import type { SalesScope } from './seasonal-events.ts';

export type SeasonalCalendar = {
  readonly festivals: readonly PlannedFestival[];
  scope(product: ProductId, district: DistrictId): SalesScope;
};

export type FestivalCalendar = ReturnType<typeof readSeasonalCalendar>;

/** Products without a craft match only festivals of all crafts. */
export const readSeasonalCalendar =
  (registry: RegistryStore, lessons: CalibrationStore) =>
  async (products: Iterable<ProductId>): Promise<SeasonalCalendar> => {
    const listed = await allPages((after) => registry.list('festivals', after));
    const entered = listed.map(({ id, entry }) => ({ festival: FestivalId.parse(id), entry }));
    const mayHaveLearned = entered.some(({ entry }) => entered.some((other) => isEarlierFestival(other.entry, entry)));
    const festivals = plannedFestivals(entered, mayHaveLearned ? await lessons.all() : []);
    const isOfCraft = festivals.some(({ craft }) => craft !== undefined);
    const homes = isOfCraft ? await registry.entries('products', products) : new Map<ProductId, EntryOf<'products'>>();
    const districts = await registry.entries(
      'districts',
      [...homes.values()].map(({ entry }) => entry.district),
    );
    const craftOf = (home: DistrictId | undefined) => (home && districts.get(home)?.entry.craft) ?? '';
    return {
      festivals,
      scope: (product, district) => ({
        craft: craftOf(homes.get(product)?.entry.district),
        district,
      }),
    };
  };
