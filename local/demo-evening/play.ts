import type { Client } from '../../shared/api/client.ts';
import type { Sum } from '../../shared/kernel/sum.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { systemClock } from '../../shared/platform/runtime.ts';
import { priceAt } from '../../shared/registry/item.ts';
import { expectOk, listAllPages } from '../demo-client.ts';
import { type DemoTill, openTill, tickingClock, type WrittenVoucher } from './till.ts';

export type DemoEvening = DemoStalls & {
  readonly syncOutcomes: readonly (readonly string[])[];
  readonly counted: number;
  readonly settled: string;
  readonly mismatches: number;
  /** Counted less expected, by tender. */
  readonly over: readonly Sum[];
  readonly vouchers: number;
  readonly drifts: number;
  readonly shelf: { readonly truly: number; readonly book: number };
  readonly other: { readonly truly: number; readonly book: number };
};

export type ReconcilePlace = (
  place: string,
) => Promise<{ readonly vouchers: number; readonly drifts: readonly unknown[] }>;

type EveningOptions = { readonly admin: Client; readonly reconcile: ReconcilePlace; readonly wall?: Clock };

export const playEvening = async ({ admin, reconcile, wall = systemClock }: EveningOptions): Promise<DemoEvening> => {
  const clock = tickingClock(wall);
  const stalls = await findStalls(admin, clock);
  const { from, to, seller, item, price } = stalls;
  const onHand = (location: string) => onHandAt(admin, location, item);
  const before = await onHand(from);
  const otherBefore = await onHand(to);
  const offline = await openTill(admin, from, seller, clock);
  const online = await openTill(admin, from, seller, clock);
  const sale = (till: DemoTill, of = item): WrittenVoucher =>
    till.write({
      kind: 'S',
      lines: [{ item: of, quantity: 1, unitPrice: price }],
      payments: [{ tender: 'cash', amount: price }],
    });

  const offlineVouchers = [sale(offline), sale(offline), sale(offline), sale(offline, `${item}-X`)];
  const sold = await online.record(sale(online));
  const counted = before - 4;
  await online.record(
    online.write({ kind: 'C', count: `evening of ${clock.now()}`, lines: [{ item, quantity: counted }] }),
  );
  await online.record(sale(online));
  const first = await offline.sync(offlineVouchers);
  const second = await offline.sync(offlineVouchers);
  const settled = await settle(admin, from, first);

  await online.record(
    online.write({
      kind: 'V',
      of: sold,
      reason: 'return',
      goods: 'to shelf',
      lines: [{ line: 1, item, quantity: 1 }],
      refund: [{ tender: 'cash', amount: price }],
    }),
  );
  const parcel = await online.record(online.write({ kind: 'D', to, lines: [{ item, quantity: 3 }] }));
  const receiver = await openTill(admin, to, seller, clock);
  const delivery = { kind: 'R', from: { dispatch: parcel }, lines: [{ item, quantity: 1 }] };
  await receiver.record(receiver.write(delivery));
  await receiver.record(receiver.write({ ...delivery, final: true }));

  const over = [await closeShift(admin, from, offline, 3 * price), await closeShift(admin, from, online, price)];
  const reconciliations = [await reconcile(from), await reconcile(to)];
  const { alerts } = expectOk(await admin.listAlerts({ query: { location: to, type: 'mismatch' } }));
  return {
    ...stalls,
    counted,
    settled,
    over: over.flat(),
    syncOutcomes: [first, second].map((outcomes) => outcomes.map(({ outcome }) => outcome)),
    mismatches: alerts.filter((alert) => 'about' in alert && alert.about === parcel).length,
    vouchers: reconciliations.reduce((sum, { vouchers }) => sum + vouchers, 0),
    drifts: reconciliations.reduce((sum, { drifts }) => sum + drifts.length, 0),
    // Five sold, one returned, three sent, two received.
    shelf: { truly: before - 5 + 1 - 3, book: await onHand(from) },
    other: { truly: otherBefore + 2, book: await onHand(to) },
  };
};

const onHandAt = async (admin: Client, location: string, item: string): Promise<number> =>
  expectOk(await admin.getLocationStock({ path: { location } })).stock.find((row) => row.item === item)?.onHand ?? 0;

const settle = async (
  admin: Client,
  location: string,
  outcomes: Awaited<ReturnType<DemoTill['sync']>>,
): Promise<string> => {
  const held = outcomes.find((one) => one.outcome === 'held');
  if (held?.outcome !== 'held') return 'nothing was held';
  const body = { do: 'reject', why: 'the shop sells no such thing' } as const;
  return expectOk(await admin.settleHeld({ path: { location, held: held.held }, body, ifMatch: 1 })).state;
};

/** Returns the cash difference by tender. */
const closeShift = async (admin: Client, location: string, till: DemoTill, cash: number): Promise<Sum[]> => {
  const written = till.write({ kind: 'K', float: 0, counted: [{ tender: 'cash', amount: cash }], last: till.last() });
  const number = await till.record(written);
  const { outcome } = expectOk(await admin.getVoucher({ path: { location, number } }));
  return 'over' in outcome ? outcome.over.map(({ amount }) => amount) : [];
};

type DemoStalls = {
  readonly from: string;
  readonly to: string;
  readonly seller: string;
  readonly item: string;
  readonly name: string;
  readonly price: number;
};

/** In pieces. */
const MIN_FREE = 9;

const findStalls = async (admin: Client, clock: Clock): Promise<DemoStalls> => {
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
