import type { CloseStore } from '../../shared/day-close/close-store.ts';
import type { FirstDay } from '../../shared/day-close/first-day-service.ts';
import { isProducer, type Place, type ProducerId } from '../../shared/kernel/ids.ts';
import { addDays, type Clock, type Day, dayOf, daysBetween } from '../../shared/kernel/time.ts';
import type { PassbookStore } from '../../shared/materials/passbook-store.ts';
import { type Checkpoint, keptOf } from '../../shared/reconciliation/checkpoint.ts';
import type { Drift } from '../../shared/reconciliation/drift.ts';
import type { AuditStore } from '../../shared/reconciliation/drift-store.ts';
import type { Since } from '../../shared/reconciliation/ledger-reading.ts';
import { auditOf } from '../../shared/reconciliation/reconcile.ts';
import { auditAccounts } from '../../shared/reconciliation/reconcile-accounts.ts';
import { auditChain } from '../../shared/reconciliation/reconcile-chain.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { twiceSeen } from './confirm-stable.ts';
import { type LogDriftDeps, sayDrift } from './log-drift.ts';
import { type ReadChainDeps, readChain } from './read-chain.ts';
import { type ReadLocationDeps, readLocation } from './read-location.ts';
import { type ReadPassbooksDeps, readPassbook, readPassbooks } from './read-passbooks.ts';
import { type ReconcileSinceDeps, sinceOf } from './reconcile-since.ts';

export type Audited = Pick<Checkpoint, 'location' | 'vouchers' | 'drifts'>;

/** From the first day on, or since the last audit, as far as that found nothing. */
export type Reach = 'the whole book' | 'what changed';

export type ReconcileLocationDeps = {
  readonly audits: AuditStore;
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly firstDay: FirstDay;
  readonly passbook: PassbookStore;
  readonly registry: RegistryStore;
} & LogDriftDeps &
  ReadChainDeps &
  ReadLocationDeps &
  ReadPassbooksDeps &
  ReconcileSinceDeps;

/** A stall or a depot, with the passbooks that draw on it; or a producer's workshop, and of the whole book their passbook too: each night the depots' audits see to that. */
export const auditPlace = async (place: Place, reach: Reach, deps: ReconcileLocationDeps): Promise<Audited> => {
  const book = !isProducer(place) || (await deps.registry.isWorkshop(place));
  const audited = book ? await auditBook(place, reach, deps) : { location: place, vouchers: 0, drifts: [] };
  if (!isProducer(place) || reach === 'what changed') return audited;
  const { vouchers, drifts } = await auditPassbook(place, deps);
  return { location: place, vouchers: audited.vouchers + vouchers, drifts: [...audited.drifts, ...drifts] };
};

const auditBook = async (location: Place, reach: Reach, deps: ReconcileLocationDeps): Promise<Audited> => {
  const { audits, closes, clock } = deps;
  const auditedAt = clock.now();
  const before = await audits.checkpoint(location);
  const head = await closes.head(location);
  const closedTo = head?.to;
  const [mark] = await closes.reopened(location);
  const usual = before?.first ?? (await deps.firstDay(location));
  // What an officer admitted of earlier days has marked them, or they were closed since.
  const [first = usual] = [usual, ...(head ? [head.from] : []), ...(mark ? [mark.day] : [])].toSorted();
  const since = before && reach === 'what changed' ? await sinceOf(location, before, deps) : undefined;
  const quick = since && (await look(location, first, since, deps));
  // What a part of the book makes suspect, the whole of it settles: a return of long ago, or a bill that came while this was read.
  const { vouchers, drifts } = quick?.drifts.length === 0 ? quick : await look(location, first, undefined, deps);
  await audits.keep({ location, auditedAt, first, ...(closedTo && { closedTo }), vouchers, ...keptOf(drifts) });
  if (drifts.length > 0 || before?.drifts.length) await sayDrift(location, deps);
  return { location, vouchers, drifts: [...drifts] };
};

const look = async (location: Place, first: Day, since: Since | undefined, deps: ReconcileLocationDeps) => {
  const today = dayOf(deps.clock.now());
  // A day's vouchers may have happened on the next: the book of the close's own day is read too.
  const days = since ? daysBetween(addDays(since.day, 1), today) : daysBetween(first, today);
  let vouchers = 0;
  const drifts = await twiceSeen(async () => {
    const reading = await readLocation(location, days, since, deps);
    vouchers = reading.vouchers.length;
    const passbooks = await readPassbooks(reading.requests, deps);
    const chain = await readChain(location, days, reading, deps);
    return [...auditOf(reading), ...passbooks.flatMap(auditAccounts), ...auditChain(chain)];
  });
  return { vouchers, drifts };
};

const auditPassbook = async (
  producer: ProducerId,
  deps: ReconcileLocationDeps,
): Promise<Pick<Audited, 'vouchers' | 'drifts'>> => {
  let vouchers = 0;
  const drifts = await twiceSeen(async (): Promise<Drift[]> => {
    const seasons = new Set((await deps.passbook.everyAccount(producer)).map(({ season }) => season));
    const passbooks = await Promise.all([...seasons].map((season) => readPassbook({ producer, season }, [], deps)));
    vouchers = passbooks.flatMap(({ issues }) => issues).length;
    return passbooks.flatMap(auditAccounts);
  });
  return { vouchers, drifts: [...drifts] };
};
