import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { GstStateCode, HOME_STATE } from '../kernel/gstin.ts';
import { ItemId, StockLocationId } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { Paise, sumOf } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { addUp, type Sum } from '../kernel/sum.ts';
import { amountWithTax, LineTax, TaxSum } from '../kernel/tax.ts';
import { Day, Instant } from '../kernel/time.ts';
import { BilingualText } from '../kernel/units.ts';
import { partsOf, VoucherNumber } from '../kernel/voucher-number.ts';
import { type BillFacts, LineFacts, SellerFacts } from '../ledger/bill-facts.ts';
import { Buyer, NAMED_BUYER_AMOUNT } from '../ledger/buyer.ts';
import type { Reversal, ReversalOutcome } from '../ledger/kinds/reversal.ts';
import type { SaleOutcome } from '../ledger/kinds/sale.ts';
import { PaymentOrExchange, type Sale } from '../ledger/kinds/sale-claim.ts';
import type { LateLineTax } from '../ledger/pending-returns.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';
import { BASE_UNITS_PER_UQC, type Uqc } from '../registry/item.ts';
import { amountInWords } from './amount-in-words.ts';
import { adjustsTax, DocumentKind, lastCreditNoteDay, saleDocumentOf } from './document-kind.ts';

/** `quantity`: a decimal in units of `uqc`. `per`: unit of the price, if not the base unit. */
const BillLine = z.strictObject({
  line: z.int().min(1),
  item: ItemId,
  ...LineFacts.shape,
  quantity: z.string(),
  unitPrice: Paise,
  discount: Paise.optional(),
  ...LineTax.shape,
  amount: Paise,
});
export type BillLine = z.infer<typeof BillLine>;

/**
 * A bill or a credit note as data. Money in paise. Lines and `roundOff` add up to `total`.
 * `against`: the bill that a credit note names. `adjustsTax`: within section 34's time.
 * `needsBuyer`: rule 46(e) asks for their name. `upi`: a link to pay what has no reference yet.
 */
export const Bill = z.strictObject({
  document: DocumentKind,
  number: VoucherNumber,
  location: StockLocationId,
  day: Day,
  at: Instant,
  seller: SellerFacts,
  buyer: Buyer.optional(),
  needsBuyer: z.literal(true).optional(),
  placeOfSupply: GstStateCode,
  reverseCharge: z.literal(false),
  against: z.strictObject({ number: VoucherNumber, day: Day }).optional(),
  adjustsTax: z.boolean().optional(),
  lines: z.array(BillLine),
  /** Per rate, lowest first. */
  taxes: z.array(TaxSum),
  taxable: Paise,
  cgst: Paise,
  sgst: Paise,
  igst: Paise.optional(),
  roundOff: z.int(),
  total: Paise,
  totalInWords: BilingualText,
  payments: z.array(PaymentOrExchange),
  upi: z.string().optional(),
  reason: FreeText.optional(),
});
export type Bill = z.infer<typeof Bill>;

export type SaleVoucher = Voucher & { readonly claim: Sale; readonly outcome: SaleOutcome };
type ReturnVoucher = Voucher & { readonly claim: Reversal; readonly outcome: ReversalOutcome };

export const isSale = (voucher: Voucher): voucher is SaleVoucher =>
  voucher.claim.kind === 'S' && !isCancelled(voucher.claim) && 'total' in voucher.outcome;

/** A reversal of a sale, for a customer's return or a mistake. */
export const isSaleReturn = (voucher: Voucher): voucher is ReturnVoucher =>
  voucher.claim.kind === 'V' &&
  !isCancelled(voucher.claim) &&
  'of' in voucher.claim &&
  partsOf(voucher.claim.of).kind === 'S' &&
  'moved' in voucher.outcome;

/** Why a voucher has no bill, or `undefined`. */
export const refuseBill = (voucher: Voucher): Refusal | undefined => {
  const { number, claim } = voucher;
  if (isCancelled(claim)) return refuse('NO_BILL', `${number} was cancelled: ${claim.cancelled}.`);
  return isSale(voucher) || isSaleReturn(voucher)
    ? undefined
    : refuse('NO_BILL', `${number} is not a sale or the return of one.`);
};

/** The bill of a sale, or `BILL_INCOMPLETE` with what the registry must still hold. */
export const saleBillOf = (voucher: SaleVoucher, facts: BillFacts): Bill | Refusal => {
  const { claim, outcome } = voucher;
  const lines = claim.lines.flatMap((line, at): BillLine[] => {
    const tax = outcome.tax[at];
    const fact = facts.lines[at];
    if (!tax || !fact) return [];
    const quantity = outcome.quantities?.[at] ?? Number(line.quantity);
    return [
      { line: at + 1, ...billLineOf(line, fact, quantity, tax), ...(line.discount && { discount: line.discount }) },
    ];
  });
  const document = saleDocumentOf(
    facts.seller.registration,
    lines.map(({ gstBasisPoints }) => gstBasisPoints),
    claim.buyer?.gstin !== undefined,
  );
  return (
    refuseIncomplete(voucher, facts) ?? {
      document,
      ...bodyOf(voucher, voucher, facts, lines, outcome.total, claim.payments),
    }
  );
};

