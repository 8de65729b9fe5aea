import type { ReadExpectedStock } from '../../shared/alerts/stock-alert-service.ts';
import {
  type ItemId,
  isProducer,
  type LocationId,
  locationKind,
  type StockLocationId,
  stockLocationKind,
} from '../../shared/kernel/ids.ts';
import type { ChangedRequestLine } from '../../shared/kernel/problems.ts';
import type { Version } from '../../shared/kernel/quantity.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import { type Day, dayOf } from '../../shared/kernel/time.ts';
import { sequenceOf, timeOfSequence } from '../../shared/kernel/voucher-number.ts';
import type { AdmittedVoucher } from '../../shared/ledger/admit-live.ts';
import { isOpenOn } from '../../shared/registry/entry-status.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import {
  demandingLocationOf,
  type SourcingLocation,
  suppliableQuantityOf,
  supplyingLocationOf,
} from '../../shared/replenishment/sourcing.ts';
import { reorderPointOf, type StockRow } from '../../shared/stock/stock.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import { inTransitOf } from '../../shared/transfers/transfer.ts';

type StockRows = ReadonlyMap<ItemId, StockRow>;

export type CheckTransferRequestDeps = {
  readonly readExpectedStock: ReadExpectedStock;
  readonly registry: RegistryStore;
  readonly stock: StockStore;
};

/**
 * Reads stock rows consistently. The dispatch writes on their versions, so that two suppliers
 * cannot both fill one request.
 */
export const checkTransferRequest = async (
  admitted: AdmittedVoucher,
  deps: CheckTransferRequestDeps,
): Promise<AdmittedVoucher | Refusal> => {
  const { transfer } = admitted;
  if (!transfer?.sent) throw new Error('a dispatch has a transfer');
  const { from, to } = transfer.sent;
  const sent = inTransitOf(transfer);
  const here = await loadStockRows(from, sent.keys(), deps);
  const there = await loadStockRows(to, sent.keys(), deps);
  const day = dayOf(timeOfSequence(sequenceOf(admitted.voucher)));
  const asked = await stillRequested({ from, to, day, sent, fromRows: here, toRows: there }, deps);
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

const loadStockRows = async (
  place: LocationId,
  items: Iterable<ItemId>,
  { stock }: CheckTransferRequestDeps,
): Promise<StockRows> => (isProducer(place) ? new Map() : stock.rows(place, [...items]));

type DispatchToCheck = {
  readonly from: LocationId;
  readonly to: StockLocationId;
  readonly day: Day;
  readonly sent: ReadonlyMap<ItemId, number>;
  readonly fromRows: StockRows;
  readonly toRows: StockRows;
};

/** As the list does: nothing is asked of, for or to what has ended. */
const stillRequested = async (
  { from, to, day, sent, fromRows, toRows }: DispatchToCheck,
  deps: CheckTransferRequestDeps,
): Promise<ChangedRequestLine[]> => {
  const items = await deps.registry.entries('items', sent.keys());
  const pointOf = (row: StockRow) => reorderPointOf(row, items.get(row.item)?.entry.reorderPoint ?? 0);
  const counted = new Map((await deps.readExpectedStock([...toRows.values()], pointOf)).map((row) => [row.item, row]));
  const open = await deps.registry.openItems(items.values(), day);
  const giver = await loadOpenLocation(from, day, deps);
  const receiver = await loadOpenLocation(to, day, deps);
  return [...sent].map(([item, quantity]) => {
    const entry = items.get(item)?.entry;
    const row = counted.get(item);
    const asked =
      entry && row && giver && receiver && open.has(item)
        ? suppliableQuantityOf(
            supplyingLocationOf(giver, fromRows.get(item), entry),
            demandingLocationOf({ ...receiver, location: to }, row, entry),
          )
        : 0;
    return { item, sent: quantity, asked };
  });
};

const loadOpenLocation = async (
  place: LocationId,
  day: Day,
  { registry }: CheckTransferRequestDeps,
): Promise<SourcingLocation<LocationId> | undefined> => {
  const found = await registry.entry(isProducer(place) ? locationKind(place) : stockLocationKind(place), place);
  if (!found || !isOpenOn(found.entry, day)) return undefined;
  const { entry } = found;
  return { location: place, district: entry.district, ...('lines' in entry && { lines: entry.lines }) };
};
