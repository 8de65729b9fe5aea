import type { Client } from '../../shared/api/client.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { priceAt } from '../../shared/registry/item.ts';
import { expectOk } from '../expect-ok.ts';
import { listAllPages } from '../list-all-pages.ts';

export type DemoStalls = {
  readonly from: string;
  readonly to: string;
  readonly seller: string;
  readonly item: string;
  readonly name: string;
  readonly price: number;
};

/** In pieces. */
const MIN_FREE = 9;

export const findStalls = async (admin: Client, clock: Clock): Promise<DemoStalls> => {
  const outlets = await listAllPages(
    (query) => admin.listEntries({ path: { kind: 'outlets' }, query }),
    ({ entries }) => entries as { id: string; entry: { sellers: string[] } }[],
  );
  for (const { id: from, entry } of outlets) {
    const path = { location: from };
    const { catalogue } = expectOk(await admin.getCatalogue({ path }));
    const { stock } = expectOk(await admin.getLocationStock({ path }));
    for (const { item, free } of stock) {
      const known = catalogue.find((one) => one.item === item);
      const price = known && priceAt(known, clock.now())?.price;
      const to = outlets.find((other) => other.id !== from && known && other.entry.sellers.includes(known.seller));
      if (free >= MIN_FREE && known && price && to && entry.sellers.includes(known.seller))
        return { from, to: to.id, seller: known.seller, item, name: known.name, price };
    }
  }
  throw new Error(
    `no outlet has ${MIN_FREE} of an item that another outlet may sell: start with a new book (BAHI_DATA=memory)`,
  );
};
