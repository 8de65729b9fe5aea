import { hashOfBook } from '../../shared/day-close/close-hash.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import type { Hash } from '../../shared/day-close/day-close.ts';
import type { SealStore } from '../../shared/day-close/seal-store.ts';
import type { LocationId } from '../../shared/kernel/ids.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import { concurrently } from '../../shared/platform/concurrently.ts';
import type { LedgerReading } from '../../shared/reconciliation/ledger-reading.ts';
import type { ChainReading } from '../../shared/reconciliation/reconcile-chain.ts';
import type { ReconciliationStore } from '../../shared/reconciliation/reconciliation-store.ts';

const CONCURRENCY = 8;

export type ReadChainDeps = {
  readonly audits: ReconciliationStore;
  readonly closes: CloseStore;
  readonly seals: SealStore;
};

/** The closes of a location and their seals; the vouchers were read before, and what landed since shows in a mark, or in the next look. */
export const readChain = async (
  location: LocationId,
  days: readonly Day[],
  { vouchers, faultyVouchers, missingVouchers, baseline }: LedgerReading,
  { audits, closes, seals: sealed }: ReadChainDeps,
): Promise<ChainReading> => {
  const head = await closes.head(location);
  const reopened = await closes.reopened(location);
  const read = await audits.links(location, baseline?.day);
  const links = read.flatMap((one) => ('unreadable' in one ? [] : [one]));
  const seals = new Map<number, Hash>();
  // One more than there are: who cuts off the end of a chain does not reach its seal.
  const sequences = [...links.map(({ sequence }) => sequence), ...(head ? [] : [1]), (head?.sequence ?? 0) + 1];
  await concurrently(CONCURRENCY, new Set(sequences), async (sequence) => {
    const seal = await sealed.find(location, sequence);
    if (seal !== undefined) seals.set(sequence, seal);
  });
  const byDay = Map.groupBy(vouchers, ({ number }) => partsOf(number).day);
  const suspected = Map.groupBy(
    [...faultyVouchers.map(({ number }) => number), ...missingVouchers],
    (number) => partsOf(number).day,
  );
  return {
    ...{ links, isWhole: baseline === undefined, head, seals },
    unreadable: read.flatMap((one) => ('unreadable' in one ? [one.unreadable] : [])),
    unsealed: new Set(head?.unsealed.map(({ sequence }) => sequence)),
    books: new Map(days.map((day) => [day, hashOfBook(byDay.get(day) ?? [])])),
    // What came late marks the day on which it happened, by our clock; by its device's it may be in the book of the day after, which is marked by the close of that.
    reopened: new Set(reopened.flatMap(({ day, times }) => (times > 0 ? [day, addDays(day, 1)] : [day]))),
    suspects: (day) => suspected.get(day) ?? [],
  };
};
