import * as z from 'zod';
import { claimHeaderFields, FreeText, itemAndMeasure, linesSchema } from '../../kernel/claim-fields.ts';
import { isEndOfDay } from '../../kernel/device-clock.ts';
import { GstStateCode, HOME_STATE } from '../../kernel/gstin.ts';
import type { ItemId } from '../../kernel/ids.ts';
import type { FieldProblem } from '../../kernel/problems.ts';
import { MAX_PAISE, Paise, type Quantity, sumOf } from '../../kernel/quantity.ts';
import { isRefusal, lineProblems, refuse } from '../../kernel/refusal.ts';
import { amountWithTax, extractTax, type GstBasisPoints, LineTax } from '../../kernel/tax.ts';
import { type Day, dayOf, type Instant, startOfDay } from '../../kernel/time.ts';
import { timeOfSequence } from '../../kernel/voucher-number.ts';
import { compareByStart, effectiveStartOf } from '../../registry/dated-field.ts';
import { rateInTiers, rateProblemOf, rateTiersOf } from '../../registry/gst-rate.ts';
import {
  amountFor,
  type DatedPrice,
  floorPriceOf,
  isHigherPrice,
  type PriceUnit,
  priceAt,
  priceUnitOf,
} from '../../registry/item.ts';
import type { Admission } from '../admission.ts';
import { MeasuredOutcome, refuseUnknownItems, toBaseUnitLines } from '../base-unit-lines.ts';
import { exchangedAmount, refuseMissingBasket } from '../basket.ts';
import { BillFacts, FACT_COLUMNS, lineFactsOn } from '../bill-facts.ts';
import { Buyer, NAMED_BUYER_AMOUNT, placeOfSupplyOf } from '../buyer.ts';
import { CustomerPhone } from '../customer.ts';
import { type Decide, type DecisionContext, stockOut } from '../decision.ts';
import {
  exampleHeader,
  goodsInHandFields,
  isClaimOfKind,
  isNumberOfKind,
  itemsOf,
  lineMovements,
  type VoucherKind,
} from '../voucher-kind.ts';
import { MAX_ROUNDING } from './refund.ts';

/**
 * `quantity`: base units or a measure. `unitPrice`: paise with tax, per priced unit. `discount`:
 * paise off the line. `reason`: for a price below the floor.
 */
export const SaleLine = z
  .strictObject({ ...itemAndMeasure, unitPrice: Paise, discount: Paise.optional(), reason: FreeText.optional() })
  .refine(
    ({ quantity, unitPrice }) => typeof quantity === 'string' || quantity * unitPrice <= MAX_PAISE,
    'a line is at most 1,000 crore rupees',
  )
  .refine(
    ({ quantity, unitPrice, discount }) =>
      discount === undefined || typeof quantity === 'string' || discount <= quantity * unitPrice,
    {
      path: ['discount'],
      error: 'a discount is at most the amount of its line',
    },
  );
export type SaleLine = z.infer<typeof SaleLine>;

export const TENDERS = ['cash', 'upi', 'card'] as const;
export const Tender = z.enum(TENDERS);
export type Tender = z.infer<typeof Tender>;

const Payment = z.strictObject({
  tender: Tender,
  amount: Paise,
  reference: FreeText.optional(),
});

/** `exchange` spends money returned into a basket; it enters no till. */
export const PaymentOrExchange = Payment.extend({ tender: z.enum([...Tender.options, 'exchange']) });

/** Paise added to a sum, or subtracted if negative, to avoid coins. */
export const RoundOff = z
  .int()
  .min(-MAX_ROUNDING, 'rounding is below a rupee')
  .max(MAX_ROUNDING, 'rounding is below a rupee');

export const Sale = z
  .strictObject({
    kind: z.literal('S'),
    ...claimHeaderFields,
    lines: linesSchema(SaleLine),
    payments: z
      .array(PaymentOrExchange)
      .min(1, 'at least one payment is needed')
      .max(10)
      .refine(
        (payments) => sumOf(payments.map(({ amount }) => amount)) <= MAX_PAISE,
        'a sale is at most 1,000 crore rupees',
      ),
    roundOff: RoundOff.optional(),
    basket: FreeText.optional(),
    buyer: Buyer.optional(),
  })
  .refine(
    ({ buyer, payments }) =>
      !buyer ||
      buyer.gstin !== undefined ||
      (buyer.name ?? buyer.address) === undefined ||
      sumOf(payments.map(({ amount }) => amount)) >= NAMED_BUYER_AMOUNT,
    {
      path: ['buyer', 'name'],
      error: 'below 50,000 rupees, state only the State of a buyer without a GSTIN: leave out name and address',
    },
  );
