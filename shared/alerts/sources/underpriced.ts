import * as z from 'zod';
import { ItemId, isProducer } from '../../kernel/ids.ts';
import { Paise } from '../../kernel/quantity.ts';
import { amountWithTax } from '../../kernel/tax.ts';
import { Instant } from '../../kernel/time.ts';
import { VoucherNumber } from '../../kernel/voucher-number.ts';
import { isFullyReturned } from '../../ledger/kinds/refund.ts';
import { isSale } from '../../ledger/kinds/sale.ts';
import { reversibleVoucherOf } from '../../ledger/on-hand.ts';
import type { ReversalContext } from '../../ledger/reversal-context.ts';
import type { Voucher } from '../../ledger/voucher.ts';
import { exceptionSource, formatDay, formatDayHi, formatRupees, type StateOf, usualSeverity } from '../alert-source.ts';

/** `line` counts from 1; `amount` is the paise paid. */
const UnderpricedEvidence = z.strictObject({
  soldAt: Instant,
  lines: z.array(z.strictObject({ line: z.int().min(1), item: ItemId, amount: Paise })),
});

/**
 * An offline sale below the floor price without a reason. A full return or an officer's
 * acknowledgement resolves it. An acknowledged sale stays resolved.
 */
export const underpriced = exceptionSource({
  type: 'underpriced',
  about: VoucherNumber,
  evidence: UnderpricedEvidence,
  severity: usualSeverity('district'),
  smsText: { en: 'below the floor price', hi: 'न्यूनतम दाम से कम' },
  render: ({ about, figures: { soldAt, lines } }) => {
    const [first] = lines;
    const more = lines.length - 1;
    const line = first
      ? {
          en: `: ${formatRupees(first.amount)} for ${first.item}`,
          hi: `: ${first.item} ${formatRupees(first.amount)} में`,
        }
      : { en: '', hi: '' };
    return {
      en: `Sale ${about} of ${formatDay(soldAt)} was below the floor price${line.en}${more > 0 ? `, and ${more} more` : ''}; find out why, then acknowledge this or take the sale back.`,
      hi: `${formatDayHi(soldAt)} की बिक्री ${about} न्यूनतम दाम से कम पर हुई${line.hi}${more > 0 ? `, और ${more}` : ''}; कारण पता करें, फिर इसे स्वीकार करें या बिक्री वापस लें।`,
    };
  },
  resolvedByOfficer: true,
  staysResolved: ({ acknowledged }) => acknowledged !== undefined,
});

export const isUnderpriced = ({ outcome }: Pick<Voucher, 'outcome'>): boolean =>
  'belowFloor' in outcome && outcome.belowFloor !== undefined;

/** `undefined` for other vouchers. */
export const underpricedState = (
  { location, number, claim, outcome, ...sale }: Voucher,
  { returned, version }: Pick<ReversalContext, 'returned' | 'version'>,
): StateOf<typeof underpriced> | undefined => {
  if (isProducer(location) || !isSale(claim) || !('total' in outcome)) return undefined;
  const lines = (outcome.belowFloor ?? []).flatMap((line) => {
    const claimed = claim.lines[line - 1];
    const tax = outcome.tax[line - 1];
    if (!claimed || !tax) return [];
    return [{ line, item: claimed.item, amount: amountWithTax(tax) }];
  });
  if (lines.length === 0) return undefined;
  return {
    location,
    type: 'underpriced',
    about: number,
    sourceVersion: 1 + version,
    figures: { soldAt: claim.occurredAt, lines },
    isActive: !isFullyReturned(reversibleVoucherOf({ location, number, claim, outcome, ...sale }), returned),
  };
};
