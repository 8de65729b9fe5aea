import { sumOf } from '../kernel/quantity.ts';
import { addUp, negate, type Sum } from '../kernel/sum.ts';
import type { LineTax, TaxSum } from '../kernel/tax.ts';
import { isReversalNumber, type VoucherNumber } from '../kernel/voucher-number.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';
import { type ClosedSeller, ClosedTender } from './day-close.ts';

/** What was paid, and what was given back, by tender; those that were used. */
export const tendersOf = (vouchers: readonly Voucher[]): ClosedTender[] => {
  const paid = vouchers.flatMap(({ claim }) => ('payments' in claim ? claim.payments : []));
  const back = vouchers.flatMap((voucher) => {
    const refund = 'refund' in voucher.claim ? (voucher.claim.refund ?? []) : [];
    return refund.map(({ tender, amount }) => ({ tender, amount: signOf(voucher) * amount }));
  });
  const sum = (of: readonly { tender: string; amount: number }[], tender: string) =>
    addUp(of.filter((one) => one.tender === tender).map(({ amount }) => amount));
  return ClosedTender.shape.tender.options
    .map((tender) => ({ tender, taken: sum(paid, tender), given: sum(back, tender) }))
    .filter(({ taken, given }) => taken !== 0 || given !== 0);
};

/** Tax of vouchers that could not say it when they came in. */
export type LateTax = ReadonlyMap<VoucherNumber, readonly LineTax[]>;

/** Bills and refunds of each seller; `refunded` is what came back of a sale that is in the book, or that a return was given for before it was. */
export const sellersOf = (vouchers: readonly Voucher[], late: LateTax): ClosedSeller[] =>
  [...Map.groupBy(vouchers.filter(isSaleOrRefund), ({ seller }) => seller)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([seller, all]) => {
      const [sales, back] = [
        all.filter(({ claim }) => claim.kind === 'S'),
        all.filter(({ claim }) => claim.kind === 'V'),
      ];
      return {
        ...{
          seller,
          sales: sales.length,
          amount: addUp(sales.map(amountOf)),
          tax: taxByRate(sales.flatMap(taxLinesOf)),
        },
        ...{
          refunds: sumOf(back.map(signOf)),
          refunded: addUp(back.map((one) => withSign(one, refundedAmountOf(one)))),
          taxBack: taxByRate(back.flatMap((one) => refundedTaxOf(one, late))),
        },
      };
    });

const isSaleOrRefund = ({ claim }: Voucher): boolean =>
  !isCancelled(claim) &&
  (claim.kind === 'S' || (claim.kind === 'V' && (claim.of[5] === 'S' || isReversalNumber(claim.of))));

/** A return that is taken back is as if it had not been: its figures count the other way. */
const signOf = ({ claim }: Voucher): 1 | -1 => ('of' in claim && isReversalNumber(claim.of) ? -1 : 1);

const withSign = (voucher: Voucher, sum: Sum): Sum => (signOf(voucher) < 0 ? negate(sum) : sum);

const refundedTaxOf = (voucher: Voucher, late: LateTax): TaxSum[] =>
  (late.get(voucher.number) ?? taxLinesOf(voucher)).map(({ gstBasisPoints, taxable, cgst, sgst }) => ({
    gstBasisPoints,
    ...{ taxable: withSign(voucher, taxable), cgst: withSign(voucher, cgst), sgst: withSign(voucher, sgst) },
  }));

const amountOf = ({ outcome }: Voucher): Sum => ('total' in outcome ? outcome.total : 0);

/** Of a sale that has not come in, what the stall gave. */
const refundedAmountOf = ({ claim, outcome }: Voucher): Sum => {
  if ('refunded' in outcome && outcome.refunded !== undefined) return outcome.refunded;
  return 'refund' in claim ? addUp((claim.refund ?? []).map(({ amount }) => amount)) : 0;
};

const taxLinesOf = ({ outcome }: Voucher): readonly LineTax[] => ('tax' in outcome ? (outcome.tax ?? []) : []);

/** A line for each rate. */
export const taxByRate = (taxes: readonly TaxSum[]): TaxSum[] =>
  [...Map.groupBy(taxes, ({ gstBasisPoints }) => gstBasisPoints)]
    .toSorted(([one], [other]) => one - other)
    .map(([gstBasisPoints, lines]) => {
      const sum = (of: 'taxable' | 'cgst' | 'sgst') => addUp(lines.map((line) => line[of]));
      return { gstBasisPoints, taxable: sum('taxable'), cgst: sum('cgst'), sgst: sum('sgst') };
    });
