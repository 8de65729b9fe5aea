import * as z from 'zod';
import type { FieldProblem } from '../kernel/problems.ts';
import { Paise } from '../kernel/quantity.ts';
import { GstBasisPoints } from '../kernel/tax.ts';
import { Day, dayOf } from '../kernel/time.ts';
import { effectiveStartOf } from './dated-field.ts';
import { Name } from './entries.ts';
import { hsnOn, type Item, priceUnitOf } from './item.ts';

/** An HSN heading, then a word of the state. */
export const GstRateId = z
  .string()
  .regex(/^\d{2}(\d{2}){0,3}(-[A-Z0-9-]{1,15})?$/, 'a rate is an HSN heading and a word, such as 1006-PACKED');

/**
 * A row of the rate schedule. The longest heading counts, then a condition that the item meets,
 * then the latest `from`. `upTo`: paise a piece or pair, tax excluded.
 */
export const GstRate = z.strictObject({
  name: Name,
  from: Day,
  condition: z.enum(['handmade', 'pre-packed', 'loose']).optional(),
  upTo: Paise.optional(),
  gstBasisPoints: GstBasisPoints,
  notification: Name,
  notifiedOn: Day,
});
export type GstRate = z.infer<typeof GstRate>;

export type GstRateRow = GstRate & { readonly id: string };

const headingOf = (id: string): string => id.split('-')[0] ?? id;

/** Rates by the value of a piece, lowest first. The last one has no limit. */
export type RateTiers = readonly [GstRateRow, ...GstRateRow[]];

const meets = (condition: GstRate['condition'], { handicraft, prePacked }: Item): boolean => {
  if (condition === undefined) return true;
  return condition === 'handmade' ? handicraft === true : (condition === 'pre-packed') === (prePacked === true);
};

/**
 * The rows for an item, or undefined where its own rate stands: no row, several by the value of a
 * piece but none is counted, or a handicraft without a row for what is handmade.
 */
export const rateTiersOf = (item: Item, day: Day, rows: readonly GstRateRow[]): RateTiers | undefined => {
  const hsn = hsnOn(item, day);
  const rank = ({ id, condition, from }: GstRateRow): string =>
    `${headingOf(id).length}${condition === undefined ? 0 : 1}${from}`;
  const fitting = rows.filter(
    ({ id, condition, from }) => hsn.startsWith(headingOf(id)) && from <= day && meets(condition, item),
  );
  const best = fitting.map(rank).toSorted().at(-1);
  const [first, ...others] = fitting
    .filter((row) => rank(row) === best)
    .toSorted((one, other) => (one.upTo ?? Infinity) - (other.upTo ?? Infinity));
  if (!first) return undefined;
  const isByValue = others.length > 0 || first.upTo !== undefined;
  if (isByValue && (item.unit !== 'piece' || (item.handicraft && first.condition !== 'handmade'))) return undefined;
  return [first, ...others];
};

/** The highest price with tax of one piece at this rate, as a fraction of 10,000 paise. */
const highestPrice = (limit: number, rate: GstBasisPoints): bigint => BigInt(limit) * BigInt(10_000 + rate);

/** `amount`: paise with tax, for so many pieces. Undefined: no rate gives this amount. */
export const rateInTiers = (tiers: RateTiers, amount: number, pieces: number): GstBasisPoints | undefined => {
  const scaled = BigInt(amount) * 10_000n;
  return tiers.find(({ upTo, gstBasisPoints }, at) => {
    const above = tiers[at - 1]?.upTo;
    const reaches = (limit: number) => scaled > highestPrice(limit, gstBasisPoints) * BigInt(pieces);
    return (above === undefined || reaches(above)) && (upTo === undefined || !reaches(upTo));
  })?.gstBasisPoints;
};

/** The lawful prices with tax below and above a price that no rate gives, in paise a piece. */
export const neighboursOf = (tiers: RateTiers, price: number) => {
  const gaps = tiers.flatMap(({ upTo, gstBasisPoints }, at) => {
    const next = tiers[at + 1];
    if (upTo === undefined || !next) return [];
    const lower = Number(highestPrice(upTo, gstBasisPoints) / 10_000n);
    const higher = Number(highestPrice(upTo, next.gstBasisPoints) / 10_000n) + 1;
    return [{ lower, lowerRate: gstBasisPoints, higher, higherRate: next.gstBasisPoints }];
  });
  return gaps.find(({ higher }) => price < higher) ?? gaps.at(-1);
};

/** `price`: paise a piece. */
export const rateProblemOf = (tiers: RateTiers, price: number): string => {
  const found = neighboursOf(tiers, price);
  if (!found) return 'no rate fits this price';
  const { lower, lowerRate, higher, higherRate } = found;
  return `no rate fits: at most ${lower} paise a piece (${lowerRate / 100} %) or at least ${higher} (${higherRate / 100} %)`;
};

/** Faults in an item's prices and rates, on the days on which they start. */
export const gstProblemsOf = (item: Item, rows: readonly GstRateRow[]): FieldProblem[] =>
  item.prices.flatMap((price, at) => {
    const day = dayOf(effectiveStartOf(price.from));
    const tiers = rateTiersOf(item, day, rows);
    const own = price.gstBasisPoints;
    if (!tiers) {
      const problem = `the rate schedule has no HSN ${hsnOn(item, day)} on ${day}: state the rate`;
      return own === undefined ? [{ path: `prices.${at}.gstBasisPoints`, problem }] : [];
    }
    if (tiers.length === 1) return [];
    const { base, per } = priceUnitOf(item, price);
    const rate = rateInTiers(tiers, price.price * per, base);
    if (rate === undefined)
      return [{ path: `prices.${at}.price`, problem: rateProblemOf(tiers, (price.price * per) / base) }];
    if (own === undefined || rate === own) return [];
    const problem = `${price.price} paise are taxed at ${rate / 100} %, which is ${rate}`;
    return [{ path: `prices.${at}.gstBasisPoints`, problem }];
  });
