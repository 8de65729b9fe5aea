import type { ItemId, Place, SellerId } from '../kernel/ids.ts';
import { type Paise, sumOf, type Version } from '../kernel/quantity.ts';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { isOf, type Transfer, type TransferReceipt } from './transfer.ts';
import { dispatched, receiptTakenBack, received } from './transfer-transitions.ts';

type Line = { readonly item: ItemId; readonly quantity: number };
/** What came `back` of it, of a line. */
type Booked = Line & { readonly back: number };

/** A dispatch, and a receipt of one, as the books that they stand in have them. */
export type BookedDispatch = {
  readonly seller: SellerId;
  readonly sent: NonNullable<Transfer['sent']>;
  readonly lines: readonly (Booked & { readonly unitCost?: Paise | undefined })[];
};
export type BookedReceipt = {
  readonly seller: SellerId;
  readonly received: Omit<TransferReceipt, 'lines'>;
  readonly isTakenBack: boolean;
  readonly lines: readonly (Booked & { readonly rejected: number })[];
};

/** A transfer as it is kept, and as the books of its places have it. `receipts`: those that are kept and the one that is named, if there are such. */
export type Told = {
  readonly dispatch: VoucherNumber;
  readonly before: Transfer | undefined;
  readonly sent: BookedDispatch | undefined;
  readonly receipts: readonly BookedReceipt[];
};

/**
 * A transfer written again from its vouchers, whatever was kept of it: what an audit would have it say, and no more. Who closed it short is kept: no voucher says
 * it. Nothing that is on its way anywhere moves by it: that may have been right all along, and where it was not, the next audit says so.
 */
export const restated = ({ dispatch, before, sent, receipts }: Told, here: Place): Transfer | Refusal => {
  const unknown = refuse('VOUCHER_UNKNOWN', `No dispatch ${dispatch} is known that left here or came here.`);
  const standing = receipts.filter(({ isTakenBack }) => !isTakenBack);
  const seller = (sent ?? standing[0] ?? before)?.seller;
  if (!seller) return unknown;
  const { closedShort } = before ?? {};
  const none: Transfer = {
    ...{ dispatch, seller, receipts: [], lines: [], version: 1 as Version },
    ...(closedShort && { closedShort }),
  };
  let whole: Transfer | Refusal = sent ? withSent(none, sent) : none;
  for (const receipt of standing) if (!isRefusal(whole)) whole = withReceived(whole, receipt);
  if (isRefusal(whole)) return whole;
  const next = { ...whole, version: ((before?.version ?? 0) + 1) as Version };
  return isOf(next, here) || (before && isOf(before, here)) ? next : unknown;
};

const withSent = (none: Transfer, { sent, lines }: BookedDispatch): Transfer => {
  const transfer = dispatched(none, { ...none, sent, lines });
  const takenBack = Map.groupBy(lines, ({ item }) => item);
  return {
    ...transfer,
    lines: transfer.lines.map((line) => ({ ...line, takenBack: backIn(takenBack.get(line.item) ?? []) })),
  };
};

const withReceived = (before: Transfer, { received: by, lines }: BookedReceipt): Transfer | Refusal => {
  const came = received(before, { ...before, received: by, lines });
  if (isRefusal(came) || backIn(lines) === 0) return came;
  const back = lines.map((line) => ({ item: line.item, quantity: line.back }));
  return receiptTakenBack(came, by.receipt, back, false);
};

const backIn = (lines: readonly Booked[]): number => sumOf(lines.map(({ back }) => back));
