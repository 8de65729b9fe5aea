import * as z from 'zod';
import { ItemId, LocationId, SellerId, StockLocationId } from '../kernel/ids.ts';
import { Paise, sumOf, Version } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';

const Amount = z.int().min(0);

/** Of one item, in base units: what the dispatch sent, and what its sender took back. `unitCost` as it was sent. */
export const SentLine = z.strictObject({
  item: ItemId,
  dispatched: Amount,
  takenBack: Amount,
  unitCost: Paise.optional(),
});
export type SentLine = z.infer<typeof SentLine>;

/** Of one item and one delivery, in base units: what was accepted and is not taken back, and what was rejected. */
export const ReceivedLine = z.strictObject({ item: ItemId, accepted: Amount, rejected: Amount });
export type ReceivedLine = z.infer<typeof ReceivedLine>;

/** One delivery of a dispatch. `final`: its receiver said that nothing more is to come. */
export const TransferReceipt = z.strictObject({
  receipt: VoucherNumber,
  by: StockLocationId,
  at: Instant,
  final: z.literal(true).optional(),
  lines: z.array(ReceivedLine),
});
export type TransferReceipt = z.infer<typeof TransferReceipt>;

/** The row holds every receipt whole (DynamoDB: 400 KB an item), so their number has a limit. */
export const MAX_RECEIPTS = 50;

/** `open`: some of it is on its way. `early`: received, and its dispatch has not come in. `void`: early receipts that were all taken back. */
export const TRANSFER_STATES = ['open', 'early', 'closed', 'void'] as const;
export const TransferState = z.enum(TRANSFER_STATES);
export type TransferState = z.infer<typeof TransferState>;

/**
 * All that is known of one dispatch, under its number: its voucher (`sent`, `lines`), its deliveries in the order of their numbers, and who closed it
 * short. A receipt that was taken back whole is not among them.
 */
export const Transfer = z.strictObject({
  dispatch: VoucherNumber,
  seller: SellerId,
  sent: z.strictObject({ from: LocationId, to: StockLocationId, at: Instant }).optional(),
  receipts: z.array(TransferReceipt),
  closedShort: z.strictObject({ at: Instant, by: z.string(), why: z.string() }).optional(),
  lines: z.array(SentLine),
  version: Version,
});
export type Transfer = z.infer<typeof Transfer>;

/** One item of a transfer, all deliveries together. */
export const TransferLine = SentLine.extend({ accepted: Amount, rejected: Amount });
export type TransferLine = z.infer<typeof TransferLine>;

type TransferAmounts = Pick<TransferLine, 'dispatched' | 'accepted' | 'rejected' | 'takenBack'>;

/** Each item that was sent or received, with what all of these deliveries accepted and rejected of it. */
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

/** As far as it is known, whatever its version. */
type UnversionedTransfer = Omit<Transfer, 'version'>;

export const transferLinesOf = (transfer: UnversionedTransfer): TransferLine[] =>
  linesAfterReceipts(transfer, transfer.receipts);

/** Its addressee said that nothing more is to come, or somebody closed it short. */
export const isTransferFinal = ({ sent, receipts, closedShort }: UnversionedTransfer): boolean =>
  closedShort !== undefined || receipts.some(({ by, final }) => final && by === sent?.to);

type ItemQuantities = ReadonlyMap<ItemId, number>;

/** What of it is still to come to where it was sent. */
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

/** What comes to a place, or leaves it. */
export const TransferDirection = z.enum(['incoming', 'outgoing']);
export type TransferDirection = z.infer<typeof TransferDirection>;

/** Somebody is still to come forward: the receiver of what is on its way, or the sender of what came early. */
export type TransferStatus = 'open' | 'closed';
export const transferStatusOf = (state: TransferState): TransferStatus =>
  state === 'open' || state === 'early' ? 'open' : 'closed';

/** It was sent from there, or to there, or was received there. */
export const isTransferOf = ({ sent, receipts }: Transfer, place: LocationId): boolean =>
  sent?.from === place || sent?.to === place || receipts.some(({ by }) => by === place);

/**
 * What became of a line: `accepted + rejected + missing + takenBack = dispatched`. What is `missing` is on its way until the transfer is final; below
 * zero, too much came. What was taken back is first of what is missing, then of what was rejected, in whichever order the vouchers come in.
 */
export const lineBalanceOf = ({ dispatched, accepted, rejected, takenBack }: TransferAmounts) => {
  const twice = accepted + rejected + takenBack - dispatched;
  const rejectedStill = rejected - Math.max(0, Math.min(twice, rejected, takenBack));
  return { rejected: rejectedStill, missing: dispatched - takenBack - accepted - rejectedStill };
};

/** A line that did not come as it was sent: what of it was rejected, and what is missing or, below zero, too much. */
export const TransferDifference = z.strictObject({ item: ItemId, rejected: Amount, missing: z.int() });
export type TransferDifference = z.infer<typeof TransferDifference>;

/** How the deliveries differ from what was sent. What may still come is no difference. */
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

/** The deliveries at a location that it was not sent to. */
export const receiptsElsewhere = ({ sent, receipts }: Transfer): TransferReceipt[] =>
  sent ? receipts.filter(({ by }) => by !== sent.to) : [];

/** It was received where it was not sent. */
export const isReceivedElsewhere = (transfer: Transfer): boolean => receiptsElsewhere(transfer).length > 0;

/** It was received, and not as it was sent. */
export const hasMismatch = (transfer: Transfer): boolean =>
  isReceivedElsewhere(transfer) || transferDifferences(transfer).length > 0;
