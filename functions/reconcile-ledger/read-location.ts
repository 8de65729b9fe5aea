import { isProducer, type LocationId, stockLocationKind } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { Day } from '../../shared/kernel/time.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import { isReversal } from '../../shared/ledger/kinds/reversal.ts';
import { transferOf } from '../../shared/ledger/transfer-vouchers.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import {
  type LedgerReading,
  missingVouchersOf,
  type ReconciliationBaseline,
} from '../../shared/reconciliation/ledger-reading.ts';
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
 * Reads figures before vouchers: a concurrent voucher changes a row version in the next reading.
 */
export const readLocation = async (
  location: LocationId,
  days: readonly Day[],
  since: ReconciliationBaseline | undefined,
  deps: ReadLocationDeps,
): Promise<LedgerReading> => {
  const stockRows = isProducer(location) ? [] : await allPages((after) => deps.stock.at(location, after));
  const listed = await readListedTransfers(location, since, deps);
  const returnedQuantities = [];
  for (const day of days)
    returnedQuantities.push(...(await allPages((after) => deps.audits.backs(location, day, after))));
  const entries = [];
  for (const day of days) entries.push(...(await allPages((after) => deps.audits.day(location, day, after))));
  const vouchers = entries.flatMap(({ voucher }) => voucher ?? []);
  // A wrong clock may date a sale on a day without a day book.
  for (const day of since ? [] : daysOfOtherVouchers(vouchers, days))
    returnedQuantities.push(...(await allPages((after) => deps.audits.backs(location, day, after))));
  const faultyVouchers = entries.flatMap((entry) => entry.fault ?? []);
  const materials =
    !isProducer(location) && stockLocationKind(location) === 'depots'
      ? await readRequests(location, vouchers, deps)
      : { requests: [], runningAllocations: [], issues: new Map() };
  const transfers = [...listed, ...(await readOtherTransfers(vouchers, listed, deps))];
  return {
    location,
    baseline: since,
    stockRows,
    returnedQuantities,
    transfers,
    vouchers,
    faultyVouchers,
    missingVouchers: missingVouchersOf(vouchers),
    ...materials,
  };
};

/** Since a baseline, only the open incoming ones. */
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

/** Redirection and index delay hide these from the lists. */
const readOtherTransfers = (
  vouchers: readonly Voucher[],
  listed: readonly Transfer[],
  { transfers }: ReadLocationDeps,
): Promise<Transfer[]> => {
  const listedNumbers = new Set(listed.map(({ dispatch }) => dispatch));
  const named = vouchers.flatMap((voucher) => transferOf(voucher) ?? []);
  return transfers.among([...new Set(named)].filter((dispatch) => !listedNumbers.has(dispatch)));
};

const daysOfOtherVouchers = (vouchers: readonly Voucher[], daysRead: readonly Day[]): Day[] => {
  const named = vouchers.flatMap(({ claim, outcome }) => {
    if (!isReversal(claim)) return [];
    const sale = 'sale' in outcome ? outcome.sale : undefined;
    return [claim.of, ...(sale ? [sale.of] : [])].map((of) => partsOf(of).day);
  });
  return [...new Set(named)].filter((day) => !daysRead.includes(day));
};
