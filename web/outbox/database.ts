import { signal } from '@preact/signals';
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { betterMeasurement, type ClockMeasurement, type DeviceClock } from '../../shared/kernel/device-clock.ts';
import type { InstallationId, ItemId, LocationId, SellerId, StaffId, TerminalCode } from '../../shared/kernel/ids.ts';
import type { Day, Instant } from '../../shared/kernel/time.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { LedgerKind } from '../../shared/ledger/voucher-kind.ts';
import type { Item } from '../../shared/registry/item.ts';

/** `refused`: the server cannot store it as it stands. It stays here and is tried again. */
export type VoucherState = 'unsent' | 'refused' | 'recorded' | 'repeated' | 'held';

export type VoucherClaimFields = {
  readonly kind: LedgerKind;
  readonly occurredAt: Instant;
  readonly by: StaffId;
  readonly previous: VoucherNumber | null;
  readonly [field: string]: unknown;
};

/** `day`: of the number. `clock` and `claim` never change, so that each attempt sends the same. */
export type PhoneVoucher = {
  readonly number: VoucherNumber;
  readonly location: LocationId;
  /** On a voucher that another phone made. */
  readonly seller?: SellerId;
  readonly day: Day;
  readonly claim: VoucherClaimFields;
  readonly clock?: DeviceClock | undefined;
  readonly capturedAt: number;
  readonly state: VoucherState;
  readonly attempts: number;
  readonly sentAt?: number;
  readonly problem?: { readonly code: string; readonly detail: string };
  /** Other sales with the same payment reference. */
  readonly sameReference?: readonly { readonly number: string; readonly location: string }[] | undefined;
  /** The server's outcome, such as the codes of a hand-over. */
  readonly outcome?: unknown;
};

/**
 * `last`: the last serial by kind and day, such as `S2026-11-22`. `keys`: the private half cannot
 * be exported.
 */
export type PhoneTerminal = {
  readonly terminal: TerminalCode;
  readonly location: LocationId;
  readonly seller: SellerId;
  readonly enrolledAt: Instant;
  readonly keys: CryptoKeyPair;
  readonly last: Readonly<Record<string, number>>;
  readonly previous: VoucherNumber | null;
  /** The hand-over that ended it. It is kept, since its key signs what is sent later. */
  readonly endedBy?: VoucherNumber;
};

export type CatalogueItem = Item & { readonly item: ItemId };

/** The server's figures of a place, as this phone read them. */
export type StoredStock = { readonly at: number; readonly rows: readonly KnownStock[] };

/** The server's figure, as known at `at` (milliseconds of this phone). */
export type KnownStock = { readonly item: ItemId; readonly free: number; readonly onHand: number };

export type Settings = {
  language: 'hi' | 'en';
  installation: InstallationId;
  clock: ClockMeasurement;
  /** Corrected time of the phone's latest voucher. */
  after: number;
  /** Phone time of the phone's latest voucher. */
  latest: number;
  by: StaffId;
  place: string;
  /** The last user, to sign in again. Never a token. */
  user: { readonly role: string; readonly scope: readonly string[]; readonly sub?: string };
  /** How this site signs in, as it said last. */
  config: unknown;
  /** Sign-ins that left for the sign-in page and have not returned. */
  signIns: readonly { readonly state: string; readonly verifier: string }[];
  sellers: Readonly<Record<string, unknown>>;
  rates: { readonly at: number; readonly rows: readonly unknown[] };
  shelf: { readonly since: Instant };
  /** A bill or count in progress, which outlives a closed app. */
  bill: unknown;
  count: unknown;
};

type PhoneSchema = DBSchema & {
  vouchers: { key: string; value: PhoneVoucher; indexes: { state: string; day: string } };
  terminals: { key: string; value: PhoneTerminal };
  items: { key: [place: string, item: string]; value: CatalogueItem & { readonly place: string } };
  settings: { key: string; value: unknown };
};

export type PhoneDatabase = IDBPDatabase<PhoneSchema>;

let opened: Promise<PhoneDatabase> | undefined;

/** One connection for the page. */
export const database = (): Promise<PhoneDatabase> => {
  opened ??= openDB<PhoneSchema>('bahi', 2, {
    upgrade: async (db, before, _after, work) => {
      if (before > 0) return keepGoodsByPlace(db, work);
      const vouchers = db.createObjectStore('vouchers', { keyPath: 'number' });
      vouchers.createIndex('state', 'state');
      vouchers.createIndex('day', 'day');
      db.createObjectStore('terminals', { keyPath: 'terminal' });
      db.createObjectStore('items', { keyPath: ['place', 'item'] });
      db.createObjectStore('settings');
    },
    // A newer version of the app, in another tab, upgrades the database.
    blocking: (_old, _new, event) => (event.target as IDBDatabase | null)?.close(),
    terminated: () => {
      opened = undefined;
    },
  });
  return opened;
};

/** Version 1 kept the goods of one place. They stay usable without a link. */
const keepGoodsByPlace = async (
  db: PhoneDatabase,
  work: IDBPTransaction<PhoneSchema, ('vouchers' | 'terminals' | 'items' | 'settings')[], 'versionchange'>,
): Promise<void> => {
  const [items, stock] = await Promise.all([
    work.objectStore('items').getAll(),
    work.objectStore('settings').get('stock'),
  ]);
  db.deleteObjectStore('items');
  const kept = db.createObjectStore('items', { keyPath: ['place', 'item'] });
  await Promise.all(items.map((one) => kept.put(one)));
  const places = new Set(items.map(({ place }) => place));
  // With goods of several places, nobody knows which one the stock is of.
  const [place] = places;
  if (stock && place && places.size === 1) await work.objectStore('settings').put(stock, `stock ${place}`);
  await work.objectStore('settings').delete('stock');
};

export const itemsOfPlace = async (place: string): Promise<CatalogueItem[]> =>
  (await database()).getAll('items', IDBKeyRange.bound([place], [place, []]));

export const readSetting = async <Name extends keyof Settings>(name: Name): Promise<Settings[Name] | undefined> =>
  (await (await database()).get('settings', name)) as Settings[Name] | undefined;

export const writeSetting = async <Name extends keyof Settings>(
  name: Name,
  value: Settings[Name] | undefined,
): Promise<void> => {
  const db = await database();
  await (value === undefined ? db.delete('settings', name) : db.put('settings', value, name));
};

/** Asks the browser not to evict the data when the phone's storage is nearly full. */
export const keepStorage = async (): Promise<boolean> => (await navigator.storage?.persist?.()) ?? false;

/** Bytes. A week of vouchers takes less. */
const ROOM_NEEDED = 5_000_000;

/** True while this phone is nearly full. */
export const isStorageLow = signal(false);

/** By a trial: `navigator.storage.estimate()` of Chromium always reports 10 GiB of room. */
export const checkStorage = async (): Promise<void> => {
  const db = await database();
  isStorageLow.value = await db.put('settings', new Uint8Array(ROOM_NEEDED), 'trial').then(
    () => false,
    () => true,
  );
  await db.delete('settings', 'trial').catch(() => undefined);
};

/** Every answer measures the phone's clock (docs/adr/0022). It outlives a closed app. */
export const keepMeasurement = async (newer: Settings['clock']): Promise<void> => {
  const work = (await database()).transaction('settings', 'readwrite');
  const known = (await work.store.get('clock')) as Settings['clock'] | undefined;
  const better = betterMeasurement(known, newer);
  if (better !== known) await work.store.put(better, 'clock');
  await work.done;
};
