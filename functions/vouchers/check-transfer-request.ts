import {
  type ItemId,
  isProducer,
  type LocationId,
  locationKind,
  type Place,
  placeKind,
} from '../../shared/kernel/ids.ts';
import type { Version } from '../../shared/kernel/quantity.ts';
import { type Asked, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Admitted } from '../../shared/ledger/admit-live.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { giverOf, type Located, wantingOf } from '../../shared/replenishment/sides.ts';
import { askedOf } from '../../shared/replenishment/sourcing.ts';
import type { CountedOn } from '../../shared/reports/arrivals-service.ts';
import { reorderPointOf, type StockRow } from '../../shared/stock/stock.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import { onTheWay } from '../../shared/transfers/transfer.ts';

type Rows = ReadonlyMap<ItemId, StockRow>;

export type CheckTransferRequestDeps = {
  readonly countedOn: CountedOn;
  readonly registry: RegistryStore;
  readonly stock: StockStore;
};

/**
 * Does the receiver want it still, and can the giver still do without it? Both are weighed by their rows as they surely stand, and it is recorded only while they
 * stand so: two who are asked for the same cannot both send it, and nobody sends what they sold meanwhile.
 */
export const weighAsk = async (admitted: Admitted, deps: CheckTransferRequestDeps): Promise<Admitted | Refusal> => {
  const { transfer } = admitted;
  if (!transfer?.sent) throw new Error('a dispatch has a transfer');
  const { from, to } = transfer.sent;
  const sent = onTheWay(transfer);
  const [here, there] = [await rowsAt(from, sent.keys(), deps), await rowsAt(to, sent.keys(), deps)];
  const asked = await askedStill({ from, to, sent, here, there }, deps);
  if (asked.some((one) => one.sent > one.asked)) {
    const says = asked.map(({ item, sent: quantity, asked: still }) => `${item}: ${quantity} sent, ${still} asked for`);
    return refuse('TRANSFER_REQUEST_CHANGED', `${says.join('; ')}.`, { asked });
  }
  return {
    ...admitted,
    stock: admitted.stock.map((change) => {
      const row = (change.location === to ? there : here).get(change.item);
      return { ...change, asRead: (row?.version ?? 0) as Version };
    }),
  };
};

const rowsAt = async (place: Place, items: Iterable<ItemId>, { stock }: CheckTransferRequestDeps): Promise<Rows> =>
  isProducer(place) ? new Map() : stock.rows(place, [...items]);

type Sent = {
  readonly from: Place;
  readonly to: LocationId;
  readonly sent: ReadonlyMap<ItemId, number>;
  readonly here: Rows;
  readonly there: Rows;
};

const askedStill = async ({ from, to, sent, here, there }: Sent, deps: CheckTransferRequestDeps): Promise<Asked[]> => {
  const items = await deps.registry.entries('items', sent.keys());
  const pointOf = (row: StockRow) => reorderPointOf(row, items.get(row.item)?.entry.reorderPoint ?? 0);
  const counted = new Map((await deps.countedOn([...there.values()], pointOf)).map((row) => [row.item, row]));
  const [giver, receiver] = [await located(from, deps), await located(to, deps)];
  return [...sent].map(([item, quantity]) => {
    const [entry, row] = [items.get(item)?.entry, counted.get(item)];
    const asked =
      entry && row && giver && receiver
        ? askedOf(giverOf(giver, here.get(item), entry), wantingOf({ ...receiver, place: to }, row, entry))
        : 0;
    return { item, sent: quantity, asked };
  });
};

const located = async (place: Place, { registry }: CheckTransferRequestDeps): Promise<Located<Place> | undefined> => {
  const found = await registry.entry(isProducer(place) ? placeKind(place) : locationKind(place), place);
  if (!found) return undefined;
  const { entry } = found;
  return { place, district: entry.district, ...('lines' in entry && { lines: entry.lines }) };
};
