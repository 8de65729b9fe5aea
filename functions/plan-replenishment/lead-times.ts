import type { LocationId, SellerId } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { leadDays, type Trip } from '../../shared/replenishment/lead-time.ts';
import { stateOf, type Transfer } from '../../shared/transfers/transfer.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

/** A trip ends with the last delivery. A transfer that closed before any delivery is no trip. */
const tripOf = (transfer: Transfer): Trip[] => {
  const { sent, receipts } = transfer;
  if (!sent) return [];
  if (stateOf(transfer) === 'open') return [{ dispatchedAt: sent.at }];
  const [receivedAt] = receipts
    .map(({ at }) => at)
    .toSorted()
    .toReversed();
  return receivedAt ? [{ dispatchedAt: sent.at, receivedAt }] : [];
};

export type LeadTimesDeps = { readonly clock: Clock; readonly transfers: TransferStore };

/** How many days goods of a seller take to come here, from those that did lately, and what is on its way. */
export const leadsTo = async (
  location: LocationId,
  usual: number,
  { transfers, clock }: LeadTimesDeps,
): Promise<(seller: SellerId) => number> => {
  const pages = [await transfers.of('incoming', location, 'open'), await transfers.of('incoming', location, 'closed')];
  const bySeller = Map.groupBy(
    pages.flatMap(({ rows }) => rows),
    ({ seller }) => seller,
  );
  const now = clock.now();
  return (seller) => leadDays((bySeller.get(seller) ?? []).flatMap(tripOf), usual, now);
};
