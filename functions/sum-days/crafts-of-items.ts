import type { ItemId } from '../../shared/kernel/ids.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type CraftsOfItemsDeps = { readonly registry: RegistryStore };

export const readCraftsOfItems = async (
  ids: ReadonlySet<ItemId>,
  { registry }: CraftsOfItemsDeps,
): Promise<ReadonlyMap<ItemId, string>> => {
  const items = await registry.entries('items', [...ids]);
  const products = await registry.entries('products', [
    ...new Set([...items.values()].map(({ entry }) => entry.product)),
  ]);
  const homes = [...new Set([...products.values()].map(({ entry }) => entry.district))];
  const districts = await registry.entries('districts', homes);
  const crafts = new Map<ItemId, string>();
  for (const [item, { entry }] of items) {
    const home = products.get(entry.product)?.entry.district;
    const craft = home && districts.get(home)?.entry.craft;
    if (craft !== undefined) crafts.set(item, craft);
  }
  return crafts;
};
