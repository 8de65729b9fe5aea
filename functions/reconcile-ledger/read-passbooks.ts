import { type ProducerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { Season } from '../../shared/materials/entitlement-account.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { PassbookStore } from '../../shared/materials/passbook-store.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { type PassbookReading, reconcileAccounts } from '../../shared/reconciliation/reconcile-accounts.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

type PassbookKey = { readonly producer: ProducerId; readonly season: Season };

export type ReadPassbooksDeps = {
  readonly ledger: LedgerStore;
  readonly passbook: PassbookStore;
  readonly registry: RegistryStore;
  readonly requests: RequestStore;
};

export const readPassbooks = async (
  requests: readonly MaterialRequest[],
  deps: ReadPassbooksDeps,
): Promise<PassbookReading[]> => {
  const passbooks: PassbookReading[] = [];
  for (const [, ofPassbook] of Map.groupBy(requests, ({ producer, season }) => `${producer}#${season}`)) {
    const [first] = ofPassbook;
    if (first) passbooks.push(await readPassbook(first, ofPassbook, deps));
  }
  return passbooks;
};

/** If reservations differ, reads the queues of all depots. Few producers use more than one. */
export const readPassbook = async (
  { producer, season }: PassbookKey,
  requests: readonly MaterialRequest[],
  deps: ReadPassbooksDeps,
): Promise<PassbookReading> => {
  const accounts = (await deps.passbook.everyAccount(producer)).filter((account) => account.season === season);
  const issues = await allPages((after) => deps.ledger.issuesTo(producer, season, after));
  const reading = { accounts, requests, issues };
  if (!reconcileAccounts(reading).some(({ kind }) => kind === 'reserved')) return reading;
  return {
    ...reading,
    requests: (await readAllReservedRequests(deps)).filter((request) => request.producer === producer),
  };
};

const readAllReservedRequests = async ({ registry, requests }: ReadPassbooksDeps): Promise<MaterialRequest[]> => {
  const depots = await allPages((after) => registry.list('depots', after));
  const queued = [];
  for (const { id } of depots)
    queued.push(...(await allPages((after) => requests.queue(StockLocationId.parse(id), after, 'reserved'))));
  return [...(await requests.several(queued.map(({ request }) => request))).values()];
};
