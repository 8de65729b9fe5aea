import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { Day } from '../kernel/time.ts';
import { onHandBy } from '../ledger/on-hand.ts';
import type { Voucher } from '../ledger/voucher.ts';

/** Days that are looked back on for how fast a material goes. */
export const PACE_DAYS = 28;

const MILLISECONDS = 24 * 3_600_000;
const numberOf = (day: Day): number => Date.parse(day) / MILLISECONDS;

/** The IST days up to and with `today`, the latest first. */
export const daysBack = (today: Day, count: number): Day[] =>
  Array.from(
    { length: count },
    (_, back) => new Date((numberOf(today) - back) * MILLISECONDS).toISOString().slice(0, 10) as Day,
  );

/** What was issued on a day, in base units. */
export type IssuedOn = { readonly day: Day; readonly quantity: number };

/** So much was issued in so many days. */
export type Pace = { readonly issued: number; readonly days: number };

/**
 * What was issued over the last 28 days, or since the first issue among them, so that a new material is not taken for a slow one. None,
 * where none was issued.
 */
export const paceOf = (issued: readonly IssuedOn[], today: Day): Pace | undefined => {
  const first = issued.map(({ day }) => numberOf(day)).reduce((least, day) => Math.min(least, day), Infinity);
  if (first === Infinity) return undefined;
  return { issued: sumOf(issued.map(({ quantity }) => quantity)), days: numberOf(today) - first + 1 };
};

/** Base units issued a day, to a tenth. */
export const issuedADay = ({ issued, days }: Pace): number => Math.round((issued * 10) / days) / 10;

/** For how many days what is on hand will last at that pace, to a tenth, rounded down: in whole numbers, or 5.4 would be 5.3. */
export const daysOfCover = (onHand: number, { issued, days }: Pace): number =>
  Math.floor((Math.max(0, onHand) * days * 10) / issued) / 10;

/** What a voucher handed over to an artisan of each item, in base units; nothing, if it is of another kind. */
export const issuedIn = (voucher: Pick<Voucher, 'claim' | 'outcome'>): { item: ItemId; quantity: number }[] =>
  voucher.claim.kind === 'I' ? onHandBy(voucher).map(({ item, quantity }) => ({ item, quantity: -quantity })) : [];
