import * as z from 'zod';
import { isProducer, type StockLocationId } from '../../kernel/ids.ts';
import { NonNegativeSum, subtract } from '../../kernel/sum.ts';
import { isReversalNumber, VoucherNumber } from '../../kernel/voucher-number.ts';
import { refundTotalOf } from '../../ledger/kinds/refund.ts';
import { isReversal } from '../../ledger/kinds/reversal.ts';
import { isSale, isSaleNumber } from '../../ledger/kinds/sale.ts';
import { reversibleVoucherOf } from '../../ledger/on-hand.ts';
import { type PendingReturns, roundingOf, unbilledQuantities } from '../../ledger/pending-returns.ts';
import type { ReversalContext } from '../../ledger/reversal-context.ts';
import type { Voucher } from '../../ledger/voucher.ts';
import { exceptionSource, formatRupees, type StateOf, usualSeverity } from '../alert-source.ts';

/** Paise, of all returns of the sale. */
const OverrefundedEvidence = z.strictObject({ given: NonNegativeSum, due: NonNegativeSum });

/** Reversing a return or an officer's acknowledgement resolves it. A larger excess reopens it. */
export const overrefunded = exceptionSource({
  type: 'overrefunded',
  about: VoucherNumber,
  evidence: OverrefundedEvidence,
  severity: usualSeverity('district'),
  smsText: { en: 'refunded too much', hi: 'ज़्यादा पैसे लौटाए' },
  render: ({ about, figures: { given, due } }) => {
    const excess = formatRupees(subtract(given, due));
    return {
      en: `The returns of sale ${about} gave back ${excess} more than was due: find out why, count the till, then reverse a mistaken return or acknowledge this.`,
      hi: `बिक्री ${about} की वापसी में देय से ${excess} ज़्यादा लौटाए गए: कारण पता करें, नकद गिनें, फिर ग़लत वापसी रद्द करें या इसे स्वीकार करें।`,
    };
  },
  resolvedByOfficer: true,
  staysResolved: ({ acknowledged, figures: known }, { given, due }) =>
    acknowledged !== undefined && subtract(given, due) <= subtract(known.given, known.due),
});

type OverrefundedKey = {
  readonly location: StockLocationId;
  readonly type: 'overrefunded';
  readonly about: VoucherNumber;
};

/** One key per sale whose returns, or reversals of returns, are among the vouchers. */
export const overrefundedKeysOf = (vouchers: readonly Voucher[]): readonly OverrefundedKey[] => {
  const keys = vouchers.flatMap(({ location, claim, outcome }): OverrefundedKey[] => {
    if (isProducer(location) || !isReversal(claim)) return [];
    const about = isReversalNumber(claim.of) && 'sale' in outcome ? outcome.sale?.of : claim.of;
    return about && isSaleNumber(about) ? [{ location, type: 'overrefunded', about }] : [];
  });
  return [...new Map(keys.map((key) => [`${key.location} ${key.about}`, key])).values()];
};

/** `early`: returns recorded before the sale. `undefined` for other vouchers. */
export const overrefundedState = (
  sale: Voucher,
  { returned, rounded, version }: Pick<ReversalContext, 'returned' | 'rounded' | 'version'>,
  early: Pick<PendingReturns, 'sale' | 'returns'>,
): StateOf<typeof overrefunded> | undefined => {
  const { location, number, claim } = sale;
  if (isProducer(location) || !isSale(claim) || version === 0) return undefined;
  const unbilled = unbilledQuantities(early);
  const billed = new Map([...returned].map(([line, quantity]) => [line, quantity - (unbilled.get(line) ?? 0)]));
  const { given, due, isExcessive } = refundTotalOf(reversibleVoucherOf(sale), {
    returned: billed,
    rounded: rounded + roundingOf(early),
  });
  return {
    location,
    type: 'overrefunded',
    about: number,
    sourceVersion: version,
    figures: { given, due },
    isActive: isExcessive,
  };
};
