import type { Composition } from '../../shared/api/composition.ts';
import type { LocationId } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import type { Reading, RunUnderWay } from '../../shared/reconciliation/ledger-reading.ts';
import { issuesNamedBy } from '../../shared/reconciliation/reconcile-reservations.ts';

/** What reserves a depot's materials, and what was issued by these vouchers: requests as they surely stand, and all vouchers that they name. */
export const readRequests = async (
  depot: LocationId,
  vouchers: readonly Voucher[],
  tools: Composition,
): Promise<Pick<Reading, 'requests' | 'running' | 'issues'>> => {
  const { running, waiting } = await underWay(depot, tools);
  const queued = await everything((after) => tools.requests.queue(depot, after, 'reserved'));
  const numbers = new Set([...queued.map(({ request }) => request), ...waiting, ...vouchers.flatMap(requestOf)]);
  const requests = [...(await tools.requests.several([...numbers])).values()];
  const issues = new Map(vouchers.map((voucher) => [voucher.number, voucher]));
  for (const number of new Set(requests.flatMap(issuesNamedBy)))
    if (!issues.has(number)) {
      const older = await tools.ledger.find(depot, number).catch(() => undefined);
      if (older) issues.set(number, older);
    }
  return { requests, running, issues };
};

const requestOf = ({ claim }: Voucher): VoucherNumber[] =>
  claim.kind === 'I' && 'request' in claim ? [claim.request] : [];

/** Runs that have taken their materials and not given all of it yet, and whose requests they are for. */
const underWay = async (depot: LocationId, { runs, clock }: Composition) => {
  const today = await runs.find(depot, dayOf(clock.now()));
  const older = await everything((after) => runs.unfinished(depot, after));
  const heads = [...older.filter(({ day }) => day !== today?.day), ...(today ? [today] : [])];
  const running: RunUnderWay[] = [];
  const waiting: VoucherNumber[] = [];
  for (const head of heads.filter(({ state }) => state === 'running')) {
    running.push(head);
    for (let part = 0; part < head.parts; part++)
      waiting.push(...(await runs.record(head, part)).map(({ request }) => request));
  }
  return { running, waiting };
};
