import { sumOf } from '../kernel/quantity.ts';
import { addUp, negate, type Sum } from '../kernel/sum.ts';
import type { LineTax, TaxSum } from '../kernel/tax.ts';
import { isReversalNumber } from '../kernel/voucher-number.ts';
import { isReversal } from '../ledger/kinds/reversal.ts';
import { isSale } from '../ledger/kinds/sale.ts';
import type { LateTax } from '../ledger/pending-returns.ts';
import { hasClaim, type Voucher } from '../ledger/voucher.ts';
import { reversalRulesOf } from '../ledger/voucher-kinds.ts';
import { type ClosedSeller, ClosedTender } from './day-close.ts';

/** In paise: payments (`taken`) and refunds (`given`). */
export const tendersOf = (vouchers: readonly Voucher[]): ClosedTender[] => {
  const paid = vouchers.flatMap(({ claim }) => ('payments' in claim ? claim.payments : []));
  const refunds = vouchers.flatMap((voucher) => {
    const refund = 'refund' in voucher.claim ? (voucher.claim.refund ?? []) : [];
    return refund.map(({ tender, amount }) => ({ tender, amount: signOf(voucher) * amount }));
  });
  const sum = (amounts: readonly { tender: string; amount: number }[], tender: string) =>
    addUp(amounts.filter((one) => one.tender === tender).map(({ amount }) => amount));
  return ClosedTender.shape.tender.options
    .map((tender) => ({ tender, taken: sum(paid, tender), given: sum(refunds, tender) }))
    .filter(({ taken, given }) => taken !== 0 || given !== 0);
};

/** In paise, tax by rate. */
export const sellersOf = (vouchers: readonly Voucher[], lateTax: LateTax): ClosedSeller[] =>
  [...Map.groupBy(vouchers.filter(isSaleOrRefund), ({ seller }) => seller)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([seller, all]) => {
      const sales = all.filter(hasClaim(isSale));
      const refunds = all.filter(hasClaim(isReversal));
      return {
        seller,
        sales: sales.length,
        amount: addUp(sales.map(amountOf)),
        tax: taxByRate(sales.flatMap(taxLinesOf)),
        refunds: sumOf(refunds.map(signOf)),
        refunded: addUp(refunds.map((one) => withSign(one, refundedAmountOf(one)))),
        taxBack: taxByRate(refunds.flatMap((one) => refundedTaxOf(one, lateTax))),
      };
    });

const isSaleOrRefund = ({ claim }: Voucher): boolean =>
  isSale(claim) || (isReversal(claim) && reversalRulesOf(claim.of)?.isRefundable === true);

/** A reversed return counts negatively. */
const signOf = ({ claim }: Voucher): 1 | -1 => ('of' in claim && isReversalNumber(claim.of) ? -1 : 1);

const withSign = (voucher: Voucher, sum: Sum): Sum => (signOf(voucher) < 0 ? negate(sum) : sum);

const refundedTaxOf = (voucher: Voucher, lateTax: LateTax): TaxSum[] =>
  (lateTax.get(voucher.number) ?? taxLinesOf(voucher)).map(({ gstBasisPoints, taxable, cgst, sgst, igst }) => ({
    gstBasisPoints,
    taxable: withSign(voucher, taxable),
    cgst: withSign(voucher, cgst),
    sgst: withSign(voucher, sgst),
    ...(igst !== undefined && { igst: withSign(voucher, igst) }),
  }));

const amountOf = ({ outcome }: Voucher): Sum => ('total' in outcome ? outcome.total : 0);

/** The recorded amount; for an unknown sale, the amount paid out. */
const refundedAmountOf = ({ claim, outcome }: Voucher): Sum => {
  if ('refunded' in outcome && outcome.refunded !== undefined) return outcome.refunded;
  return 'refund' in claim ? addUp((claim.refund ?? []).map(({ amount }) => amount)) : 0;
};

const taxLinesOf = ({ outcome }: Voucher): readonly LineTax[] => ('tax' in outcome ? (outcome.tax ?? []) : []);

export const taxByRate = (taxes: readonly TaxSum[]): TaxSum[] =>
  [...Map.groupBy(taxes, ({ gstBasisPoints }) => gstBasisPoints)]
    .toSorted(([one], [other]) => one - other)
    .map(([gstBasisPoints, lines]) => {
      const sum = (figure: 'taxable' | 'cgst' | 'sgst') => addUp(lines.map((line) => line[figure]));
      const igst = lines.flatMap((line) => line.igst ?? []);
      return {
        gstBasisPoints,
        taxable: sum('taxable'),
        cgst: sum('cgst'),
        sgst: sum('sgst'),
        ...(igst.length > 0 && { igst: addUp(igst) }),
      };
    });