export type Sale = z.infer<typeof Sale>;

/**
 * `tax`: per line. `belowFloor`: lines, from 1, sold offline below the floor price without a
 * reason. `placeOfSupply`: if not Uttar Pradesh, so that IGST is due.
 */
export const SaleOutcome = z.strictObject({
  total: Paise,
  tax: z.array(LineTax),
  quantities: MeasuredOutcome.shape.quantities,
  belowFloor: z.array(z.int().min(1)).min(1).optional(),
  placeOfSupply: GstStateCode.optional(),
  billFacts: BillFacts.optional(),
});
export type SaleOutcome = z.infer<typeof SaleOutcome>;

type SaleContext = 'isSuppliedToBuyersState' | 'items' | 'rates' | 'registration' | 'seller' | 'sellerFacts';

/**
 * Payments equal the total; no price exceeds the MRP. Prices and rates follow the sale's corrected
 * time. An officer may accept other prices.
 */
export const decideSale: Decide<Sale, SaleOutcome, SaleContext> = ({
  claim,
  admission,
  context,
  sequence,
  isAdmittedByOfficer,
}) => {
  const refusal =
    refuseUnknownItems(claim.lines, context) ?? refuseMissingBasket(claim.payments, claim.basket, 'payments');
  if (refusal) return refusal;

  const measured = toBaseUnitLines(claim.lines, context);
  if (isRefusal(measured)) return measured;

  const soldAt = timeOfSequence(sequence);
  const priced = measured.lines.map((line) => priceLine(line, pricesInForce(line, claim, soldAt, context)));
  const unpriced = lineProblems(priced, 'item', ({ item, prices }) =>
    prices.at(-1) ? undefined : `${item} has no price at ${soldAt}`,
  );
  const rates = priced.map((line) => gstRateOf(line, dayOf(soldAt), context));
  unpriced.push(...lineProblems(rates, 'item', ({ unrated }) => unrated));
  if (unpriced.length > 0)
    return refuse('ITEM_NOT_PRICED', 'An item had no price at the time of the sale.', { fields: unpriced });

  const aboveMrp = lineProblems(priced, 'unitPrice', mrpProblemOf);
  if (aboveMrp.length > 0 && !isAdmittedByOfficer)
    return refuse('PRICE_ABOVE_MRP', 'A unit price must not exceed the MRP.', { fields: aboveMrp });

  const outOfRange = [
    ...lineProblems(priced, 'quantity', ({ gross }) =>
      gross > MAX_PAISE ? 'a line is at most 1,000 crore rupees' : undefined,
    ),
    ...lineProblems(priced, 'discount', ({ amount }) =>
      amount < 0 ? 'a discount is at most the amount of its line' : undefined,
    ),
  ];
  if (outOfRange.length > 0)
    return refuse('INVALID_REQUEST', 'The amount of a line is out of range.', { fields: outOfRange });

  const belowFloor = lineProblems(priced, 'unitPrice', (line) => (line.reason ? undefined : floorPriceProblemOf(line)));
  if (belowFloor.length > 0 && admission.way === 'live')
    return refuse('PRICE_BELOW_FLOOR', 'A line below its floor price needs a reason.', { fields: belowFloor });

  const unfit = lineProblems(rates, 'unitPrice', ({ problem }) => problem);
  if (unfit.length > 0 && admission.way === 'live')
    return refuse('GST_RATE_MISMATCH', 'No GST rate fits a price after its discount.', { fields: unfit });

  const placeOfSupply = placeOfSupplyOf(claim.buyer, context.isSuppliedToBuyersState === true);
  const isInterState = placeOfSupply !== HOME_STATE;
  const barred = buyerProblems(claim, rates, isInterState, context);
  if (barred.length > 0 && admission.way === 'live')
    return refuse('INVALID_REQUEST', 'The law gives this buyer another bill.', { fields: barred });

  const due = sumOf(priced.map(({ amount }) => amount)) + (claim.roundOff ?? 0);
  const paid = sumOf(claim.payments.map(({ amount }) => amount));
  if (due !== paid) return refuse('PAYMENT_MISMATCH', `${due} paise are due, ${paid} were paid.`, { due, paid });

  return {
    outcome: {
      total: due as Paise,
      tax: priced.map(({ amount }, line) => extractTax(amount, rates[line]?.rate ?? 0, isInterState)),
      ...(isInterState && { placeOfSupply }),
      ...measured.outcome,
      ...billFactsOf(priced, dayOf(soldAt), context),
      ...(belowFloor.length > 0 &&
        !isAdmittedByOfficer && {
          belowFloor: priced.flatMap((line, at) => (!line.reason && floorPriceProblemOf(line) ? [at + 1] : [])),
        }),
    },
    stock: stockOut(measured.lines, admission),
    ...basketChangeOf(claim, admission),
  };
};

