import { LocationId, type SellerId } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import type { EntryOf } from '../../shared/registry/registry-item.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { Located } from '../../shared/replenishment/sides.ts';

/** An outlet or a depot, where it is, and who trades there. */
export type Trading = Located & {
  readonly name: string;
  readonly kind: 'outlets' | 'depots';
  readonly sellers: readonly SellerId[];
};

export const tradingOf = ({ id, kind, entry }: EntryOf<'outlets' | 'depots'>): Trading => ({
  ...{ place: LocationId.parse(id), name: entry.name, kind, district: entry.district, sellers: entry.sellers },
  ...('lines' in entry && { lines: entry.lines }),
});

export type SellersAtDeps = { readonly registry: RegistryStore };

/** All that the registry has. */
export const tradingAnywhere = async ({ registry }: SellersAtDeps): Promise<Trading[]> => {
  const [outlets, depots] = await Promise.all([
    everything((after) => registry.list('outlets', after)),
    everything((after) => registry.list('depots', after)),
  ]);
  return [...outlets, ...depots].map(tradingOf);
};
