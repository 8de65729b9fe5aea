import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { Day } from '../kernel/time.ts';
import { onHandMovements } from '../ledger/on-hand.ts';
import type { Voucher } from '../ledger/voucher.ts';

/** Days that are looked back on for how fast a material goes. */
export const ISSUE_RATE_DAYS = 28;

const MILLISECONDS_PER_DAY = 24 * 3_600_000;
const dayNumberOf = (day: Day): number => Date.parse(day) / MILLISECONDS_PER_DAY;

/** The IST days up to and with `today`, the latest first. */
export const lastDays = (today: Day, count: number): Day[] =>
  Array.from(
    { length: count },
    (_, back) => new Date((dayNumberOf(today) - back) * MILLISECONDS_PER_DAY).toISOString().slice(0, 10) as Day,
  );

/** What was issued on a day, in base units. */
export type DailyIssue = { readonly day: Day; readonly quantity: number };

/** So much was issued in so many days. */
export type IssueRate = { readonly issued: number; readonly days: number };

/**
 * What was issued over the last 28 days, or since the first issue among them, so that a new material is not taken for a slow one. None,
 * where none was issued.
 */
export const issueRateOf = (issued: readonly DailyIssue[], today: Day): IssueRate | undefined => {
  const first = issued.map(({ day }) => dayNumberOf(day)).reduce((least, day) => Math.min(least, day), Infinity);
  if (first === Infinity) return undefined;
  return { issued: sumOf(issued.map(({ quantity }) => quantity)), days: dayNumberOf(today) - first + 1 };
};

/** Base units issued a day, to a tenth. */
export const issuedPerDay = ({ issued, days }: IssueRate): number => Math.round((issued * 10) / days) / 10;

/** For how many days what is on hand will last at that pace, to a tenth, rounded down: in whole numbers, or 5.4 would be 5.3. */
export const daysOfCover = (onHand: number, { issued, days }: IssueRate): number =>
  Math.floor((Math.max(0, onHand) * days * 10) / issued) / 10;

/** What a voucher handed over to an artisan of each item, in base units; nothing, if it is of another kind. */
export const issuedLinesOf = (voucher: Pick<Voucher, 'claim' | 'outcome'>): { item: ItemId; quantity: number }[] =>
  voucher.claim.kind === 'I'
    ? onHandMovements(voucher).map(({ item, quantity }) => ({ item, quantity: -quantity }))
    : [];
