import { isProducer, type LocationId, type Place } from '../ids.ts';
import { type Instant, millisecondsOf } from '../time.ts';
import { differencesIn, isMismatch, standingOf, stateOf, type Transfer } from '../transfers/transfer.ts';
import type { TransferFigures } from './figures.ts';
import type { Seen } from './matter.ts';

/** Days after which goods should have come, and the dispatch of what came before it. The registry does not say otherwise of any place. */
export const OVERDUE_DAYS = 7;
const DAY = 24 * 3_600_000;

const figuresOf = (transfer: Transfer): TransferFigures => {
  const { sent, received } = transfer;
  const [state, differs] = [stateOf(transfer), differencesIn(transfer)];
  return { state, differs, ...(sent && { sent }), ...(received && { received }) };
};

const sourceOf = (transfer: Transfer, location: LocationId) => ({
  ...{ location, about: transfer.dispatch, sourceVersion: transfer.version, figures: figuresOf(transfer) },
});

/** Whoever is to receive it, or received it before its dispatch came in, looks where it is. */
export const overdueMatter = (transfer: Transfer, location: LocationId, now: Instant): Seen => {
  const { sent, received } = transfer;
  const [place, since] = [sent?.to ?? received?.by, sent?.at ?? received?.at];
  const isLate = since !== undefined && millisecondsOf(now) - millisecondsOf(since) > OVERDUE_DAYS * DAY;
  const waits = standingOf(stateOf(transfer)) === 'open';
  return { ...sourceOf(transfer, location), type: 'overdue', cause: waits && isLate && place === location };
};

/** What did not come as it was sent, or not where it was sent, is asked of where it came. */
export const mismatchMatter = (transfer: Transfer, location: LocationId): Seen => ({
  ...{ ...sourceOf(transfer, location), type: 'mismatch' },
  cause: transfer.received?.by === location && isMismatch(transfer),
});

/** What a voucher, written at some place, makes of what gave cause before, or does now. */
export const transferMatters = (
  before: Transfer | undefined,
  after: Transfer,
  at: Place,
  now: Instant,
): readonly Seen[] => {
  const places = new Set([at, after.sent?.to, after.received?.by].filter(isLocation));
  const seenOf = (transfer: Transfer) =>
    [...places].flatMap((place) => [overdueMatter(transfer, place, now), mismatchMatter(transfer, place)]);
  const was = before ? seenOf(before) : [];
  return seenOf(after).filter(({ cause }, which) => cause || was[which]?.cause);
};

const isLocation = (place: Place | undefined): place is LocationId => place !== undefined && !isProducer(place);
