import * as z from 'zod';
import { ItemId, LocationId, SellerId, StockLocationId } from '../kernel/ids.ts';
import { Paise, sumOf, Version } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';

const Amount = z.int().min(0);

/** Base units. `unitCost` at the sender. */
export const SentLine = z.strictObject({
  item: ItemId,
  dispatched: Amount,
  takenBack: Amount,
  unitCost: Paise.optional(),
});
export type SentLine = z.infer<typeof SentLine>;

/** Base units. `accepted` excludes what was reversed. */
export const ReceivedLine = z.strictObject({ item: ItemId, accepted: Amount, rejected: Amount });
export type ReceivedLine = z.infer<typeof ReceivedLine>;

/** `final`: the receiver expects no more. */
export const TransferReceipt = z.strictObject({
  receipt: VoucherNumber,
  by: StockLocationId,
  at: Instant,
  final: z.literal(true).optional(),
  lines: z.array(ReceivedLine),
});
export type TransferReceipt = z.infer<typeof TransferReceipt>;

/** One row holds all receipts (DynamoDB: 400 KB an item). */
export const MAX_RECEIPTS = 50;

/**
 * `open`: some is in transit. `early`: its dispatch is not recorded yet. `void`: only early
 * receipts, all reversed.
 */
const TRANSFER_STATES = ['open', 'early', 'closed', 'void'] as const;
export const TransferState = z.enum(TRANSFER_STATES);
export type TransferState = z.infer<typeof TransferState>;

/** Kept for the challan. A row stays small if goods come back one by one. */
export const MAX_REVERSALS = 20;

/**
 * `receipts` are sorted by number; a fully reversed one is removed. `takenBackBy`: the reversals of
 * the dispatch, the last by number.
 */
export const Transfer = z.strictObject({
  dispatch: VoucherNumber,
  seller: SellerId,
  sent: z.strictObject({ from: LocationId, to: StockLocationId, at: Instant }).optional(),
  receipts: z.array(TransferReceipt),
  takenBackBy: z.array(VoucherNumber).max(MAX_REVERSALS).optional(),
  closedShort: z.strictObject({ at: Instant, by: z.string(), why: z.string() }).optional(),
  lines: z.array(SentLine),
  version: Version,
});
export type Transfer = z.infer<typeof Transfer>;

export const TransferLine = SentLine.extend({ accepted: Amount, rejected: Amount });
export type TransferLine = z.infer<typeof TransferLine>;

type TransferAmounts = Pick<TransferLine, 'dispatched' | 'accepted' | 'rejected' | 'takenBack'>;

/** Sums per item over these receipts. */
export const linesAfterReceipts = (
  { lines }: Pick<Transfer, 'lines'>,
  receipts: readonly TransferReceipt[],
): TransferLine[] => {
  const received = Map.groupBy(
    receipts.flatMap((receipt) => receipt.lines),
    ({ item }) => item,
  );
  const sent = new Map(lines.map((line) => [line.item, line]));
  return [...new Set([...sent.keys(), ...received.keys()])].map((item) => {
    const same = received.get(item) ?? [];
    return {
      ...(sent.get(item) ?? { item, dispatched: 0, takenBack: 0 }),
      accepted: sumOf(same.map(({ accepted }) => accepted)),
      rejected: sumOf(same.map(({ rejected }) => rejected)),
    };
  });
};

type UnversionedTransfer = Omit<Transfer, 'version'>;

export const transferLinesOf = (transfer: UnversionedTransfer): TransferLine[] =>
  linesAfterReceipts(transfer, transfer.receipts);

export const isTransferFinal = ({ sent, receipts, closedShort }: UnversionedTransfer): boolean =>
  closedShort !== undefined || receipts.some(({ by, final }) => final && by === sent?.to);

type ItemQuantities = ReadonlyMap<ItemId, number>;

/** To the addressee. */
export const inTransitOf = (transfer: UnversionedTransfer): ItemQuantities =>
  new Map(
    transfer.sent && !isTransferFinal(transfer)
      ? transferLinesOf(transfer).map((line) => [line.item, Math.max(0, lineBalanceOf(line).missing)] as const)
      : [],
  );

const hasQuantity = (items: ItemQuantities): boolean => [...items.values()].some((quantity) => quantity > 0);

export const transferStateOf = (transfer: Transfer): TransferState => {
  if (!transfer.sent) return transfer.receipts.length > 0 ? 'early' : 'void';
  return hasQuantity(inTransitOf(transfer)) ? 'open' : 'closed';
};

export const TransferDirection = z.enum(['incoming', 'outgoing']);
export type TransferDirection = z.infer<typeof TransferDirection>;

/** `open` includes early receipts, which wait for their dispatch. */
export type TransferStatus = 'open' | 'closed';
export const transferStatusOf = (state: TransferState): TransferStatus =>
  state === 'open' || state === 'early' ? 'open' : 'closed';

/** Sender, addressee or receiver. */
export const isTransferOf = ({ sent, receipts }: Transfer, location: LocationId): boolean =>
  sent?.from === location || sent?.to === location || receipts.some(({ by }) => by === location);

/**
 * `accepted + rejected + missing + takenBack = dispatched`. Negative `missing`: too much came.
 * Goods taken back count first against missing, then against rejected, in any order of vouchers.
 */
export const lineBalanceOf = ({ dispatched, accepted, rejected, takenBack }: TransferAmounts) => {
  const overlap = accepted + rejected + takenBack - dispatched;
  const remainingRejected = rejected - Math.max(0, Math.min(overlap, rejected, takenBack));
  return { rejected: remainingRejected, missing: dispatched - takenBack - accepted - remainingRejected };
};

/** Negative `missing`: too much came. */
export const TransferDifference = z.strictObject({ item: ItemId, rejected: Amount, missing: z.int() });
export type TransferDifference = z.infer<typeof TransferDifference>;

/** Goods that may still arrive are no difference. */
export const transferDifferences = (transfer: Transfer): TransferDifference[] => {
  const { sent, receipts } = transfer;
  if (!sent || (receipts.length === 0 && !isTransferFinal(transfer))) return [];
  return transferLinesOf(transfer)
    .map((line) => {
      const { rejected, missing } = lineBalanceOf(line);
      return { item: line.item, rejected, missing: isTransferFinal(transfer) ? missing : Math.min(0, missing) };
    })
    .filter(({ rejected, missing }) => rejected !== 0 || missing !== 0);
};

export const receiptsElsewhere = ({ sent, receipts }: Transfer): TransferReceipt[] =>
  sent ? receipts.filter(({ by }) => by !== sent.to) : [];

export const isReceivedElsewhere = (transfer: Transfer): boolean => receiptsElsewhere(transfer).length > 0;

export const hasMismatch = (transfer: Transfer): boolean =>
  isReceivedElsewhere(transfer) || transferDifferences(transfer).length > 0;
