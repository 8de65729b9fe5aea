import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { Day } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { isIssue } from '../ledger/kinds/issue.ts';
import { isReversal } from '../ledger/kinds/reversal.ts';
import { onHandMovements } from '../ledger/on-hand.ts';
import type { Voucher } from '../ledger/voucher.ts';

export const ISSUE_RATE_DAYS = 28;

const MILLISECONDS_PER_DAY = 24 * 3_600_000;
const dayNumberOf = (day: Day): number => Date.parse(day) / MILLISECONDS_PER_DAY;

/** IST, latest first. */
export const lastDays = (today: Day, count: number): Day[] =>
  Array.from(
    { length: count },
    (_, daysAgo) => new Date((dayNumberOf(today) - daysAgo) * MILLISECONDS_PER_DAY).toISOString().slice(0, 10) as Day,
  );

/** In base units. */
export type DailyIssue = { readonly day: Day; readonly quantity: number };

export type IssueRate = { readonly issued: number; readonly days: number };

/** Counted from the first issue, so that new materials do not look slow. */
export const issueRateOf = (issued: readonly DailyIssue[], today: Day): IssueRate | undefined => {
  const first = issued.map(({ day }) => dayNumberOf(day)).reduce((least, day) => Math.min(least, day), Infinity);
  if (first === Infinity) return undefined;
  return { issued: sumOf(issued.map(({ quantity }) => quantity)), days: dayNumberOf(today) - first + 1 };
};

/** Base units, to one decimal. */
export const issuedPerDay = ({ issued, days }: IssueRate): number => Math.round((issued * 10) / days) / 10;

/** Rounded down to one decimal. Integers, or 5.4 becomes 5.3. */
export const daysOfCover = (onHand: number, { issued, days }: IssueRate): number =>
  Math.floor((Math.max(0, onHand) * days * 10) / issued) / 10;

type IssuedLine = { readonly item: ItemId; readonly quantity: number };
type IssueOrReversal = Pick<Voucher, 'number' | 'claim' | 'outcome'>;

/**
 * By issue, less what was taken back of it on any day. Reversals of other vouchers, and of issues
 * that are not given, do not count.
 */
export const issuedLinesOf = (vouchers: readonly IssueOrReversal[]): ReadonlyMap<VoucherNumber, IssuedLine[]> => {
  const takenBack = new Map<string, number>();
  for (const { claim } of vouchers)
    if (isReversal(claim))
      for (const { line, quantity } of claim.lines) {
        const key = lineKey(claim.of, line);
        takenBack.set(key, (takenBack.get(key) ?? 0) + quantity);
      }
  return new Map(
    vouchers
      .filter(({ claim }) => isIssue(claim))
      .map((issue) => [
        issue.number,
        onHandMovements(issue)
          .map(({ item, quantity }, at) => ({
            item,
            quantity: -quantity - (takenBack.get(lineKey(issue.number, at + 1)) ?? 0),
          }))
          .filter(({ quantity }) => quantity > 0),
      ]),
  );
};

const lineKey = (number: VoucherNumber, line: number): string => `${number}/${line}`;
