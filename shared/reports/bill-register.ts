import * as z from 'zod';
import { isSale, isSaleReturn, refundedAmountOf } from '../billing/bill.ts';
import { DocumentKind, saleDocumentOf } from '../billing/document-kind.ts';
import { isVoidDocument } from '../billing/document-series.ts';
import { BuyerGstin } from '../kernel/gstin.ts';
import { StockLocationId } from '../kernel/ids.ts';
import { addUp, Sum } from '../kernel/sum.ts';
import type { LineTax } from '../kernel/tax.ts';
import { Day } from '../kernel/time.ts';
import { partsOf, VoucherNumber } from '../kernel/voucher-number.ts';
import type { LateTax } from '../ledger/pending-returns.ts';
import type { Voucher } from '../ledger/voucher.ts';

/**
 * A bill, a credit note, a cancelled number of either, or the reversal of a credit note. Paise, all
 * positive. Bills less credit notes, and reversals of these again, are the month's net.
 */
export const RegisteredBill = z.strictObject({
  day: Day,
  location: StockLocationId,
  number: VoucherNumber,
  document: z.enum([...DocumentKind.options, 'cancelled', 'credit-note-reversal']),
  /** The bill of a credit note, or the credit note that is reversed. */
  of: VoucherNumber.optional(),
  buyer: BuyerGstin.optional(),
  taxable: Sum,
  cgst: Sum,
  sgst: Sum,
  igst: Sum,
  total: Sum,
});
export type RegisteredBill = z.infer<typeof RegisteredBill>;

export const registerKey = ({ day, location, number }: RegisteredBill) => [day, location, number];

/** Its row, or `undefined` for another voucher. A return whose sale has not come in has no tax. */
export const registeredBillOf = (voucher: Voucher, lateTax: LateTax): RegisteredBill | undefined => {
  const { number } = voucher;
  const location = StockLocationId.parse(voucher.location);
  const { day, kind } = partsOf(number);
  if (isVoidDocument(voucher, lateTax))
    return kind === 'S' || kind === 'V'
      ? { day, location, number, document: 'cancelled', ...sumsOf([], 0) }
      : undefined;
  if (isSale(voucher)) {
    const { outcome, claim } = voucher;
    const registration = outcome.billFacts?.seller.registration ?? 'unregistered';
    const rates = outcome.tax.map(({ gstBasisPoints }) => gstBasisPoints);
    const buyer = claim.buyer?.gstin;
    const document = saleDocumentOf(registration, rates, buyer !== undefined);
    return { day, location, number, document, ...(buyer && { buyer }), ...sumsOf(outcome.tax, outcome.total) };
  }
  if (!isSaleReturn(voucher)) return reversalRowOf(voucher, { day, location, number });
  const { claim, outcome } = voucher;
  const taxes = lateTax.get(number) ?? outcome.tax ?? [];
  const sums = sumsOf(taxes, refundedAmountOf(voucher));
  return { day, location, number, document: 'credit-note', of: claim.of, ...sums };
};

/** A credit note that came before its sale counts as cancelled, so its reversal has no figures. */
const reversalRowOf = (
  { claim, outcome }: Voucher,
  key: Pick<RegisteredBill, 'day' | 'location' | 'number'>,
): RegisteredBill | undefined => {
  if (!('of' in claim) || !('sale' in outcome) || !outcome.sale || outcome.refunded === undefined) return undefined;
  return { ...key, document: 'credit-note-reversal', of: claim.of, ...sumsOf(outcome.tax ?? [], outcome.refunded) };
};

const sumsOf = (taxes: readonly LineTax[], total: Sum) => {
  const sum = (part: 'taxable' | 'cgst' | 'sgst' | 'igst') => addUp(taxes.map((tax) => tax[part] ?? 0));
  return { taxable: sum('taxable'), cgst: sum('cgst'), sgst: sum('sgst'), igst: sum('igst'), total };
};
