import { isProducer } from '../../kernel/ids.ts';
import { isFullyReturned } from '../../ledger/kinds/refund.ts';
import type { ReversalContext } from '../../ledger/reversal-context.ts';
import { reversibleVoucherOf } from '../../ledger/reversible-voucher.ts';
import type { Voucher } from '../../ledger/voucher.ts';
import type { AlertSource } from '../exception-alert.ts';

/** Was it sold offline below its floor price without a reason? */
export const isUnderpriced = ({ outcome }: Pick<Voucher, 'outcome'>): boolean =>
  'belowFloor' in outcome && outcome.belowFloor !== undefined;

/**
 * A sale below the floor price, which nobody gave a reason for. It is settled when all of it came back, or by an officer who acknowledges the alert.
 */
export const underpricedSource = (
  { location, number, claim, outcome, ...sale }: Voucher,
  { back, version }: Pick<ReversalContext, 'back' | 'version'>,
): AlertSource | undefined => {
  if (isProducer(location) || claim.kind !== 'S' || !('lines' in claim) || !('total' in outcome)) return undefined;
  const lines = (outcome.belowFloor ?? []).flatMap((line) => {
    const [said, tax] = [claim.lines[line - 1], outcome.tax[line - 1]];
    return said && tax
      ? [{ line, item: said.item, amount: (tax.taxable + tax.cgst + tax.sgst) as typeof tax.taxable }]
      : [];
  });
  if (lines.length === 0) return undefined;
  return {
    ...{ location, type: 'underpriced', about: number, sourceVersion: 1 + version },
    figures: { soldAt: claim.occurredAt, lines },
    cause: !isFullyReturned(reversibleVoucherOf({ location, number, claim, outcome, ...sale }), back),
  };
};
