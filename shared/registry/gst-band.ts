import type { FieldProblem } from '../kernel/problems.ts';
import type { GstBasisPoints } from '../kernel/tax.ts';
import { type Day, dayOf } from '../kernel/time.ts';
import { effectiveStartOf } from './dated-field.ts';
import { hsnOn, type Item, priceUnitOf } from './item.ts';

/** A rate that depends on the value of one piece or pair, tax excluded. `limit`: paise. */
type ValueBand = {
  readonly headings: RegExp;
  readonly from: Day;
  readonly limit: number;
  readonly upTo: GstBasisPoints;
  readonly above: GstBasisPoints;
};

/** Garments, made-ups, quilts and footwear: Notification 9/2025-CT(R), schedules I and II. */
const VALUE_BANDS: readonly ValueBand[] = [
  { headings: /^(6[1-4]|9404)/, from: '2025-09-22' as Day, limit: 250_000, upTo: 500, above: 1_800 },
];

/** Undefined where the entered rate stands: other goods, and declared handicrafts. */
export const valueBandOf = (item: Item, day: Day): ValueBand | undefined => {
  if (item.unit !== 'piece' || item.handicraft) return undefined;
  const hsn = hsnOn(item, day);
  return VALUE_BANDS.find(({ headings, from }) => headings.test(hsn) && from <= day);
};

/** `amount`: paise with tax, for so many pieces. Undefined: neither rate gives this amount. */
export const rateInBand = (
  { limit, upTo, above }: ValueBand,
  amount: number,
  pieces: number,
): GstBasisPoints | undefined => {
  const largest = (rate: GstBasisPoints) => BigInt(limit) * BigInt(10_000 + rate) * BigInt(pieces);
  const scaled = BigInt(amount) * 10_000n;
  if (scaled <= largest(upTo)) return upTo;
  return scaled > largest(above) ? above : undefined;
};

/** The nearest lawful prices with tax, in paise a piece: 262,500 and 295,001. */
export const neighboursOf = ({ limit, upTo, above }: ValueBand): readonly [lower: number, higher: number] => [
  Math.floor((limit * (10_000 + upTo)) / 10_000),
  Math.floor((limit * (10_000 + above)) / 10_000) + 1,
];

export const bandProblemOf = (band: ValueBand): string => {
  const [lower, higher] = neighboursOf(band);
  return `no rate fits: at most ${lower} paise a piece (${band.upTo / 100} %) or at least ${higher} (${band.above / 100} %)`;
};

/** What an entered item says of its prices, from the day that a band applies. */
export const gstProblemsOf = (item: Item): FieldProblem[] =>
  item.prices.flatMap((price, at) => {
    const band = valueBandOf(item, dayOf(effectiveStartOf(price.from)));
    if (!band) return [];
    const { base, per } = priceUnitOf(item, price);
    const rate = rateInBand(band, price.price * per, base);
    if (rate === undefined) return [{ path: `prices.${at}.price`, problem: bandProblemOf(band) }];
    if (rate === price.gstBasisPoints) return [];
    const problem = `${price.price} paise are taxed at ${rate / 100} %, which is ${rate}`;
    return [{ path: `prices.${at}.gstBasisPoints`, problem }];
  });
