import { ItemId, stockLocationKind } from '../../shared/kernel/ids.ts';
import { InvalidCursorError } from '../../shared/kernel/pages.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { type Clock, Instant, instantOf, millisecondsOf } from '../../shared/kernel/time.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import { sellersAt } from '../../shared/registry/location-sellers.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import * as contract from '../../shared/stock/stock-contract.ts';

/** Catalogues overlap, because indexes lag and clocks differ. */
const OVERLAP_MILLISECONDS = 60_000;

type GetCatalogueDeps = { readonly clock: Clock; readonly registry: RegistryStore };

/**
 * One seller per page. The cursor keeps the first page's `asOf`: earlier pages may change
 * meanwhile.
 */
export const getCatalogue = operation(
  contract.getCatalogue,
  async ({ path: { location }, query }, deps: GetCatalogueDeps) => {
    const found = await deps.registry.entry(stockLocationKind(location), location);
    if (!found) return refuse('NOT_FOUND', `The registry has no location ${location}.`);
    const [firstAsOf, firstSeller, ...positionInSeller] = query.cursor ?? [];
    const asOf =
      firstAsOf === undefined
        ? instantOf(millisecondsOf(deps.clock.now()) - OVERLAP_MILLISECONDS)
        : instantIn(firstAsOf);

    const sellers = sellersAt(found.entry, deps.clock.now()).toSorted();
    for (const seller of sellers.filter((code) => firstSeller === undefined || code >= firstSeller)) {
      const after = seller === firstSeller && positionInSeller.length > 0 ? positionInSeller : undefined;
      const { rows: items, next } = await deps.registry.catalogue(seller, query.since, after);
      const nextSeller = sellers.find((code) => code > seller);
      const position = next ? [asOf, seller, ...next] : nextSeller && [asOf, nextSeller];
      if (items.length === 0 && position) continue;
      const catalogue = items.map(({ id: item, entry }) => ({ item: ItemId.parse(item), ...entry }));
      return ok({ location, asOf, catalogue, ...cursorField(position) });
    }
    return ok({ location, asOf, catalogue: [] });
  },
);

const instantIn = (text: string): Instant => {
  const { data } = Instant.safeParse(text);
  if (data === undefined) throw new InvalidCursorError();
  return data;
};
