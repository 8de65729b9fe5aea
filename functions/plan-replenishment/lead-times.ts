import type { SellerId, StockLocationId } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { leadDaysOf, type Trip } from '../../shared/replenishment/lead-time.ts';
import { type Transfer, transferStateOf } from '../../shared/transfers/transfer.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

/** A transfer closed without delivery is no trip. */
const tripsOf = (transfer: Transfer): Trip[] => {
  const { sent, receipts } = transfer;
  if (!sent) return [];
  if (transferStateOf(transfer) === 'open') return [{ dispatchedAt: sent.at }];
  const [receivedAt] = receipts
    .map(({ at }) => at)
    .toSorted()
    .toReversed();
  return receivedAt ? [{ dispatchedAt: sent.at, receivedAt }] : [];
};

export type LeadTimesDeps = { readonly clock: Clock; readonly transfers: TransferStore };

/** Days by seller. */
export const readLeadTimes = async (
  location: StockLocationId,
  registered: number,
  { transfers, clock }: LeadTimesDeps,
): Promise<(seller: SellerId) => number> => {
  const pages = [await transfers.of('incoming', location, 'open'), await transfers.of('incoming', location, 'closed')];
  const bySeller = Map.groupBy(
    pages.flatMap(({ rows }) => rows),
    ({ seller }) => seller,
  );
  const now = clock.now();
  return (seller) => leadDaysOf((bySeller.get(seller) ?? []).flatMap(tripsOf), registered, now);
};
