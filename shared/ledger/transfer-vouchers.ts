import { isProducer } from '../kernel/ids.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { orderOf, timeIn } from '../kernel/voucher-sequence.ts';
import type { BookedDispatch, BookedReceipt } from '../transfers/rebuilt-transfer.ts';
import { onHandBy, rejectedBy } from './on-hand.ts';
import { isTakenBackWhole, type Reversed } from './reversed.ts';
import type { Voucher } from './voucher.ts';

type Back = Reversed['back'];

/** What a voucher says of a transfer, with what of each line came back; nothing, if it is no dispatch, or was cancelled. */
export const dispatchIn = (voucher: Voucher, back: Back): BookedDispatch | undefined => {
  const { claim, seller, location: from } = voucher;
  if (claim.kind !== 'D' || !('lines' in claim)) return undefined;
  const lines = movedBy(voucher, back).map((line, at) => ({ ...line, unitCost: claim.lines[at]?.unitCost }));
  return { seller, sent: { from, to: claim.to, at: timeIn(orderOf(voucher)) }, lines };
};

/** The same of its receipt; nothing, if it is none of this dispatch. */
export const receiptIn = (voucher: Voucher, back: Back, dispatch: VoucherNumber): BookedReceipt | undefined => {
  const { claim, seller, location: by, number: receipt } = voucher;
  if (claim.kind !== 'R' || !('from' in claim) || !('dispatch' in claim.from) || isProducer(by)) return undefined;
  if (claim.from.dispatch !== dispatch) return undefined;
  const rejected = rejectedBy(voucher);
  const lines = movedBy(voucher, back).map((line, at) => ({ ...line, rejected: rejected[at] ?? 0 }));
  const final = 'final' in claim && claim.final && { final: true as const };
  return {
    ...{
      seller,
      lines,
      isTakenBack: isTakenBackWhole(
        lines.map(({ quantity }) => quantity),
        back,
      ),
    },
    received: { receipt, by, at: timeIn(orderOf(voucher)), ...final },
  };
};

const movedBy = (voucher: Voucher, back: Back) =>
  onHandBy(voucher).map(({ item, quantity }, at) => ({
    ...{ item, quantity: Math.abs(quantity), back: back.get(at + 1) ?? 0 },
  }));
