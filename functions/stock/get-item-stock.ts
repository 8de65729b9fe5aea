import type { Composition } from '../../shared/api/composition.ts';
import { contract } from '../../shared/api/contract.ts';
import { type LocationId, locationKind } from '../../shared/kernel/ids.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { more } from '../../shared/platform/query-parameters.ts';

export const getItemStock = operation(contract.getItemStock, async ({ path: { item }, query }, tools) => {
  const { rows, next } = await tools.stock.where(item, query.cursor);
  const places = await placesOf(
    rows.map(({ location }) => location),
    tools,
  );
  const locations = rows.map(({ location, free }) => ({ location, ...places.get(location), free }));
  return ok({ item, locations, ...more(next) });
});

/** Name and district of each, where the registry has them; read at once, outlets and depots together. */
const placesOf = async (locations: readonly LocationId[], { registry }: Composition) => {
  await registry.recollect(locations.map((id) => ({ kind: locationKind(id), id })));
  const places = await Promise.all(
    locations.map(async (location) => {
      const found = await registry.entry(locationKind(location), location);
      return [location, found && { name: found.entry.name, district: found.entry.district }] as const;
    }),
  );
  return new Map(places);
};
