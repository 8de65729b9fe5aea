import * as z from 'zod';
import { isSale, isSaleReturn, refundedAmountOf } from '../billing/bill.ts';
import { DocumentKind, saleDocumentOf } from '../billing/document-kind.ts';
import { BuyerGstin } from '../kernel/gstin.ts';
import { StockLocationId } from '../kernel/ids.ts';
import { addUp, Sum } from '../kernel/sum.ts';
import type { LineTax } from '../kernel/tax.ts';
import { Day } from '../kernel/time.ts';
import { partsOf, VoucherNumber } from '../kernel/voucher-number.ts';
import type { LateTax } from '../ledger/pending-returns.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';

/** A bill, a credit note, or a cancelled number of either. Paise; a credit note's are positive. */
export const RegisteredBill = z.strictObject({
  day: Day,
  location: StockLocationId,
  number: VoucherNumber,
  document: z.enum([...DocumentKind.options, 'cancelled']),
  /** The bill of a credit note. */
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
  if (isCancelled(voucher.claim))
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
  if (!isSaleReturn(voucher)) return undefined;
  const { claim, outcome } = voucher;
  const taxes = lateTax.get(number) ?? outcome.tax ?? [];
  const sums = sumsOf(taxes, refundedAmountOf(voucher));
  return { day, location, number, document: 'credit-note', of: claim.of, ...sums };
};

const sumsOf = (taxes: readonly LineTax[], total: Sum) => {
  const sum = (part: 'taxable' | 'cgst' | 'sgst' | 'igst') => addUp(taxes.map((tax) => tax[part] ?? 0));
  return { taxable: sum('taxable'), cgst: sum('cgst'), sgst: sum('sgst'), igst: sum('igst'), total };
};
