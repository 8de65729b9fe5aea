import * as z from 'zod';
import { GstStateCode, HOME_STATE } from '../../kernel/gstin.ts';
import { MAX_PAISE, Paise, sumOf } from '../../kernel/quantity.ts';
import { isRefusal, lineProblems, refuse } from '../../kernel/refusal.ts';
import { amountWithTax, extractTax, LineTax } from '../../kernel/tax.ts';
import { type Day, dayOf } from '../../kernel/time.ts';
import { timeOfSequence } from '../../kernel/voucher-number.ts';
import type { Admission } from '../admission.ts';
import { MeasuredOutcome, refuseUnknownItems, toBaseUnitLines } from '../base-unit-lines.ts';
import { exchangedAmount, refuseMissingBasket } from '../basket.ts';
import { BillFacts, FACT_COLUMNS, lineFactsOn } from '../bill-facts.ts';
import { placeOfSupplyOf } from '../buyer.ts';
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
import { Sale } from './sale-claim.ts';
import { floorPriceProblemOf, mrpProblemOf, type PricedLine, priceLine, pricesInForce } from './sale-prices.ts';
import { buyerProblems, gstRateOf } from './sale-tax.ts';

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

/** A live sale may use only what its exchange basket still holds. */
const basketChangeOf = ({ payments, basket }: Sale, { way }: Admission) => {
  const exchanged = exchangedAmount(payments);
  if (basket === undefined || exchanged === 0) return {};
  return { basket: { basket, amount: -exchanged, requires: way === 'live' ? 'covered' : 'nothing' } as const };
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
