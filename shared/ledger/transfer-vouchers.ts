import { isProducer } from '../kernel/ids.ts';
import { sequenceOf, timeOfSequence, type VoucherNumber } from '../kernel/voucher-number.ts';
import type { RecordedDispatch, RecordedReceipt } from '../transfers/rebuild-transfer.ts';
import { onHandMovements, rejectedQuantities } from './on-hand.ts';
import { isFullyReversed, type ReversalContext } from './reversal-context.ts';
import type { Voucher } from './voucher.ts';

type ReturnedByLine = ReversalContext['returned'];

/** Undefined for other vouchers and cancelled numbers. */
export const recordedDispatchOf = (voucher: Voucher, back: ReturnedByLine): RecordedDispatch | undefined => {
  const { claim, seller, location: from } = voucher;
  if (claim.kind !== 'D' || !('lines' in claim)) return undefined;
  const lines = movedLinesOf(voucher, back).map((line, at) => ({ ...line, unitCost: claim.lines[at]?.unitCost }));
  return { seller, sent: { from, to: claim.to, at: timeOfSequence(sequenceOf(voucher)) }, lines };
};

export const recordedReceiptOf = (
  voucher: Voucher,
  back: ReturnedByLine,
  dispatch: VoucherNumber,
): RecordedReceipt | undefined => {
  const { claim, seller, location: by, number: receipt } = voucher;
  if (claim.kind !== 'R' || !('from' in claim) || !('dispatch' in claim.from) || isProducer(by)) return undefined;
  if (claim.from.dispatch !== dispatch) return undefined;
  const rejected = rejectedQuantities(voucher);
  const lines = movedLinesOf(voucher, back).map((line, at) => ({ ...line, rejected: rejected[at] ?? 0 }));
  const final = 'final' in claim && claim.final && { final: true as const };
  return {
    ...{
      seller,
      lines,
      isTakenBack: isFullyReversed(
        lines.map(({ quantity }) => quantity),
        back,
      ),
    },
    received: { receipt, by, at: timeOfSequence(sequenceOf(voucher)), ...final },
  };
};

const movedLinesOf = (voucher: Voucher, back: ReturnedByLine) =>
  onHandMovements(voucher).map(({ item, quantity }, at) => ({
    ...{ item, quantity: Math.abs(quantity), back: back.get(at + 1) ?? 0 },
  }));
