import { isProducer } from '../kernel/ids.ts';
import { sequenceOf, timeOfSequence, type VoucherNumber } from '../kernel/voucher-number.ts';
import type { RecordedDispatch, RecordedReceipt } from '../transfers/rebuild-transfer.ts';
import { isDispatch } from './kinds/dispatch.ts';
import { isReceipt } from './kinds/receipt.ts';
import { onHandMovements, rejectedQuantities } from './on-hand.ts';
import { isFullyReversed, type ReversalContext } from './reversal-context.ts';
import { claimReferences, type Voucher } from './voucher.ts';

/** The dispatch of the transfer that a voucher changes. */
export const transferOf = ({ number, claim }: Pick<Voucher, 'number' | 'claim'>): VoucherNumber | undefined =>
  isDispatch(claim) ? number : claimReferences(claim).dispatch;

type ReturnedByLine = ReversalContext['returned'];

/** Undefined for other vouchers and cancelled numbers. */
export const recordedDispatchOf = (voucher: Voucher, returnedByLine: ReturnedByLine): RecordedDispatch | undefined => {
  const { claim, seller, location: from } = voucher;
  if (!isDispatch(claim)) return undefined;
  const lines = movedLinesOf(voucher, returnedByLine).map((line, at) => ({
    ...line,
    unitCost: claim.lines[at]?.unitCost,
  }));
  return { seller, sent: { from, to: claim.to, at: timeOfSequence(sequenceOf(voucher)) }, lines };
};

export const recordedReceiptOf = (
  voucher: Voucher,
  returnedByLine: ReturnedByLine,
  dispatch: VoucherNumber,
): RecordedReceipt | undefined => {
  const { claim, seller, location: by, number: receipt } = voucher;
  if (!isReceipt(claim) || !('dispatch' in claim.from) || isProducer(by)) return undefined;
  if (claim.from.dispatch !== dispatch) return undefined;
  const rejected = rejectedQuantities(voucher);
  const lines = movedLinesOf(voucher, returnedByLine).map((line, at) => ({ ...line, rejected: rejected[at] ?? 0 }));
  const final = claim.final && { final: true as const };
  return {
    seller,
    lines,
    isTakenBack: isFullyReversed(
      lines.map(({ quantity }) => quantity),
      returnedByLine,
    ),
    received: { receipt, by, at: timeOfSequence(sequenceOf(voucher)), ...final },
  };
};

const movedLinesOf = (voucher: Voucher, returnedByLine: ReturnedByLine) =>
  onHandMovements(voucher).map(({ item, quantity }, at) => ({
    item,
    quantity: Math.abs(quantity),
    returned: returnedByLine.get(at + 1) ?? 0,
  }));
