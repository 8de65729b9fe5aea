import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { type Hash, hashOfBook } from '../../shared/day-close/day-close.ts';
import type { SealStore } from '../../shared/day-close/seal-store.ts';
import type { LocationId } from '../../shared/kernel/ids.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import type { LedgerReading } from '../../shared/reconciliation/ledger-reading.ts';
import type { ChainReading } from '../../shared/reconciliation/reconcile-chain.ts';
import type { ReconciliationStore } from '../../shared/reconciliation/reconciliation-store.ts';

const CONCURRENCY = 8;

export type ReadChainDeps = {
  readonly audits: ReconciliationStore;
  readonly closes: CloseStore;
  readonly seals: SealStore;
};

/** A concurrent voucher shows as a mark or in the next reading. */
export const readChain = async (
  location: LocationId,
  days: readonly Day[],
  { vouchers, faultyVouchers, missingVouchers, baseline }: LedgerReading,
  { audits, closes, seals: sealStore }: ReadChainDeps,
): Promise<ChainReading> => {
  const head = await closes.head(location);
  const reopened = await closes.reopened(location);
  const entries = await audits.links(location, baseline?.day);
  const links = entries.flatMap((entry) => ('unreadable' in entry ? [] : [entry]));
  const seals = new Map<number, Hash>();
  // One beyond the end: cutting the chain does not delete its seal.
  const sequences = [...links.map(({ sequence }) => sequence), ...(head ? [] : [1]), (head?.sequence ?? 0) + 1];
  await concurrently(CONCURRENCY, new Set(sequences), async (sequence) => {
    const seal = await sealStore.find(location, sequence);
    if (seal !== undefined) seals.set(sequence, seal);
  });
  const byDay = Map.groupBy(vouchers, ({ number }) => partsOf(number).day);
  const suspectsByDay = Map.groupBy(
    [...faultyVouchers.map(({ number }) => number), ...missingVouchers],
    (number) => partsOf(number).day,
  );
  return {
    links,
    isWhole: baseline === undefined,
    head,
    seals,
    unreadable: entries.flatMap((entry) => ('unreadable' in entry ? [entry.unreadable] : [])),
    unsealed: new Set(head?.unsealed.map(({ sequence }) => sequence)),
    books: new Map(days.map((day) => [day, hashOfBook(byDay.get(day) ?? [])])),
    // A late voucher marks our day. By its device's clock it may be on the next.
    reopened: new Set(reopened.flatMap(({ day, times }) => (times > 0 ? [day, addDays(day, 1)] : [day]))),
    suspects: (day) => suspectsByDay.get(day) ?? [],
  };
};
