import { isProducer, type LocationId, type Place } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import { isLate } from '../../transfers/overdue.ts';
import {
  differencesIn,
  elsewhereIn,
  isMismatch,
  standingOf,
  stateOf,
  type Transfer,
} from '../../transfers/transfer.ts';
import type { TransferFigures } from '../evidence.ts';
import type { Seen } from '../exception-alert.ts';

const figuresOf = (transfer: Transfer): TransferFigures => {
  const { sent } = transfer;
  const receipts = transfer.receipts.map(({ lines: _lines, ...receipt }) => receipt);
  return { state: stateOf(transfer), differs: differencesIn(transfer), ...(sent && { sent }), receipts };
};

const sourceOf = (transfer: Transfer, location: LocationId) => ({
  ...{ location, about: transfer.dispatch, sourceVersion: transfer.version, figures: figuresOf(transfer) },
});

/** Whoever is to receive it, or received it first and before its dispatch came in, looks where it is, or the rest of it. */
export const overdueMatter = (transfer: Transfer, location: LocationId, now: Instant): Seen => {
  const place = transfer.sent?.to ?? transfer.receipts[0]?.by;
  const waits = standingOf(stateOf(transfer)) === 'open';
  const cause = waits && isLate(transfer, now) && place === location;
  return { ...sourceOf(transfer, location), type: 'overdue', cause };
};

/** What did not come as it was sent is asked of where it was sent; what came elsewhere, of its sender and of who has it too. */
export const mismatchMatter = (transfer: Transfer, location: LocationId): Seen => ({
  ...{ ...sourceOf(transfer, location), type: 'mismatch' },
  cause: isMismatch(transfer) && concernedBy(transfer).has(location),
});

const concernedBy = (transfer: Transfer): ReadonlySet<Place> => {
  const elsewhere = elsewhereIn(transfer).map(({ by }) => by);
  const { sent } = transfer;
  return new Set(
    [sent?.to, ...(elsewhere.length > 0 ? [sent?.from, ...elsewhere] : [])].filter((at) => at !== undefined),
  );
};

/** What a voucher, written at some place, makes of what gave cause before, or does now. */
export const transferMatters = (
  before: Transfer | undefined,
  after: Transfer,
  at: Place,
  now: Instant,
): readonly Seen[] => {
  const { sent, receipts } = after;
  const places = new Set([at, sent?.from, sent?.to, ...receipts.map(({ by }) => by)].filter(isLocation));
  const seenOf = (transfer: Transfer) =>
    [...places].flatMap((place) => [overdueMatter(transfer, place, now), mismatchMatter(transfer, place)]);
  const was = before ? seenOf(before) : [];
  return seenOf(after).filter(({ cause }, which) => cause || was[which]?.cause);
};

const isLocation = (place: Place | undefined): place is LocationId => place !== undefined && !isProducer(place);
