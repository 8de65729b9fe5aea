import { overdueItems } from '../domain/alerts/transfer-matter.ts';
import type { ItemId, LocationId } from '../domain/ids.ts';
import { everything } from '../domain/pages.ts';
import type { Clock } from '../domain/time.ts';
import type { TransferStore } from './transfer-store.ts';

type Stores = { readonly transfers: TransferStore; readonly clock: Clock };

export type OverdueAt = (location: LocationId) => Promise<ReadonlyMap<ItemId, number>>;

/** How much of each item should have come to a place by now. */
export const overdueAt =
  ({ transfers, clock }: Stores): OverdueAt =>
  async (location) =>
    overdueItems(await everything((after) => transfers.of('incoming', location, 'open', after)), clock.now());
