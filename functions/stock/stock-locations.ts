import { type SellerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { EntryOf } from '../../shared/registry/registry-item.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { SourcingLocation } from '../../shared/replenishment/sourcing.ts';

export type StockLocation = SourcingLocation & {
  readonly name: string;
  readonly kind: 'outlets' | 'depots';
  readonly sellers: readonly SellerId[];
};

export const stockLocationOf = ({ id, kind, entry }: EntryOf<'outlets' | 'depots'>): StockLocation => ({
  location: StockLocationId.parse(id),
  name: entry.name,
  kind,
  district: entry.district,
  sellers: entry.sellers,
  ...('lines' in entry && { lines: entry.lines }),
});

export type SellersAtDeps = { readonly registry: RegistryStore };

export const loadStockLocations = async ({ registry }: SellersAtDeps): Promise<StockLocation[]> => {
  const [outlets, depots] = await Promise.all([
    allPages((after) => registry.list('outlets', after)),
    allPages((after) => registry.list('depots', after)),
  ]);
  return [...outlets, ...depots].map(stockLocationOf);
};
