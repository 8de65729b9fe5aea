import { type ItemId, isProducer, type LocationId, type Place } from '../ids.ts';
import { type Instant, millisecondsOf } from '../time.ts';
import { differencesIn, isMismatch, onTheWay, standingOf, stateOf, type Transfer } from '../transfers/transfer.ts';
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

const isLate = ({ sent, received }: Transfer, now: Instant): boolean => {
  const since = sent?.at ?? received?.at;
  return since !== undefined && millisecondsOf(now) - millisecondsOf(since) > OVERDUE_DAYS * DAY;
};

/** Whoever is to receive it, or received it before its dispatch came in, looks where it is. */
export const overdueMatter = (transfer: Transfer, location: LocationId, now: Instant): Seen => {
  const place = transfer.sent?.to ?? transfer.received?.by;
  const waits = standingOf(stateOf(transfer)) === 'open';
  const cause = waits && isLate(transfer, now) && place === location;
  return { ...sourceOf(transfer, location), type: 'overdue', cause };
};

/** How much of each item should have come by now, and did not: nobody can count on it. */
export const overdueItems = (incoming: readonly Transfer[], now: Instant): ReadonlyMap<ItemId, number> => {
  const overdue = new Map<ItemId, number>();
  for (const transfer of incoming.filter((one) => isLate(one, now)))
    for (const [item, quantity] of onTheWay(transfer)) overdue.set(item, (overdue.get(item) ?? 0) + quantity);
  return overdue;
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
