import type * as z from 'zod';
import type { Close, ClosedItem, ClosedSeller } from '../day-close/day-close.ts';
import type { DistrictId, ItemId, LocationId } from '../kernel/ids.ts';
import type { Position } from '../kernel/pages.ts';
import type { Day } from '../kernel/time.ts';
import type { ConfirmationMonth } from '../materials/separation-of-duties.ts';
import type { Transfer } from '../transfers/transfer.ts';

/** The days that a report is of, both included. */
export type Window = { readonly from: Day; readonly to: Day };

/** A location, and the district that it is in today. */
export type Stand = { readonly location: LocationId; readonly district: DistrictId };

/** One seller's bills of a day, and what was given back. */
export type SellerSums = Pick<ClosedSeller, 'seller' | 'sales' | 'amount' | 'refunds' | 'refunded'>;

/** What a report of sales reads of a day: of one location, of a district or of the state. */
export type DaySums = {
  readonly day: Day;
  readonly sellers: readonly SellerSums[];
  readonly items: readonly Pick<ClosedItem, 'item' | 'sold' | 'amount' | 'returned'>[];
};

export type DistrictSums = DaySums & { readonly district: DistrictId };

/** What a report of locations reads of a close. */
export type Closed = Pick<Close, 'day' | 'vouchers' | 'inHand' | 'items' | 'terminals'> & {
  readonly sellers: readonly SellerSums[];
};

/** A close's items, by item. */
export const shelfOf = ({ items }: Closed): ReadonlyMap<ItemId, Closed['items'][number]> =>
  new Map(items.map((one) => [one.item, one]));

/** A dispatch of which something is on its way. */
export type Underway = Omit<Transfer, 'version'>;

/** What it is, its columns in their order, and by which of them each row is found: in that order they are given out. */
type Said<R> = {
  readonly title: string;
  readonly row: z.ZodType<R> & { readonly shape: { readonly [Column in keyof R]: unknown } };
  key(row: R): Position;
};

/** Over a whole area, from its totals of each day; or from those of each of its districts. */
export type AreaReport<R> = Said<R> & { readonly from: 'area'; rows(days: readonly DaySums[]): R[] };

export type DistrictReport<R> = Said<R> & { readonly from: 'districts'; rows(days: readonly DistrictSums[]): R[] };

/** Location by location, from its closes in the order of their days; `earlier` days are read before those that are asked for. Keys begin with the location. */
export type LocationReport<R> = Said<R> & {
  readonly from: 'closes';
  readonly at: 'outlets' | 'everywhere';
  readonly earlier: 0 | 1;
  rows(closes: readonly Closed[], stand: Stand, window: Window): R[];
};

/** Depot by depot, from the counts of each month that any of the days is in. `limit`: percent that signatures by the issuer may be. */
export type ConfirmationReport<R> = Said<R> & {
  readonly from: 'confirmations';
  rows(months: readonly ConfirmationMonth[], stand: Stand & { readonly limit: number }): R[];
};

/** Of what is on its way to each location. */
export type TransitReport<R> = Said<R> & {
  readonly from: 'transfers';
  rows(open: readonly Underway[], stand: Stand, window: Window): R[];
};
