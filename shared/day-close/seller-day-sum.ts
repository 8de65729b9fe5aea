import * as z from 'zod';
import { addSupplies } from '../billing/outward-supplies.ts';
import type { SellerId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { addUp } from '../kernel/sum.ts';
import { type Day, Instant } from '../kernel/time.ts';
import { factsUnpacker, MAX_MISSING, monthOf, packFacts, SellerDay } from './seller-day.ts';

/** A seller's day at all its locations. `closes`: those in it. */
export const SellerDaySum = SellerDay.omit({ location: true, edition: true, closedAt: true }).extend({
  closes: z.strictObject({ days: z.int().min(1), editions: z.int().min(1), latest: Instant }),
});
export type SellerDaySum = z.infer<typeof SellerDaySum>;

/** One sum for each day of these rows of one seller, in order. */
export const sumSellerDays = (rows: readonly SellerDay[]): SellerDaySum[] =>
  [...Map.groupBy(rows, ({ day }) => day)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, same]) => same.slice(0, 1).map((first) => sumOfDay(first, same)));

const sumOfDay = ({ seller, day, closedAt }: SellerDay, rows: readonly SellerDay[]): SellerDaySum => {
  const missing = rows.flatMap((row) => row.missing.numbers).toSorted();
  const latest =
    rows
      .map((row) => row.closedAt)
      .toSorted()
      .at(-1) ?? closedAt;
  return {
    seller,
    day,
    sales: sumOf(rows.map(({ sales }) => sales)),
    amount: addUp(rows.map(({ amount }) => amount)),
    refunds: sumOf(rows.map(({ refunds }) => refunds)),
    refunded: addUp(rows.map(({ refunded }) => refunded)),
    ...addSupplies(rows),
    missing: { numbers: missing.slice(0, MAX_MISSING), many: sumOf(rows.map((row) => row.missing.many)) },
    closes: { days: rows.length, editions: sumOf(rows.map(({ edition }) => edition)), latest },
  };
};

export const sellerSumKey = (seller: SellerId, day: Day): string => `seller-sum#${seller}#${monthOf(day)}`;

const StoredSum = z.object({
  ...SellerDaySum.pick({ seller: true, day: true, closes: true }).shape,
  parts: z.int(),
  facts: z.string(),
});

export const toSellerDaySumItems = ({ seller, day, closes, ...rest }: SellerDaySum) => {
  const texts = packFacts(rest);
  return texts.map((facts, part) => ({
    daybook: sellerSumKey(seller, day),
    entry: part === 0 ? day : `${day}#${String(part).padStart(4, '0')}`,
    seller,
    day,
    closes,
    parts: texts.length,
    facts,
  }));
};

/** `rows`: in the order of their keys. */
export const toSellerDaySums = (rows: readonly Record<string, unknown>[]): SellerDaySum[] => {
  const stored = rows.map((row) => StoredSum.parse(row));
  const unpack = factsUnpacker(SellerDaySum);
  return [...Map.groupBy(stored, ({ day }) => day).values()].flatMap((group) =>
    group.slice(0, 1).map(({ parts, facts: _facts, ...head }) =>
      unpack(
        head,
        group.slice(0, parts).map(({ facts }) => facts),
      ),
    ),
  );
};
