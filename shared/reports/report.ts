import type * as z from 'zod';
import type { ItemTotals } from '../day-close/area-totals.ts';
import type { ClosedSeller, ClosedTender, DayClose } from '../day-close/day-close.ts';
import type { SellerDay } from '../day-close/seller-day.ts';
import type { DistrictId, ItemId, SellerId, StockLocationId } from '../kernel/ids.ts';
import type { Page, PagePosition } from '../kernel/pages.ts';
import type { Day, Instant } from '../kernel/time.ts';
import type { ConfirmationMonth } from '../materials/confirmation.ts';
import type { MaterialRequest } from '../materials/material-request.ts';
import type { Item } from '../registry/item.ts';
import type { Transfer } from '../transfers/transfer.ts';

/** Inclusive. */
export type ReportWindow = { readonly from: Day; readonly to: Day };

/** `district`: the present one. */
export type ReportLocation = { readonly location: StockLocationId; readonly district: DistrictId };

export type SellerTotals = ClosedSeller;

type ReportedDay = {
  readonly day: Day;
  readonly sellers: readonly SellerTotals[];
  readonly tenders: readonly ClosedTender[];
  readonly items: readonly Pick<ItemTotals, 'item' | 'sold' | 'amount' | 'returned'>[];
};

export type ReportedDistrictDay = ReportedDay & { readonly district: DistrictId };

export type ReportedClose = Pick<
  DayClose,
  'day' | 'vouchers' | 'inHand' | 'tenders' | 'sellers' | 'items' | 'terminals'
>;

export const itemsById = ({ items }: ReportedClose): ReadonlyMap<ItemId, ReportedClose['items'][number]> =>
  new Map(items.map((one) => [one.item, one]));

export type OpenTransfer = Omit<Transfer, 'version'>;

/** `row`: columns in order. */
type ReportBase<R> = {
  readonly title: string;
  readonly row: z.ZodType<R> & { readonly shape: { readonly [Column in keyof R]: unknown } };
  key(row: R): PagePosition;
};

export type AreaReport<R> = ReportBase<R> & { readonly from: 'area'; rows(days: readonly ReportedDay[]): R[] };

export type DistrictReport<R> = ReportBase<R> & {
  readonly from: 'districts';
  rows(days: readonly ReportedDistrictDay[]): R[];
};

/** `earlier`: days read before the window. Keys begin with the location. */
export type LocationReport<R> = ReportBase<R> & {
  readonly from: 'closes';
  readonly at: 'outlets' | 'depots' | 'everywhere';
  readonly earlier: 0 | 1;
  rows(closes: readonly ReportedClose[], stand: ReportLocation, window: ReportWindow): R[];
};

/** `limit`: allowed percentage of signatures by the issuer. */
export type ConfirmationReport<R> = ReportBase<R> & {
  readonly from: 'confirmations';
  rows(months: readonly ConfirmationMonth[], stand: ReportLocation & { readonly limit: number }): R[];
};

/** `averages`: the sender's costs at dispatch, paise per 1,000 base units. */
export type CostedTransfer = OpenTransfer & { readonly averages: ReadonlyMap<ItemId, number> };

export type TransitReport<R> = ReportBase<R> & {
  readonly from: 'transfers';
  rows(open: readonly CostedTransfer[], stand: ReportLocation, window: ReportWindow): R[];
};

/** `rows` gets days of one seller, of the area's locations. */
export type SellerReport<R> = ReportBase<R> & { readonly from: 'sellers'; rows(days: readonly SellerDay[]): R[] };

/** A change to an item that was registered before. */
export type ItemChange = {
  readonly item: ItemId;
  readonly seller: SellerId;
  readonly district: DistrictId;
  readonly at: Instant;
  readonly by: string;
  readonly before: Item;
  readonly after: Item;
};

export type PriceReport<R> = ReportBase<R> & {
  readonly from: 'prices';
  rows(changes: readonly ItemChange[], window: ReportWindow): R[];
};

/** Requests that were issued from within the window. */
export type ReceiptReport<R> = ReportBase<R> & {
  readonly from: 'receipts';
  rows(requests: readonly MaterialRequest[], stand: ReportLocation, window: ReportWindow): R[];
};

/** Longer keys follow their prefix. */
export const isPositionAfter = (key: PagePosition, other: PagePosition): boolean => {
  const at = key.findIndex((part, place) => part !== other[place]);
  const here = key[at];
  const there = other[at];
  return here !== undefined && (there === undefined || here > there);
};

/** `~` sorts after all ids. */
export const endOfLocation = (location: string): PagePosition => [location, '~'];

export const rowsAfter = <R>(rows: readonly R[], key: (row: R) => PagePosition, after: PagePosition = []): R[] =>
  rows
    .filter((row) => isPositionAfter(key(row), after))
    .toSorted((one, other) => (isPositionAfter(key(one), key(other)) ? 1 : -1));

export const firstPageOf = <R>(rows: readonly R[], key: (row: R) => PagePosition, most: number): Page<R> => {
  const page = rows.slice(0, most);
  const last = page.at(-1);
  return { rows: page, next: last !== undefined && rows.length > most ? key(last) : undefined };
};
