import { computed, signal } from '@preact/signals';
import type { ItemId, SellerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { dayOf, type Instant, instantOf } from '../../shared/kernel/time.ts';
import type { Depot, Outlet } from '../../shared/registry/entries.ts';
import { isOpenAt } from '../../shared/registry/entry-status.ts';
import type { GstRate, GstRateRow } from '../../shared/registry/gst-rate.ts';
import { priceAt } from '../../shared/registry/item.ts';
import type { Seller } from '../../shared/registry/seller.ts';
import { allPages, api, hasToken } from '../app/api.ts';
import { place as placeNow, user } from '../app/session.ts';
import { language } from '../app/texts.ts';
import {
  type CatalogueItem,
  database,
  itemsOfPlace,
  type KnownStock,
  readSetting,
  type StoredStock,
  writeSetting,
} from '../outbox/database.ts';
import { searchIndexOf } from './search.ts';
import { itemMovements } from './stock-movements.ts';

/** The items for sale on this phone, from its last download. */
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

/** `undefined`: this phone does not know the item. */
export const catalogueItem = (id: string): CatalogueItem | undefined => itemsById.value.get(id as ItemId);

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
  const [own, stock, entry, known, schedule] = await Promise.all([
    itemsOfPlace(place),
    db.get('settings', stockKey(place)),
    db.get('settings', `stall ${place}`),
    readSetting('sellers'),
    readSetting('rates'),
  ]);
  rates.value = (schedule?.rows ?? []) as typeof rates.value;
  if (!isHere(place)) return;
  items.value = sorted(own);
  sellers.value = (known ?? {}) as typeof sellers.value;
  stall.value = entry as Outlet | Depot | undefined;
  showStock((stock as StoredStock | undefined) ?? { at: 0, rows: [] });
  await refreshMovements();
};

const stockKey = (place: StockLocationId): string => `stock ${place}`;

/** A person may sign in elsewhere while the server still answers for the old place. */
const isHere = (place: StockLocationId): boolean => placeNow.value === place;

const showStock = ({ at, rows }: StoredStock): void => {
  stockAt.value = at;
  serverStock.value = new Map(rows.map((row) => [row.item, row]));
};

/** Vouchers that the server's figures do not hold yet. */
export const refreshMovements = async (): Promise<void> => {
  const db = await database();
  const days = [0, 1].map((ago) => dayOf(instantOf(Date.now() - ago * 86_400_000)));
  const recent = await Promise.all(days.map((day) => db.getAllFromIndex('vouchers', 'day', day)));
  const waiting = await db.getAllFromIndex('vouchers', 'state', 'unsent');
  const here = [...recent.flat(), ...waiting].filter(({ location }) => location === placeNow.value);
  const later = new Map(here.map((one) => [one.number, one]));
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

const refreshing = new Set<StockLocationId>();

/** Asks the server for what changed. Quietly leaves everything as it is without a link. */
export const refreshFromServer = async (place: StockLocationId): Promise<void> => {
  if (!hasToken() || refreshing.has(place)) return;
  refreshing.add(place);
  // Each by itself: what cannot be read stays as it was last known.
  for (const refresh of [refreshItems, refreshStock, refreshSellers, refreshRates])
    await refresh(place).catch(() => undefined);
  refreshing.delete(place);
};

const refreshItems = async (place: StockLocationId): Promise<void> => {
  const db = await database();
  const since = (await db.get('settings', `since ${place}`)) as Instant | undefined;
  const pages = await allPages((query) =>
    api.getCatalogue({ path: { location: place }, query: { ...query, ...(since && { since }) } }),
  );
  const work = db.transaction(['items', 'settings'], 'readwrite');
  const puts: Promise<unknown>[] = pages.flatMap(({ catalogue }) =>
    catalogue.map((one) => work.objectStore('items').put({ ...one, place } as CatalogueItem & { place: string })),
  );
  const asOf = pages[0]?.asOf;
  if (asOf) puts.push(work.objectStore('settings').put(asOf, `since ${place}`));
  await Promise.all([...puts, work.done]);
  const own = await itemsOfPlace(place);
  if (isHere(place)) items.value = sorted(own);
};

const refreshStock = async (place: StockLocationId): Promise<void> => {
  const at = Date.now();
  const pages = await allPages((query) => api.getLocationStock({ path: { location: place }, query }));
  const rows = pages.flatMap(({ stock }) => stock.map(({ item, free, onHand }) => ({ item, free, onHand })));
  await (await database()).put('settings', { at, rows }, stockKey(place));
  if (!isHere(place)) return;
  showStock({ at, rows });
  await refreshMovements();
};

const refreshSellers = async (place: StockLocationId): Promise<void> => {
  const outlet = await api.getEntry({ path: { kind: user.value?.role === 'depot' ? 'depots' : 'outlets', id: place } });
  if (!outlet.ok) return;
  if (isHere(place)) stall.value = outlet.body.entry;
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
