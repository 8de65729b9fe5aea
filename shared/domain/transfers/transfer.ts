import * as z from 'zod';
import { ItemId, LocationId, Place, SellerId } from '../ids.ts';
import { Paise, Version } from '../quantity.ts';
import { Instant } from '../time.ts';
import { VoucherNumber } from '../vouchers/number.ts';

const amount = z.int().min(0);

/** Of one item, in base units: what was sent, what the receipt said of it, and what the sender took back. `unitCost` as it was sent. */
export const TransferLine = z.strictObject({
  item: ItemId,
  dispatched: amount,
  accepted: amount,
  rejected: amount,
  takenBack: amount,
  unitCost: Paise.optional(),
});
export type TransferLine = z.infer<typeof TransferLine>;

/** `open`: on its way. `early`: received, and its dispatch has not come in. `void`: an early receipt that was taken back whole. */
export const TRANSFER_STATES = ['open', 'early', 'closed', 'void'] as const;
export const TransferState = z.enum(TRANSFER_STATES);
export type TransferState = z.infer<typeof TransferState>;

/** All that is known of one dispatch, under its number: what its voucher said (`sent`), and the one receipt that closed it (`received`). */
export const Transfer = z.strictObject({
  dispatch: VoucherNumber,
  seller: SellerId,
  sent: z.strictObject({ from: Place, to: LocationId, at: Instant }).optional(),
  received: z.strictObject({ receipt: VoucherNumber, by: LocationId, at: Instant }).optional(),
  lines: z.array(TransferLine),
  version: Version,
});
export type Transfer = z.infer<typeof Transfer>;

type Items = ReadonlyMap<ItemId, number>;

/** What of it is on its way to where it was sent. */
export const onTheWay = ({ sent, received, lines }: Transfer): Items =>
  new Map(
    sent && !received
      ? lines.map(({ item, dispatched, takenBack }) => [item, Math.max(0, dispatched - takenBack)] as const)
      : [],
  );

export const stateOf = (transfer: Transfer): TransferState => {
  if (transfer.received) return transfer.sent ? 'closed' : 'early';
  if (!transfer.sent) return 'void';
  return [...onTheWay(transfer).values()].some((quantity) => quantity > 0) ? 'open' : 'closed';
};

/** What comes to a place, or leaves it. */
export const Way = z.enum(['incoming', 'outgoing']);
export type Way = z.infer<typeof Way>;

/** Somebody is still to come forward: the receiver of what is on its way, or the sender of what came early. */
export type Standing = 'open' | 'closed';
export const standingOf = (state: TransferState): Standing =>
  state === 'open' || state === 'early' ? 'open' : 'closed';

/** It was sent from there, or to there, or was received there. */
export const isOf = ({ sent, received }: Transfer, place: Place): boolean =>
  sent?.from === place || sent?.to === place || received?.by === place;

/**
 * What became of a line once it was received: `accepted + rejected + missing + takenBack = dispatched`. What is `missing` below zero came too
 * much. What was taken back is first of what is missing, then of what was rejected, in whichever order the vouchers come in.
 */
export const settled = ({ dispatched, accepted, rejected, takenBack }: TransferLine) => {
  const twice = accepted + rejected + takenBack - dispatched;
  const rejectedStill = rejected - Math.max(0, Math.min(twice, rejected, takenBack));
  return { rejected: rejectedStill, missing: dispatched - takenBack - accepted - rejectedStill };
};

/** A line that did not come as it was sent: what of it was rejected, and what is missing or, below zero, too much. */
export const Difference = z.strictObject({ item: ItemId, rejected: amount, missing: z.int() });
export type Difference = z.infer<typeof Difference>;

/** How what was received differs from what was sent; nothing until both are known. */
export const differencesIn = ({ sent, received, lines }: Transfer): Difference[] =>
  sent && received
    ? lines
        .map((line) => ({ item: line.item, ...settled(line) }))
        .filter(({ rejected, missing }) => rejected !== 0 || missing !== 0)
    : [];

/** It was received where it was not sent. */
export const isElsewhere = ({ sent, received }: Transfer): boolean =>
  sent !== undefined && received !== undefined && sent.to !== received.by;

/** It was received, and not as it was sent. */
export const isMismatch = (transfer: Transfer): boolean => isElsewhere(transfer) || differencesIn(transfer).length > 0;
