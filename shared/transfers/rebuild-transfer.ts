import type { ItemId, LocationId, SellerId } from '../kernel/ids.ts';
import { type Paise, sumOf, type Version } from '../kernel/quantity.ts';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { isTransferOf, type Transfer, type TransferReceipt } from './transfer.ts';
import { applyDispatch, applyReceipt, reverseReceipt } from './transfer-transitions.ts';

type TransferQuantity = { readonly item: ItemId; readonly quantity: number };
/** `back`: quantity reversed or returned. */
type RecordedLine = TransferQuantity & { readonly back: number };

export type RecordedDispatch = {
  readonly seller: SellerId;
  readonly sent: NonNullable<Transfer['sent']>;
  readonly lines: readonly (RecordedLine & { readonly unitCost?: Paise | undefined })[];
};

export type RecordedReceipt = {
  readonly seller: SellerId;
  readonly received: Omit<TransferReceipt, 'lines'>;
  readonly isTakenBack: boolean;
  readonly lines: readonly (RecordedLine & { readonly rejected: number })[];
};

/** `before`: the stored row. `receipts`: its receipts and the named one. */
export type TransferRebuildInput = {
  readonly dispatch: VoucherNumber;
  readonly before: Transfer | undefined;
  readonly sent: RecordedDispatch | undefined;
  readonly receipts: readonly RecordedReceipt[];
};

/**
 * Rebuilds a transfer from its vouchers; no voucher records `closedShort`, so it is kept. Inbound
 * stock stays: the next reconciliation reports its drift.
 */
export const rebuildTransfer = (
  { dispatch, before, sent, receipts }: TransferRebuildInput,
  here: LocationId,
): Transfer | Refusal => {
  const unknown = refuse('VOUCHER_UNKNOWN', `${here} has no dispatch or receipt of ${dispatch}.`);
  const standing = receipts.filter(({ isTakenBack }) => !isTakenBack);
  const seller = (sent ?? standing[0] ?? before)?.seller;
  if (!seller) return unknown;
  const { closedShort } = before ?? {};
  const none: Transfer = {
    dispatch,
    seller,
    receipts: [],
    lines: [],
    version: 1 as Version,
    ...(closedShort && { closedShort }),
  };
  let whole: Transfer | Refusal = sent ? rebuildDispatch(none, sent) : none;
  for (const receipt of standing) if (!isRefusal(whole)) whole = rebuildReceipt(whole, receipt);
  if (isRefusal(whole)) return whole;
  const next = { ...whole, version: ((before?.version ?? 0) + 1) as Version };
  return isTransferOf(next, here) || (before && isTransferOf(before, here)) ? next : unknown;
};

const rebuildDispatch = (none: Transfer, { sent, lines }: RecordedDispatch): Transfer => {
  const transfer = applyDispatch(none, { ...none, sent, lines });
  const takenBack = Map.groupBy(lines, ({ item }) => item);
  return {
    ...transfer,
    lines: transfer.lines.map((line) => ({ ...line, takenBack: totalReturned(takenBack.get(line.item) ?? []) })),
  };
};

const rebuildReceipt = (before: Transfer, { received: by, lines }: RecordedReceipt): Transfer | Refusal => {
  const came = applyReceipt(before, { ...before, received: by, lines });
  if (isRefusal(came) || totalReturned(lines) === 0) return came;
  const back = lines.map((line) => ({ item: line.item, quantity: line.back }));
  return reverseReceipt(came, by.receipt, back, false);
};

const totalReturned = (lines: readonly RecordedLine[]): number => sumOf(lines.map(({ back }) => back));