/** Rule 46A: only an unregistered buyer gets taxed and exempt goods on one bill. */
const buyerProblems = (
  { buyer }: Sale,
  rates: readonly LineRate[],
  isInterState: boolean,
  { registration }: Pick<DecisionContext, 'registration'>,
): FieldProblem[] => {
  if (isInterState && registration === 'composition') {
    const problem = 'a composition seller sells within the State only (CGST section 10(2)): leave out this buyer';
    return [{ path: buyer?.gstin ? 'buyer.gstin' : 'buyer.state', problem }];
  }
  if (!buyer?.gstin || registration !== 'regular' || rates.every(({ rate }) => rate === 0)) return [];
  return lineProblems(rates, 'item', ({ rate }) =>
    rate === 0 ? 'exempt goods: record them as another sale, because this buyer has a GSTIN' : undefined,
  );
};

const billFactsOf = (
  lines: readonly PricedLine[],
  day: Day,
  { sellerFacts, items }: Pick<DecisionContext, 'items' | 'sellerFacts'>,
) => {
  if (!sellerFacts) return {};
  const facts = lines.flatMap(({ item, prices }) => {
    const found = items.get(item);
    return found ? [lineFactsOn(found, day, prices.at(-1)?.per)] : [];
  });
  return { billFacts: { seller: sellerFacts, lines: facts } };
};

type BaseUnitLine = Omit<SaleLine, 'quantity'> & { readonly quantity: Quantity };
type PriceInForce = DatedPrice & { readonly unit: PriceUnit };
type PricedLine = BaseUnitLine & {
  readonly prices: readonly PriceInForce[];
  readonly gross: number;
  readonly amount: Paise;
};

/** Paise, computed exactly and rounded once. */
const priceLine = (line: BaseUnitLine, prices: readonly PriceInForce[]): PricedLine => {
  const gross = amountFor(line.quantity, line.unitPrice, prices.at(-1)?.unit ?? { base: 1, per: 1 });
  return { ...line, prices, gross, amount: (gross - (line.discount ?? 0)) as Paise };
};

const mrpProblemOf = ({ unitPrice, prices }: PricedLine): string | undefined => {
  const last = prices.at(-1);
  if (!last || prices.some(({ mrp, unit }) => !isHigherPrice(unitPrice, last.unit, mrp, unit))) return undefined;
  const dearest = prices.reduce((one, other) =>
    isHigherPrice(other.mrp, other.unit, one.mrp, one.unit) ? other : one,
  );
  return `above the MRP of that time, ${dearest.mrp} paise${dearest.per ? ` per ${dearest.per}` : ''}`;
};

/** A live sale may use only what its exchange basket still holds. */
const basketChangeOf = ({ payments, basket }: Sale, { way }: Admission) => {
  const exchanged = exchangedAmount(payments);
  if (basket === undefined || exchanged === 0) return {};
  return { basket: { basket, amount: -exchanged, requires: way === 'live' ? 'covered' : 'nothing' } as const };
};

/** Latest last. Paper with only a day allows all prices of that day. */
const pricesInForce = (
  { item }: BaseUnitLine,
  { occurredAt }: Sale,
  at: Instant,
  { items }: Pick<DecisionContext, 'items'>,
): readonly PriceInForce[] => {
  const found = items.get(item);
  if (!found) return [];
  const dayStart = startOfDay(dayOf(at));
  const priceAtStart = priceAt(found, isEndOfDay(occurredAt) ? dayStart : at);
  const laterPrices = isEndOfDay(occurredAt)
    ? found.prices.filter(({ from }) => effectiveStartOf(from) > dayStart && effectiveStartOf(from) <= at)
    : [];
  const prices = [...(priceAtStart ? [priceAtStart] : []), ...laterPrices.toSorted(compareByStart)];
  return prices.map((price) => ({ ...price, unit: priceUnitOf(found, price) }));
};

