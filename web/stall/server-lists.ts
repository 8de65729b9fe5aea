import type { AlertResponse } from '../../shared/alerts/alert.ts';
import type { SellerId, StaffId, StockLocationId } from '../../shared/kernel/ids.ts';
import type { Day } from '../../shared/kernel/time.ts';
import type { TransferRequest } from '../../shared/replenishment/transfer-request-contract.ts';
import type { TransferView } from '../../shared/transfers/transfer-contract.ts';
import { allPages, api, hasToken, RefusedError } from '../app/api.ts';
import { place } from '../app/session.ts';
import { database, type PhoneVoucher } from '../outbox/database.ts';
import { type ServerVoucher, toPhoneVoucher } from './returns.ts';

/** `at`: milliseconds of this phone; 0: never read. `isFresh`: the server said so just now. */
export type KnownList<One> = { readonly rows: readonly One[]; readonly at: number; readonly isFresh: boolean };

type Stored<One> = { readonly rows: readonly One[]; readonly at: number };

/** A list of the server; without a link, as this phone knew it last. */
const readList = async <One>(name: string, read: (location: StockLocationId) => Promise<readonly One[]>) => {
  const location = place.value;
  const db = await database();
  const known = (await db.get('settings', `${name} ${location}`)) as Stored<One> | undefined;
  const old: KnownList<One> = { rows: known?.rows ?? [], at: known?.at ?? 0, isFresh: false };
  if (!location || !hasToken()) return old;
  try {
    const fresh = { rows: await read(location), at: Date.now() };
    await db.put('settings', fresh, `${name} ${location}`);
    return { ...fresh, isFresh: true };
  } catch {
    return old;
  }
};

export type StaffName = { readonly staff: StaffId; readonly name: string };

/** The present staff. */
export const readStaff = (): Promise<KnownList<StaffName>> =>
  readList('staff', async (location) => {
    const answer = await api.listStaff({ path: { location } });
    if (!answer.ok) throw new RefusedError(answer.problem);
    return answer.body.staff;
  });

/** Dispatches that are on the way here. */
export const readIncoming = (): Promise<KnownList<TransferView>> =>
  readList('incoming', async (location) =>
    (
      await allPages((query) =>
        api.listTransfers({ path: { location }, query: { ...query, way: 'incoming', state: 'open' } }),
      )
    ).flatMap(({ transfers }) => transfers),
  );

/** Other locations' transfer requests to this stall. */
export const readTransferRequests = (): Promise<KnownList<TransferRequest>> =>
  readList('requests', async (location) =>
    (await allPages((query) => api.listTransferRequests({ path: { location }, query }))).flatMap(
      ({ transferRequests }) => transferRequests,
    ),
  );

/** Open alerts of this stall. */
export const readAlerts = (): Promise<KnownList<AlertResponse>> =>
  readList('alerts', async (location) =>
    (await allPages((query) => api.listAlerts({ query: { ...query, location } }))).flatMap(({ alerts }) => alerts),
  );

export type Destination = { readonly id: string; readonly name: string; readonly sellers: readonly SellerId[] };

/** Outlets and depots that goods can be sent to. */
export const readDestinations = (): Promise<KnownList<Destination>> =>
  readList('destinations', async (location) => {
    const kinds = ['outlets', 'depots'] as const;
    const pages = await Promise.all(
      kinds.map((kind) => allPages((query) => api.listEntries({ path: { kind }, query }))),
    );
    return pages
      .flat()
      .flatMap(({ entries }) => entries)
      .filter(({ id }) => id !== location)
      .map(({ id, entry }) => {
        const { name, sellers } = entry as Omit<Destination, 'id'>;
        return { id, name, sellers };
      });
  });

/** The server's day book as known at `at`, in milliseconds of this phone; 0: never. */
export type StallBook = { readonly day: Day; readonly at: number; readonly vouchers: readonly PhoneVoucher[] };

/** Today's book of all phones of this stall; without a link, as this phone knew it last. */
export const readStallBook = async (day: Day): Promise<StallBook> => {
  const location = place.value;
  const db = await database();
  const stored = (await db.get('settings', `book ${location}`)) as StallBook | undefined;
  const known = stored?.day === day ? stored : { day, at: 0, vouchers: [] };
  if (!location || !hasToken()) return known;
  try {
    const at = Date.now();
    const pages = await allPages((query) =>
      api.getDay({ path: { location, day }, query: { ...query, order: 'time' } }),
    );
    const vouchers = pages.flatMap((page) => (page.vouchers as unknown as ServerVoucher[]).map(toPhoneVoucher));
    const fresh = { day, at, vouchers };
    await db.put('settings', fresh, `book ${location}`);
    return fresh;
  } catch {
    return known;
  }
};

/** Own vouchers are newer than what the server said of them. Latest first. */
export const withOthers = (own: readonly PhoneVoucher[], book: StallBook | undefined): readonly PhoneVoucher[] => {
  const mine = new Set(own.map(({ number }) => number));
  const others = (book?.vouchers ?? []).filter(({ number }) => !mine.has(number));
  return [...own, ...others].sort((one, other) => other.capturedAt - one.capturedAt);
};
