import type { ItemId, LocationId, SellerId } from '../kernel/ids.ts';
import { type Paise, sumOf, type Version } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { isTransferOf, type Transfer, type TransferReceipt } from './transfer.ts';
import { applyDispatch, applyReceipt, reverseReceipt } from './transfer-transitions.ts';

type TransferQuantity = { readonly item: ItemId; readonly quantity: number };
/** `returned`: quantity reversed or returned. */
type RecordedLine = TransferQuantity & { readonly returned: number };

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
 * Rebuilds a transfer from its vouchers. No voucher records `closedShort`, and reversals are not
 * read: both are kept. Inbound stock stays: the next reconciliation reports its drift.
 */
export const rebuildTransfer = (
  { dispatch, before, sent, receipts }: TransferRebuildInput,
  location: LocationId,
): Transfer | Refusal => {
  const unknown = refuse('VOUCHER_UNKNOWN', `${location} has no dispatch or receipt of ${dispatch}.`);
  const activeReceipts = receipts.filter(({ isTakenBack }) => !isTakenBack);
  const seller = (sent ?? activeReceipts[0] ?? before)?.seller;
  if (!seller) return unknown;
  const { closedShort, takenBackBy } = before ?? {};
  const empty: Transfer = {
    dispatch,
    seller,
    receipts: [],
    lines: [],
    version: 1 as Version,
    ...(takenBackBy && { takenBackBy }),
    ...(closedShort && { closedShort }),
  };
  let rebuilt = sent ? rebuildDispatch(empty, sent) : empty;
  for (const receipt of activeReceipts) rebuilt = rebuildReceipt(rebuilt, receipt);
  const next = { ...rebuilt, version: ((before?.version ?? 0) + 1) as Version };
  return isTransferOf(next, location) || (before && isTransferOf(before, location)) ? next : unknown;
};

const rebuildDispatch = (empty: Transfer, { sent, lines }: RecordedDispatch): Transfer => {
  const transfer = applyDispatch(empty, { ...empty, sent, lines });
  const takenBack = Map.groupBy(lines, ({ item }) => item);
  return {
    ...transfer,
    lines: transfer.lines.map((line) => ({ ...line, takenBack: totalReturned(takenBack.get(line.item) ?? []) })),
  };
};

const rebuildReceipt = (before: Transfer, { received: by, lines }: RecordedReceipt): Transfer => {
  const received = applyReceipt(before, { ...before, received: by, lines });
  if (totalReturned(lines) === 0) return received;
  const returned = lines.map((line) => ({ item: line.item, quantity: line.returned }));
  return reverseReceipt(received, by.receipt, returned, false);
};

const totalReturned = (lines: readonly RecordedLine[]): number => sumOf(lines.map(({ returned }) => returned));
