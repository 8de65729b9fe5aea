import { LocationId, type ProducerId } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { PassbookStore } from '../../shared/materials/passbook-store.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import type { Season } from '../../shared/materials/season.ts';
import { auditAccounts, type PassbookReading } from '../../shared/reconciliation/reconcile-accounts.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

type Which = { readonly producer: ProducerId; readonly season: Season };

export type ReadPassbooksDeps = {
  readonly ledger: LedgerStore;
  readonly passbook: PassbookStore;
  readonly registry: RegistryStore;
  readonly requests: RequestStore;
};

/** The passbooks that these requests draw on. */
export const readPassbooks = async (
  requests: readonly MaterialRequest[],
  deps: ReadPassbooksDeps,
): Promise<PassbookReading[]> => {
  const passbooks: PassbookReading[] = [];
  for (const [, mine] of Map.groupBy(requests, ({ producer, season }) => `${producer}#${season}`)) {
    const [which] = mine;
    if (which) passbooks.push(await readPassbook(which, mine, deps));
  }
  return passbooks;
};

/** One passbook. Where these requests are not all that is reserved in it, the queues of all depots are looked at: few draw on more than one. */
export const readPassbook = async (
  { producer, season }: Which,
  requests: readonly MaterialRequest[],
  deps: ReadPassbooksDeps,
): Promise<PassbookReading> => {
  const accounts = (await deps.passbook.everyAccount(producer)).filter((account) => account.season === season);
  const issues = await everything((after) => deps.ledger.drawnBy(producer, season, after));
  const here = { accounts, requests, issues };
  if (!auditAccounts(here).some(({ kind }) => kind === 'reserved')) return here;
  return { ...here, requests: (await reservedAnywhere(deps)).filter((request) => request.producer === producer) };
};

const reservedAnywhere = async ({ registry, requests }: ReadPassbooksDeps): Promise<MaterialRequest[]> => {
  const depots = await everything((after) => registry.list('depots', after));
  const queued = [];
  for (const { id } of depots)
    queued.push(...(await everything((after) => requests.queue(LocationId.parse(id), after, 'reserved'))));
  return [...(await requests.several(queued.map(({ request }) => request))).values()];
};
