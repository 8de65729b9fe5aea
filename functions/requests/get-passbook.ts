import { allPages } from '../../shared/kernel/pages.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import * as contract from '../../shared/ledger/passbook-contract.ts';
import { seasonOf } from '../../shared/materials/entitlement-account.ts';
import type { PassbookStore } from '../../shared/materials/passbook-store.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { type DepotServesDeps, refuseUnserved } from './depot-serves.ts';

type GetPassbookDeps = {
  readonly clock: Clock;
  readonly ledger: LedgerStore;
  readonly passbook: PassbookStore;
} & DepotServesDeps;

export const getPassbook = operation(
  contract.getPassbook,
  async ({ path: { producer }, query, caller }, deps: GetPassbookDeps) => {
    const unserved = await refuseUnserved(caller, producer, deps);
    if (unserved) return unserved;
    const season = query.season ?? seasonOf(dayOf(deps.clock.now()));
    const entries = await allPages((after) => deps.passbook.season(producer, season, after));
    const issues = await allPages((after) => deps.ledger.issuesTo(producer, season, after));
    return ok({
      producer,
      season,
      accounts: entries.flatMap((entry) => ('account' in entry ? [entry.account] : [])),
      grants: entries.flatMap((entry) => ('grant' in entry ? [entry.grant] : [])),
      issues,
    });
  },
);