/** The credit note of a return, with the facts of its sale. `late`: if it came before its sale. */
export const creditNoteOf = (
  voucher: ReturnVoucher,
  sale: SaleVoucher,
  facts: BillFacts,
  late?: readonly LateLineTax[],
): Bill | Refusal => {
  const { claim, outcome } = voucher;
  const lines = claim.lines.flatMap((returned, at): BillLine[] => {
    const tax = late ? late.find(({ line }) => line === returned.line) : outcome.tax?.[at];
    const fact = facts.lines[returned.line - 1];
    const sold = sale.claim.lines[returned.line - 1];
    return tax && fact && sold ? [{ line: returned.line, ...billLineOf(sold, fact, returned.quantity, tax) }] : [];
  });
  const soldOn = partsOf(claim.of).day;
  const day = partsOf(voucher.number).day;
  return (
    refuseIncomplete(voucher, facts) ?? {
      document: 'credit-note',
      ...bodyOf(voucher, sale, facts, lines, Number(refundedAmountOf(voucher)) as Paise, claim.refund ?? []),
      against: { number: claim.of, day: soldOn },
      adjustsTax: adjustsTax(soldOn, day),
      ...(claim.note && { reason: claim.note }),
    }
  );
};

/** Paise. A return that came before its sale gave what it claims. */
export const refundedAmountOf = ({ claim: { refund = [] }, outcome: { refunded } }: ReturnVoucher): Sum =>
  refunded ?? addUp(refund.map(({ amount }) => amount));

const billLineOf = (
  { item, unitPrice }: Sale['lines'][number],
  fact: LineFacts,
  quantity: number,
  tax: LineTax,
): Omit<BillLine, 'line'> => ({
  item,
  ...fact,
  quantity: quantityInUqc(quantity, fact.uqc),
  unitPrice,
  ...tax,
  amount: amountWithTax(tax),
});

/** `2.5` KGS of 2,500 gram. */
export const quantityInUqc = (quantity: number, uqc: Uqc): string => {
  const factor = BASE_UNITS_PER_UQC[uqc];
  const rest = factor === 1 ? '' : String(quantity % factor).padStart(3, '0');
  return `${Math.floor(quantity / factor)}.${rest}`.replace(/\.?0*$/, '');
};

const bodyOf = (
  { number, location, claim }: SaleVoucher | ReturnVoucher,
  sale: SaleVoucher,
  { seller }: BillFacts,
  lines: BillLine[],
  total: Paise,
  payments: readonly z.infer<typeof PaymentOrExchange>[],
) => {
  const { placeOfSupply = HOME_STATE } = sale.outcome;
  const { buyer } = sale.claim;
  const isUnnamed = buyer?.name === undefined || buyer.address === undefined;
  const isRegular = seller.registration === 'regular';
  const totalOf = (all: readonly LineTax[], part: 'taxable' | 'cgst' | 'sgst' | 'igst') =>
    sumOf(all.map((line) => line[part] ?? 0)) as Paise;
  const igstOf = (all: readonly LineTax[]) => placeOfSupply !== HOME_STATE && { igst: totalOf(all, 'igst') };
  const taxes = [...Map.groupBy(lines, ({ gstBasisPoints }) => gstBasisPoints)]
    .toSorted(([one], [other]) => one - other)
    .map(([gstBasisPoints, same]) => ({
      gstBasisPoints,
      taxable: totalOf(same, 'taxable'),
      cgst: totalOf(same, 'cgst'),
      sgst: totalOf(same, 'sgst'),
      ...igstOf(same),
    }));
  return {
    number,
    location: location as StockLocationId,
    day: partsOf(number).day,
    at: claim.occurredAt,
    seller,
    ...(buyer && { buyer }),
    ...(isUnnamed &&
      isRegular &&
      totalOf(sale.outcome.tax, 'taxable') >= NAMED_BUYER_AMOUNT && { needsBuyer: true as const }),
    placeOfSupply,
    reverseCharge: false as const,
    lines,
    taxes,
    taxable: totalOf(lines, 'taxable'),
    cgst: totalOf(lines, 'cgst'),
    sgst: totalOf(lines, 'sgst'),
    ...igstOf(lines),
    roundOff: total - sumOf(lines.map(({ amount }) => amount)),
    total,
    totalInWords: amountInWords(total),
    payments: [...payments],
  };
};

/** Chapters of food: its bill shows the FSSAI licence (since 1 January 2022). */
const FOOD_CHAPTERS = ['02', '03', '04', '07', '08', '09', '10', '11', '15', '16', '17', '18', '19', '20', '21', '22'];

/** Rules 46 and 49 need the address of a registered seller. */
const refuseIncomplete = ({ seller, number }: Voucher, facts: BillFacts): Refusal | undefined => {
  const isFood = facts.lines.some(({ hsn }) => FOOD_CHAPTERS.includes(hsn.slice(0, 2)));
  const fields: FieldProblem[] = [];
  if (facts.seller.registration !== 'unregistered' && !facts.seller.address)
    fields.push({ path: 'seller.address', problem: `the registry has no address of ${seller}` });
  if (isFood && !facts.seller.fssai)
    fields.push({ path: 'seller.fssai', problem: `the registry has no FSSAI number of ${seller}, who sells food` });
  if (fields.length === 0) return undefined;
  return refuse('BILL_INCOMPLETE', `The bill of ${number} lacks facts of seller ${seller}.`, { fields });
};

/** For the note below a credit note that comes too late to adjust tax. */
export const lastAdjustmentDayOf = ({ against, day }: Bill): Day => lastCreditNoteDay(against?.day ?? day);

/** Paise of UPI payments without a reference, which the bank gives once they are paid. */
export const unprovenUpiOf = ({ document, payments }: Bill): Paise =>
  document === 'credit-note'
    ? (0 as Paise)
    : (sumOf(
        payments.filter(({ tender, reference }) => tender === 'upi' && !reference).map(({ amount }) => amount),
      ) as Paise);
