import { type DistrictId, type ItemId, LocationId } from '../../shared/domain/ids.ts';
import { everything } from '../../shared/domain/pages.ts';
import { keptOf, soldADay } from '../../shared/domain/restock/kept.ts';
import type { Giver } from '../../shared/domain/restock/suggest-source.ts';
import type { Composition, EntryOf } from '../../shared/runtime/composition.ts';

/**
 * Who else has these items, of those who are asked: the outlets of the district and all depots, where their seller trades. The registry says which,
 * so that no more rows are read where the state has more outlets. A maker keeps no stock in the book, and no item says who makes it.
 */
export const giversOf = async (
  location: LocationId,
  district: DistrictId,
  items: readonly EntryOf<'items'>[],
  { registry, stock }: Composition,
): Promise<(item: ItemId) => Giver[]> => {
  const [outlets, depots] = await Promise.all([
    everything((after) => registry.list('outlets', after)),
    everything((after) => registry.list('depots', after)),
  ]);
  const asked = [...outlets.filter(({ entry }) => entry.district === district), ...depots]
    .map(({ id, kind, entry }) => ({ id: LocationId.parse(id), kind, entry }))
    .filter(({ id }) => id !== location);
  const places = new Map(asked.map((place) => [place.id, place]));
  const registered = new Map(items.map(({ id, entry }) => [id, entry.reorderPoint]));
  const rows = await stock.among(
    items.flatMap(({ id, entry: { seller } }) =>
      asked
        .filter(({ entry }) => entry.sellers.includes(seller))
        .map((place) => ({ location: place.id, item: id as ItemId })),
    ),
  );
  const givers = Map.groupBy(rows, ({ item }) => item);
  return (item) =>
    (givers.get(item) ?? []).flatMap(({ location: at, free, plan }): Giver[] => {
      const place = places.get(at);
      if (!place) return [];
      const kept = keptOf(plan, registered.get(item) ?? 0);
      const there = { place: at, district: place.entry.district, free, plan: kept };
      return [
        place.kind === 'depots' ? { ...there, kind: 'depot' } : { ...there, kind: 'outlet', mean: soldADay(plan) },
      ];
    });
};
