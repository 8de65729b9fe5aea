import { computed, signal } from '@preact/signals';
import type { ItemId, SellerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { dayOf, type Instant, instantOf } from '../../shared/kernel/time.ts';
import type { Depot, Outlet } from '../../shared/registry/entries.ts';
import { isOpenAt } from '../../shared/registry/entry-status.ts';
import type { GstRate, GstRateRow } from '../../shared/registry/gst-rate.ts';
import { priceAt } from '../../shared/registry/item.ts';
import type { Seller } from '../../shared/registry/seller.ts';
import { allPages, api, hasToken } from '../app/api.ts';
import { user } from '../app/session.ts';
import { language } from '../app/texts.ts';
import { type CatalogueItem, database, type KnownStock, readSetting, writeSetting } from '../outbox/database.ts';
import { searchIndexOf } from './search.ts';
import { itemMovements } from './stock-movements.ts';

/** What this phone sells, as it knew it last. */
export const items = signal<readonly CatalogueItem[]>([]);
export const sellers = signal<Readonly<Record<string, Seller>>>({});
/** The rate schedule of GST. */
export const rates = signal<readonly GstRateRow[]>([]);
export const stall = signal<Outlet | Depot | undefined>(undefined);

/** Phone time in milliseconds of the server's figures; 0: none. */
export const stockAt = signal(0);
const serverStock = signal<ReadonlyMap<ItemId, KnownStock>>(new Map());
const movedSince = signal<ReadonlyMap<ItemId, number>>(new Map());

export const searchIndex = computed(() => searchIndexOf(items.value));

export const itemsById = computed(() => new Map(items.value.map((one) => [one.item, one])));

/** The server's figure with what this phone did since; `undefined`: never heard. */
export const knownStock = (item: ItemId): number | undefined => {
  if (stockAt.value === 0) return undefined;
  return (serverStock.value.get(item)?.free ?? 0) + (movedSince.value.get(item) ?? 0);
};

export const nameOf = ({ name, nameHi }: Pick<CatalogueItem, 'name' | 'nameHi'>): string =>
  language.value === 'hi' ? nameHi : name;

export const priceNow = (item: CatalogueItem) => priceAt(item, instantOf(Date.now()));

/** Whether the item and its seller are open. The server holds a later sale for an officer. */
export const isOnSale = (item: CatalogueItem): boolean => {
  const now = instantOf(Date.now());
  return [item, sellers.value[item.seller] ?? {}].every((entry) => isOpenAt(entry, now));
};

/** IndexedDB sorts by code units, so the app sorts. */
const collator = new Intl.Collator(['hi', 'en'], { numeric: true });
const sorted = (all: readonly CatalogueItem[]): CatalogueItem[] =>
  [...all].sort((one, other) => collator.compare(one.nameHi, other.nameHi));

/** From the phone's own store: works without a link. */
export const loadCatalogue = async (place: StockLocationId): Promise<void> => {
  const db = await database();
  const [all, stock, known, schedule] = await Promise.all([
    db.getAll('items'),
    readSetting('stock'),
    readSetting('sellers'),
    readSetting('rates'),
  ]);
  rates.value = (schedule?.rows ?? []) as typeof rates.value;
  items.value = sorted(all.filter((one) => one.place === place));
  sellers.value = (known ?? {}) as typeof sellers.value;
  stall.value = (await db.get('settings', `stall ${place}`)) as Outlet | Depot | undefined;
  if (stock) {
    stockAt.value = stock.at;
    serverStock.value = new Map(stock.rows.map((row) => [row.item, row]));
  }
  await refreshMovements();
};

/** Vouchers that the server's figures do not hold yet. */
export const refreshMovements = async (): Promise<void> => {
  const db = await database();
  const days = [0, 1].map((ago) => dayOf(instantOf(Date.now() - ago * 86_400_000)));
  const recent = await Promise.all(days.map((day) => db.getAllFromIndex('vouchers', 'day', day)));
  const waiting = await db.getAllFromIndex('vouchers', 'state', 'unsent');
  const later = new Map([...recent.flat(), ...waiting].map((one) => [one.number, one]));
  const moved = new Map<ItemId, number>();
  for (const voucher of later.values())
    if (voucher.state === 'unsent' || (voucher.sentAt ?? 0) > stockAt.value)
      for (const { item, quantity } of itemMovements(voucher.claim, knownOnHand(voucher.capturedAt), (id) =>
        itemsById.value.get(id),
      ))
        moved.set(item, (moved.get(item) ?? 0) + quantity);
  movedSince.value = moved;
};

/** A count sets the figure; only one made after the server's figures changes them. */
const knownOnHand = (capturedAt: number) => (item: ItemId) =>
  capturedAt > stockAt.value ? (serverStock.value.get(item)?.onHand ?? 0) : undefined;

let isRefreshing = false;

/** Asks the server for what changed. Quietly leaves everything as it is without a link. */
export const refreshFromServer = async (place: StockLocationId): Promise<void> => {
  if (!hasToken() || isRefreshing) return;
  isRefreshing = true;
  try {
    await refreshItems(place);
    await refreshStock(place);
    await refreshSellers(place);
    await refreshRates();
  } catch {
    // The last known figures stay, with their time.
  }
  isRefreshing = false;
};

const refreshItems = async (place: StockLocationId): Promise<void> => {
  const db = await database();
  const since = (await db.get('settings', `since ${place}`)) as Instant | undefined;
  const pages = await allPages((query) =>
    api.getCatalogue({ path: { location: place }, query: { ...query, ...(since && { since }) } }),
  );
  const work = db.transaction(['items', 'settings'], 'readwrite');
  const puts = pages.flatMap(({ catalogue }) =>
    catalogue.map((one) => work.objectStore('items').put({ ...one, place } as CatalogueItem & { place: string })),
  );
  const asOf = pages[0]?.asOf;
  if (asOf) puts.push(work.objectStore('settings').put(asOf, `since ${place}`));
  await Promise.all([...puts, work.done]);
  items.value = sorted((await db.getAll('items')).filter((one) => one.place === place));
};

const refreshStock = async (place: StockLocationId): Promise<void> => {
  const at = Date.now();
  const pages = await allPages((query) => api.getLocationStock({ path: { location: place }, query }));
  const rows = pages.flatMap(({ stock }) => stock.map(({ item, free, onHand }) => ({ item, free, onHand })));
  await writeSetting('stock', { at, rows });
  stockAt.value = at;
  serverStock.value = new Map(rows.map((row) => [row.item, row]));
  await refreshMovements();
};

const refreshSellers = async (place: StockLocationId): Promise<void> => {
  const outlet = await api.getEntry({ path: { kind: user.value?.role === 'depot' ? 'depots' : 'outlets', id: place } });
  if (!outlet.ok) return;
  stall.value = outlet.body.entry;
  await (await database()).put('settings', outlet.body.entry, `stall ${place}`);
  const known: Record<string, Seller> = { ...sellers.value };
  for (const id of outlet.body.entry.sellers) {
    const seller = await api.getEntry({ path: { kind: 'sellers', id } });
    if (seller.ok) known[id] = seller.body.entry;
  }
  sellers.value = known;
  await writeSetting('sellers', known);
};

const HOUR = 3_600_000;

/** At most once an hour. */
const refreshRates = async (): Promise<void> => {
  const known = await readSetting('rates');
  const at = Date.now();
  if (known && at - known.at < HOUR) return;
  const pages = await allPages((query) => api.listEntries({ path: { kind: 'rates' }, query }));
  const rows = pages.flatMap(({ entries }) => entries.map(({ id, entry }) => ({ ...(entry as GstRate), id })));
  await writeSetting('rates', { at, rows });
  rates.value = rows;
};

export const sellerName = (seller: SellerId | string): string => sellers.value[seller]?.name ?? seller;
