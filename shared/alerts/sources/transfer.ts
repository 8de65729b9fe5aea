import { isProducer, type LocationId, type StockLocationId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import { isOverdue } from '../../transfers/overdue.ts';
import {
  hasMismatch,
  receiptsElsewhere,
  type Transfer,
  transferDifferences,
  transferStateOf,
  transferStatusOf,
} from '../../transfers/transfer.ts';
import type { TransferEvidence } from '../evidence.ts';
import type { AlertSource } from '../exception-alert.ts';

const evidenceOf = (transfer: Transfer): TransferEvidence => {
  const { sent } = transfer;
  const receipts = transfer.receipts.map(({ lines: _lines, ...receipt }) => receipt);
  return { state: transferStateOf(transfer), differs: transferDifferences(transfer), ...(sent && { sent }), receipts };
};

const transferSourceFields = (transfer: Transfer, location: StockLocationId) => ({
  ...{ location, about: transfer.dispatch, sourceVersion: transfer.version, figures: evidenceOf(transfer) },
});

/** Whoever is to receive it, or received it first and before its dispatch came in, looks where it is, or the rest of it. */
export const overdueSource = (transfer: Transfer, location: StockLocationId, now: Instant): AlertSource => {
  const place = transfer.sent?.to ?? transfer.receipts[0]?.by;
  const waits = transferStatusOf(transferStateOf(transfer)) === 'open';
  const cause = waits && isOverdue(transfer, now) && place === location;
  return { ...transferSourceFields(transfer, location), type: 'overdue', cause };
};

/** What did not come as it was sent is asked of where it was sent; what came elsewhere, of its sender and of who has it too. */
export const mismatchSource = (transfer: Transfer, location: StockLocationId): AlertSource => ({
  ...{ ...transferSourceFields(transfer, location), type: 'mismatch' },
  cause: hasMismatch(transfer) && concernedLocations(transfer).has(location),
});

const concernedLocations = (transfer: Transfer): ReadonlySet<LocationId> => {
  const elsewhere = receiptsElsewhere(transfer).map(({ by }) => by);
  const { sent } = transfer;
  return new Set(
    [sent?.to, ...(elsewhere.length > 0 ? [sent?.from, ...elsewhere] : [])].filter((at) => at !== undefined),
  );
};

/** What a voucher, written at some place, makes of what gave cause before, or does now. */
export const transferSources = (
  before: Transfer | undefined,
  after: Transfer,
  at: LocationId,
  now: Instant,
): readonly AlertSource[] => {
  const { sent, receipts } = after;
  const places = new Set([at, sent?.from, sent?.to, ...receipts.map(({ by }) => by)].filter(isLocation));
  const seenOf = (transfer: Transfer) =>
    [...places].flatMap((place) => [overdueSource(transfer, place, now), mismatchSource(transfer, place)]);
  const was = before ? seenOf(before) : [];
  return seenOf(after).filter(({ cause }, which) => cause || was[which]?.cause);
};

const isLocation = (place: LocationId | undefined): place is StockLocationId =>
  place !== undefined && !isProducer(place);
