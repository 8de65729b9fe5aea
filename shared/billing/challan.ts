import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { ItemId, LocationId } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { Paise, sumOf } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { extractTax, GstBasisPoints } from '../kernel/tax.ts';
import { Day, Instant } from '../kernel/time.ts';
import { BilingualText } from '../kernel/units.ts';
import { partsOf, sequenceOf, timeOfSequence, VoucherNumber } from '../kernel/voucher-number.ts';
import { LineFacts, lineFactsOn, SellerFacts, sellerFactsOn } from '../ledger/bill-facts.ts';
import type { Dispatch, DispatchOutcome } from '../ledger/kinds/dispatch.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';
import { HindiName, Name, Outlet } from '../registry/entries.ts';
import { type GstRateRow, type RateTiers, rateInTiers, rateTiersOf } from '../registry/gst-rate.ts';
import { amountFor, type DatedPrice, type Item, type PriceUnit, priceAt, priceUnitOf } from '../registry/item.ts';
import type { Seller } from '../registry/seller.ts';
import { amountInWords } from './amount-in-words.ts';
import { quantityInUqc } from './bill.ts';

const ChallanPlace = z.strictObject({
  location: LocationId,
  name: Name,
  nameHi: HindiName.optional(),
  address: Outlet.shape.address,
  pinCode: Outlet.shape.pinCode,
});
export type ChallanPlace = z.infer<typeof ChallanPlace>;

/** `gstBasisPoints`: of the goods; absent if no rate is known. `taxable`: value without tax. */
const ChallanLine = z.strictObject({
  line: z.int().min(1),
  item: ItemId,
  ...LineFacts.omit({ per: true }).shape,
  quantity: z.string(),
  gstBasisPoints: GstBasisPoints.optional(),
  taxable: Paise,
});
type ChallanLine = z.infer<typeof ChallanLine>;

/**
 * A delivery challan (CGST rule 55) as data. Both places are the seller's, under one registration,
 * so it is no supply and bears no tax. Paise.
 */
export const Challan = z.strictObject({
  document: z.literal('delivery-challan'),
  number: VoucherNumber,
  location: LocationId,
  day: Day,
  at: Instant,
  seller: SellerFacts,
  from: ChallanPlace,
  to: ChallanPlace,
  /** As the sender wrote it. */
  reference: FreeText.optional(),
  lines: z.array(ChallanLine),
  taxable: Paise,
  totalInWords: BilingualText,
});
export type Challan = z.infer<typeof Challan>;

type DispatchVoucher = Voucher & { readonly claim: Dispatch; readonly outcome: DispatchOutcome };

/** Entries of the registry that a challan shows. `items`: those of the dispatch's lines. */
export type ChallanSources = {
  readonly seller: Seller;
  readonly from: Omit<ChallanPlace, 'location'>;
  readonly to: Omit<ChallanPlace, 'location'>;
  readonly items: ReadonlyMap<ItemId, Item>;
  readonly rates: readonly GstRateRow[];
};

const isDispatched = (voucher: Voucher): voucher is DispatchVoucher =>
  voucher.claim.kind === 'D' && !isCancelled(voucher.claim);

/** `NO_CHALLAN` with the reason, or the dispatch. */
export const dispatchOf = (voucher: Voucher): DispatchVoucher | Refusal => {
  const { number, claim } = voucher;
  if (isCancelled(claim)) return refuse('NO_CHALLAN', `${number} was cancelled: ${claim.cancelled}.`);
  return isDispatched(voucher) ? voucher : refuse('NO_CHALLAN', `${number} is not a dispatch.`);
};

/** The challan of a dispatch, or `BILL_INCOMPLETE` with what the registry must still hold. */
export const challanOf = (voucher: DispatchVoucher, sources: ChallanSources): Challan | Refusal => {
  const { number, location, claim, outcome } = voucher;
  const at = timeOfSequence(sequenceOf(voucher));
  const { day } = partsOf(number);
  const seller = sellerFactsOn(sources.seller, day);
  const lines = claim.lines.flatMap((line, index): ChallanLine[] => {
    const item = sources.items.get(line.item);
    if (!item) return [];
    const quantity = outcome.quantities?.[index] ?? Number(line.quantity);
    const { per: _, ...facts } = lineFactsOn(item, day, undefined);
    const listed = listedValueOf(item, { quantity, at, day }, sources.rates, seller.registration === 'regular');
    return [
      {
        line: index + 1,
        item: line.item,
        ...facts,
        quantity: quantityInUqc(quantity, facts.uqc),
        ...(listed.rate !== undefined && { gstBasisPoints: listed.rate }),
        taxable: line.unitCost === undefined ? listed.taxable : ((line.unitCost * quantity) as Paise),
      },
    ];
  });
  const taxable = sumOf(lines.map((line) => line.taxable)) as Paise;
  const challan: Challan = {
    document: 'delivery-challan',
    number,
    location,
    day,
    at: claim.occurredAt,
    seller,
    from: { location, ...sources.from },
    to: { location: claim.to, ...sources.to },
    ...(claim.document && { reference: claim.document }),
    lines,
    taxable,
    totalInWords: amountInWords(taxable),
  };
  return refuseIncomplete(challan, voucher.seller) ?? challan;
};

type DispatchedLine = { readonly quantity: number; readonly at: Instant; readonly day: Day };

/** The list price of the day, without its tax, for a line without a stated cost. */
const listedValueOf = (
  item: Item,
  { quantity, at, day }: DispatchedLine,
  rows: readonly GstRateRow[],
  isTaxed: boolean,
) => {
  const price = priceAt(item, at) ?? item.prices[0];
  if (!price) throw new Error('an item has a price');
  const unit = priceUnitOf(item, price);
  const rate = listedRateOf(price, unit, rateTiersOf(item, day, rows));
  const amount = amountFor(quantity, price.price, unit) as Paise;
  return { rate, taxable: isTaxed && rate ? extractTax(amount, rate).taxable : amount };
};

/** As a sale at the list price: by value if the schedule has tiers, else the price's own rate. */
const listedRateOf = (price: DatedPrice, { base, per }: PriceUnit, tiers: RateTiers | undefined) => {
  const byValue = tiers && tiers.length > 1 ? rateInTiers(tiers, price.price * per, base) : undefined;
  return byValue ?? price.gstBasisPoints ?? tiers?.at(-1)?.gstBasisPoints;
};

const refuseIncomplete = ({ number, seller, from, to }: Challan, id: string): Refusal | undefined => {
  const fields: FieldProblem[] = [];
  if (seller.registration !== 'unregistered' && !seller.address)
    fields.push({ path: 'seller.address', problem: `the registry has no address of ${id}` });
  for (const [side, place] of Object.entries({ from, to }))
    if (!place.address)
      fields.push({ path: `${side}.address`, problem: `the registry has no address of ${place.location}` });
  if (fields.length === 0) return undefined;
  return refuse('BILL_INCOMPLETE', `The challan of ${number} lacks facts of the registry.`, { fields });
};
