import { isProducer, type LocationId, stockLocationKind } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { Day } from '../../shared/kernel/time.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import { claimReferences } from '../../shared/ledger/decide.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import type { LedgerReading, ReconciliationBaseline } from '../../shared/reconciliation/ledger-reading.ts';
import { missingVouchersOf } from '../../shared/reconciliation/missing-vouchers.ts';
import type { ReconciliationStore } from '../../shared/reconciliation/reconciliation-store.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import type { Transfer } from '../../shared/transfers/transfer.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';
import { type ReadRequestsDeps, readRequests } from './read-requests.ts';

export type ReadLocationDeps = {
  readonly audits: ReconciliationStore;
  readonly stock: StockStore;
  readonly transfers: TransferStore;
} & ReadRequestsDeps;

/**
 * A location on these days, the first of all or since a close: first what is kept of it, then its vouchers. So whatever lands meanwhile is among the vouchers, and what it
 * moved has another version by the next look.
 */
export const readLocation = async (
  location: LocationId,
  days: readonly Day[],
  since: ReconciliationBaseline | undefined,
  deps: ReadLocationDeps,
): Promise<LedgerReading> => {
  const rows = isProducer(location) ? [] : await allPages((after) => deps.stock.at(location, after));
  const listed = await readListedTransfers(location, since, deps);
  const backs = [];
  for (const day of days) backs.push(...(await allPages((after) => deps.audits.backs(location, day, after))));
  const entries = [];
  for (const day of days) entries.push(...(await allPages((after) => deps.audits.day(location, day, after))));
  const vouchers = entries.flatMap(({ voucher }) => voucher ?? []);
  // A return may name a bill of a phone that was a year off: what came back of it is kept beside a day that has no book.
  for (const day of since ? [] : daysOfOtherVouchers(vouchers, days))
    backs.push(...(await allPages((after) => deps.audits.backs(location, day, after))));
  const faulty = entries.flatMap((entry) => entry.fault ?? []);
  const materials =
    !isProducer(location) && stockLocationKind(location) === 'depots'
      ? await readRequests(location, vouchers, deps)
      : { requests: [], runningAllocations: [], issues: new Map() };
  const transfers = [...listed, ...(await readOtherTransfers(vouchers, listed, deps))];
  return {
    location,
    baseline: since,
    stockRows: rows,
    returnedQuantities: backs,
    transfers,
    vouchers,
    faultyVouchers: faulty,
    missingVouchers: missingVouchersOf(vouchers),
    ...materials,
  };
};

/** All of them; or since a close, those that are on their way here, beside which the ones that its vouchers name are read. */
const readListedTransfers = async (
  location: LocationId,
  since: ReconciliationBaseline | undefined,
  { transfers }: ReadLocationDeps,
) => {
  const lists = since
    ? ([['incoming', 'open']] as const)
    : ([
        ['incoming', 'all'],
        ['outgoing', 'all'],
      ] as const);
  const read = lists.map(([way, standing]) => allPages((after) => transfers.of(way, location, standing, after)));
  return (await Promise.all(read)).flat();
};

/** What was sent elsewhere and received here, what is not in the lists yet, and what is in none. */
const readOtherTransfers = (
  vouchers: readonly Voucher[],
  listed: readonly Transfer[],
  { transfers }: ReadLocationDeps,
): Promise<Transfer[]> => {
  const known = new Set(listed.map(({ dispatch }) => dispatch));
  const named = vouchers.flatMap(({ number, claim }) =>
    claim.kind === 'D' && 'lines' in claim ? number : (claimReferences(claim).dispatch ?? []),
  );
  return transfers.among([...new Set(named)].filter((dispatch) => !known.has(dispatch)));
};

const daysOfOtherVouchers = (vouchers: readonly Voucher[], read: readonly Day[]): Day[] => {
  const named = vouchers.flatMap(({ claim, outcome }) => {
    if (claim.kind !== 'V' || !('of' in claim)) return [];
    const sale = 'sale' in outcome ? outcome.sale : undefined;
    return [claim.of, ...(sale ? [sale.of] : [])].map((of) => partsOf(of).day);
  });
  return [...new Set(named)].filter((day) => !read.includes(day));
};