const floorPriceProblemOf = ({ prices, quantity, amount, unitPrice, discount }: PricedLine): string | undefined => {
  const floorAmount = Math.min(...prices.map((price) => amountFor(quantity, floorPriceOf(price), price.unit)));
  if (amount >= floorAmount) return undefined;
  const last = prices.at(-1);
  const floor = Math.min(...prices.map(floorPriceOf));
  const each = last?.per ? `per ${last.per}` : 'each';
  const paid = discount ? `${amount} paise for the line after discount` : `${unitPrice} paise ${each}`;
  return `${paid}, below the floor price of ${floor} paise ${each}`;
};

/** `unrated`: neither the price nor the schedule states a rate. */
type LineRate = {
  readonly item: ItemId;
  readonly unitPrice: Paise;
  readonly rate: GstBasisPoints;
  readonly problem?: string;
  readonly unrated?: string;
};

/** By the value after discount. Where no rate fits, the listed or highest one stands. */
const gstRateOf = (
  { item, prices, amount, quantity, unitPrice }: PricedLine,
  day: Day,
  { registration, items, rates = [] }: Pick<DecisionContext, 'registration' | 'items' | 'rates'>,
): LineRate => {
  const line = { item, unitPrice };
  const [found, price] = [items.get(item), prices.at(-1)];
  if (registration !== 'regular' || !found || !price) return { ...line, rate: 0 };
  const tiers = rateTiersOf(found, day, rates);
  const own = price.gstBasisPoints;
  if (own !== undefined && (!tiers || tiers.length === 1)) return { ...line, rate: own };
  if (!tiers) return { ...line, rate: 0, unrated: `${item} has no GST rate on ${day}` };
  const rate = rateInTiers(tiers, amount, quantity);
  if (rate !== undefined) return { ...line, rate };
  const listed = own ?? tiers.at(-1)?.gstBasisPoints ?? 0;
  return { ...line, rate: listed, problem: rateProblemOf(tiers, amount / quantity) };
};

export const sale = {
  code: 'S',
  name: 'sale',
  method: 'recordSale',
  roles: ['outlet', 'admin'],
  at: 'outlets',
  claim: Sale,
  outcome: SaleOutcome,
  body: Sale.safeExtend({ ...goodsInHandFields, customer: CustomerPhone.optional() }),
  errors: [
    'UNIT_NEEDED',
    'QUANTITY_NOT_WHOLE',
    'ITEM_NOT_PRICED',
    'PRICE_ABOVE_MRP',
    'PRICE_BELOW_FLOOR',
    'GST_RATE_MISMATCH',
    'PAYMENT_MISMATCH',
    'EXCHANGE_NOT_COVERED',
    'INSUFFICIENT_STOCK',
  ],
  example: {
    kind: 'S',
    ...exampleHeader,
    lines: [{ item: 'LKO-KURTA-M', quantity: 2, unitPrice: 89900 }],
    payments: [{ tender: 'upi', amount: 179800, reference: '432198765012' }],
  },
  references: ({ lines }) => ({ items: itemsOf(lines), producers: [] }),
  lineRules: { plausible: { outlets: 1, depots: 1, producers: 1 }, measured: 'items priced per measure' },
  statedLines: ({ lines }) => lines,
  amounts: {
    plausible: { outlets: 1, depots: 1, producers: 1 },
    of: ({ payments }) => [{ path: 'payments', value: sumOf(payments.map(({ amount }) => amount)) }],
  },
  decide: decideSale,
  stockMovement: ({ lines }, { quantities }) => lineMovements(lines, quantities, -1),
  reversibleLine: (_claim, { tax }, at) => {
    const paid = tax[at];
    if (!paid) return {};
    const { gstBasisPoints, igst } = paid;
    return { sold: { amount: amountWithTax(paid), gstBasisPoints, ...(igst !== undefined && { isInterState: true }) } };
  },
  lineColumns: [
    'item',
    'quantity',
    'unitPrice',
    'discount',
    'gstBasisPoints',
    'taxable',
    'cgst',
    'reason',
    ...FACT_COLUMNS,
  ],
  figures: (onHand) => ({ sold: -onHand }),
  reversalRules: {
    isReturnable: true,
    isRefundable: true,
    mayWriteOff: true,
    figures: (quantity, onHand) => ({ returned: quantity, writtenOff: quantity - onHand }),
  },
} as const satisfies VoucherKind<Sale, SaleOutcome>;

export const isSale = isClaimOfKind(sale.code);
export const isSaleNumber = isNumberOfKind(sale.code);
