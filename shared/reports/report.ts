import type * as z from 'zod';
import type { ItemTotals } from '../day-close/area-totals.ts';
import type { ClosedSeller, DayClose } from '../day-close/day-close.ts';
import type { DistrictId, ItemId, StockLocationId } from '../kernel/ids.ts';
import type { PagePosition } from '../kernel/pages.ts';
import type { Day } from '../kernel/time.ts';
import type { ConfirmationMonth } from '../materials/separation-of-duties.ts';
import type { Transfer } from '../transfers/transfer.ts';

/** The days that a report is of, both included. */
export type ReportWindow = { readonly from: Day; readonly to: Day };

/** A location, and the district that it is in today. */
export type ReportLocation = { readonly location: StockLocationId; readonly district: DistrictId };

/** One seller's bills of a day, and what was given back. */
export type SellerTotals = Pick<ClosedSeller, 'seller' | 'sales' | 'amount' | 'refunds' | 'refunded'>;

/** What a report of sales reads of a day: of one location, of a district or of the state. */
export type ReportedDay = {
  readonly day: Day;
  readonly sellers: readonly SellerTotals[];
  readonly items: readonly Pick<ItemTotals, 'item' | 'sold' | 'amount' | 'returned'>[];
};

export type ReportedDistrictDay = ReportedDay & { readonly district: DistrictId };

/** What a report of locations reads of a close. */
export type ReportedClose = Pick<DayClose, 'day' | 'vouchers' | 'inHand' | 'items' | 'terminals'> & {
  readonly sellers: readonly SellerTotals[];
};

/** A close's items, by item. */
export const itemsById = ({ items }: ReportedClose): ReadonlyMap<ItemId, ReportedClose['items'][number]> =>
  new Map(items.map((one) => [one.item, one]));

/** A dispatch of which something is on its way. */
export type OpenTransfer = Omit<Transfer, 'version'>;

/** What it is, its columns in their order, and by which of them each row is found: in that order they are given out. */
type ReportBase<R> = {
  readonly title: string;
  readonly row: z.ZodType<R> & { readonly shape: { readonly [Column in keyof R]: unknown } };
  key(row: R): PagePosition;
};

/** Over a whole area, from its totals of each day; or from those of each of its districts. */
export type AreaReport<R> = ReportBase<R> & { readonly from: 'area'; rows(days: readonly ReportedDay[]): R[] };

export type DistrictReport<R> = ReportBase<R> & {
  readonly from: 'districts';
  rows(days: readonly ReportedDistrictDay[]): R[];
};

/** Location by location, from its closes in the order of their days; `earlier` days are read before those that are asked for. Keys begin with the location. */
export type LocationReport<R> = ReportBase<R> & {
  readonly from: 'closes';
  readonly at: 'outlets' | 'everywhere';
  readonly earlier: 0 | 1;
  rows(closes: readonly ReportedClose[], stand: ReportLocation, window: ReportWindow): R[];
};

/** Depot by depot, from the counts of each month that any of the days is in. `limit`: percent that signatures by the issuer may be. */
export type ConfirmationReport<R> = ReportBase<R> & {
  readonly from: 'confirmations';
  rows(months: readonly ConfirmationMonth[], stand: ReportLocation & { readonly limit: number }): R[];
};

/** `averages`: the sender's cost of items when the dispatch left, in paise for 1,000 base units, as far as its closes know it. */
export type CostedTransfer = OpenTransfer & { readonly averages: ReadonlyMap<ItemId, number> };

/** Of what is on its way to each location. */
export type TransitReport<R> = ReportBase<R> & {
  readonly from: 'transfers';
  rows(open: readonly CostedTransfer[], stand: ReportLocation, window: ReportWindow): R[];
};
