import * as z from 'zod';
import type { ItemId } from '../kernel/ids.ts';
import { Paise } from '../kernel/quantity.ts';
import { extractTax, GstBasisPoints } from '../kernel/tax.ts';
import type { Day, Instant } from '../kernel/time.ts';
import { HindiName, Name, Outlet } from '../registry/entries.ts';
import { type GstRateRow, type RateTiers, rateInTiers, rateTiersOf } from '../registry/gst-rate.ts';
import { amountFor, type DatedPrice, type Item, type PriceUnit, priceAt, priceUnitOf } from '../registry/item.ts';
import { FACT_COLUMNS, LineFacts, lineFactsOn, SellerFacts } from './bill-facts.ts';

/** An address may still be missing: a dispatch is never refused for it. */
export const PlaceFacts = z.strictObject({
  name: Name,
  nameHi: HindiName.optional(),
  address: Outlet.shape.address,
  pinCode: Outlet.shape.pinCode,
});
export type PlaceFacts = z.infer<typeof PlaceFacts>;

/** `gstBasisPoints`: of the goods; absent if no rate is known. `taxable`: value without tax. */
export const ChallanLineFacts = LineFacts.omit({ per: true }).extend({
  gstBasisPoints: GstBasisPoints.optional(),
  taxable: Paise,
});
type ChallanLineFacts = z.infer<typeof ChallanLineFacts>;

/** Stored in the line of the dispatch. */
export const CHALLAN_COLUMNS = [
  ...FACT_COLUMNS.filter((column) => column !== 'per'),
  'gstBasisPoints',
  'taxable',
] as const satisfies (keyof ChallanLineFacts)[];

/** The registry's facts on a delivery challan, sealed into the dispatch. */
export const ChallanFacts = z.strictObject({
  seller: SellerFacts,
  from: PlaceFacts,
  to: PlaceFacts,
  lines: z.array(ChallanLineFacts),
});
export type ChallanFacts = z.infer<typeof ChallanFacts>;

/** The entries of both places and of the seller, as on the day of the dispatch. */
export type ChallanParties = Omit<ChallanFacts, 'lines'>;

type PlaceEntry = Omit<PlaceFacts, 'nameHi'> & { readonly nameHi?: PlaceFacts['nameHi'] };

export const placeFactsOf = ({ name, nameHi, address, pinCode }: PlaceEntry): PlaceFacts => ({
  name,
  ...(nameHi && { nameHi }),
  ...(address && { address }),
  ...(pinCode && { pinCode }),
});

/** `quantity`: base units. `unitCost`: paise a base unit. */
type DispatchedLine = { readonly item: ItemId; readonly quantity: number; readonly unitCost?: Paise | undefined };

type LineSources = {
  readonly at: Instant;
  readonly day: Day;
  readonly items: ReadonlyMap<ItemId, Item>;
  readonly rates: readonly GstRateRow[];
  readonly isTaxed: boolean;
};

/** Throws if an item is missing. */
export const challanLinesOf = (lines: readonly DispatchedLine[], sources: LineSources): ChallanLineFacts[] =>
  lines.map((line) => {
    const item = sources.items.get(line.item);
    if (!item) throw new Error(`the registry has no item ${line.item}`);
    const { per: _per, ...facts } = lineFactsOn(item, sources.day, undefined);
    const { rate, taxable } = listedValueOf(item, line.quantity, sources);
    return {
      ...facts,
      ...(rate !== undefined && { gstBasisPoints: rate }),
      taxable: line.unitCost === undefined ? taxable : ((line.unitCost * line.quantity) as Paise),
    };
  });

/** The list price of the day, without its tax, for a line without a stated cost. */
const listedValueOf = (item: Item, quantity: number, { at, day, rates, isTaxed }: LineSources) => {
  const price = priceAt(item, at) ?? item.prices[0];
  if (!price) throw new Error('an item has a price');
  const unit = priceUnitOf(item, price);
  const rate = listedRateOf(price, unit, rateTiersOf(item, day, rates));
  const amount = amountFor(quantity, price.price, unit) as Paise;
  return { rate, taxable: isTaxed && rate ? extractTax(amount, rate).taxable : amount };
};

/** As a sale at the list price: by value if the schedule has tiers, else the price's own rate. */
const listedRateOf = (price: DatedPrice, { base, per }: PriceUnit, tiers: RateTiers | undefined) => {
  const byValue = tiers && tiers.length > 1 ? rateInTiers(tiers, price.price * per, base) : undefined;
  return byValue ?? price.gstBasisPoints ?? tiers?.at(-1)?.gstBasisPoints;
};
