import type { StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { claimReferences, type Voucher } from '../../shared/ledger/voucher.ts';
import type { AllocationRunStore } from '../../shared/materials/allocation-run-store.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import type { LedgerReading, RunningAllocation } from '../../shared/reconciliation/ledger-reading.ts';
import { issueNumbersOf } from '../../shared/reconciliation/reconcile-reservations.ts';

export type ReadRequestsDeps = {
  readonly clock: Clock;
  readonly ledger: LedgerStore;
  readonly requests: RequestStore;
  readonly runs: AllocationRunStore;
};

/** Strongly consistent. Only requests that reserve stock or were issued. */
export const readRequests = async (
  depot: StockLocationId,
  vouchers: readonly Voucher[],
  deps: ReadRequestsDeps,
): Promise<Pick<LedgerReading, 'requests' | 'runningAllocations' | 'issues'>> => {
  const { running, numbersInRuns } = await readRunningAllocations(depot, deps);
  const queued = await allPages((after) => deps.requests.queue(depot, after, 'reserved'));
  const numbers = new Set([
    ...queued.map(({ request }) => request),
    ...numbersInRuns,
    ...vouchers.flatMap(({ claim }) => claimReferences(claim).request ?? []),
  ]);
  const requests = [...(await deps.requests.several([...numbers])).values()];
  const issues = new Map(vouchers.map((voucher) => [voucher.number, voucher]));
  for (const number of new Set(requests.flatMap(issueNumbersOf)))
    if (!issues.has(number)) {
      const older = await deps.ledger.find(depot, number).catch(() => undefined);
      if (older) issues.set(number, older);
    }
  return { requests, runningAllocations: running, issues };
};

const readRunningAllocations = async (depot: StockLocationId, { runs, clock }: ReadRequestsDeps) => {
  const today = await runs.find(depot, dayOf(clock.now()));
  const older = await allPages((after) => runs.unfinished(depot, after));
  const heads = [...older.filter(({ day }) => day !== today?.day), ...(today ? [today] : [])];
  const running: RunningAllocation[] = [];
  const numbersInRuns: VoucherNumber[] = [];
  for (const head of heads.filter(({ state }) => state === 'running')) {
    running.push(head);
    for (let part = 0; part < head.parts; part++)
      numbersInRuns.push(...(await runs.record(head, part)).map(({ request }) => request));
  }
  return { running, numbersInRuns };
};
