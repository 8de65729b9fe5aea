import type { CloseStore } from '../../shared/day-close/close-store.ts';
import type { FirstDay } from '../../shared/day-close/first-day-service.ts';
import { isProducer, type LocationId, type ProducerId } from '../../shared/kernel/ids.ts';
import { addDays, type Clock, type Day, dayOf, daysWithMargin } from '../../shared/kernel/time.ts';
import type { PassbookStore } from '../../shared/materials/passbook-store.ts';
import { type ReconciliationCheckpoint, storedDriftsOf } from '../../shared/reconciliation/checkpoint.ts';
import type { Drift } from '../../shared/reconciliation/drift.ts';
import type { ReconciliationBaseline } from '../../shared/reconciliation/ledger-reading.ts';
import { reconcileAccounts } from '../../shared/reconciliation/reconcile-accounts.ts';
import { reconcileChain } from '../../shared/reconciliation/reconcile-chain.ts';
import { reconcileReading } from '../../shared/reconciliation/reconcile-reading.ts';
import type { ReconciliationStore } from '../../shared/reconciliation/reconciliation-store.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { confirmStable } from './confirm-stable.ts';
import { evaluateDriftAlert, type LogDriftDeps } from './evaluate-drift-alert.ts';
import { type ReconcileSinceDeps, readBaseline } from './read-baseline.ts';
import { type ReadChainDeps, readChain } from './read-chain.ts';
import { type ReadLocationDeps, readLocation } from './read-location.ts';
import { type ReadPassbooksDeps, readPassbook, readPassbooks } from './read-passbooks.ts';

export type ReconciliationResult = Pick<ReconciliationCheckpoint, 'location' | 'vouchers' | 'drifts'>;

/** From the first day on, or since the last audit, as far as that found nothing. */
export type ReconciliationScope = 'the whole book' | 'what changed';

export type ReconcileLocationDeps = {
  readonly audits: ReconciliationStore;
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
export const reconcileLocation = async (
  place: LocationId,
  reach: ReconciliationScope,
  deps: ReconcileLocationDeps,
): Promise<ReconciliationResult> => {
  const book = !isProducer(place) || (await deps.registry.isWorkshop(place));
  const audited = book ? await reconcileDayBooks(place, reach, deps) : { location: place, vouchers: 0, drifts: [] };
  if (!isProducer(place) || reach === 'what changed') return audited;
  const { vouchers, drifts } = await reconcilePassbook(place, deps);
  return { location: place, vouchers: audited.vouchers + vouchers, drifts: [...audited.drifts, ...drifts] };
};

const reconcileDayBooks = async (
  location: LocationId,
  reach: ReconciliationScope,
  deps: ReconcileLocationDeps,
): Promise<ReconciliationResult> => {
  const { audits, closes, clock } = deps;
  const auditedAt = clock.now();
  const before = await audits.checkpoint(location);
  const head = await closes.head(location);
  const closedTo = head?.to;
  const [mark] = await closes.reopened(location);
  const usual = before?.first ?? (await deps.firstDay(location));
  // What an officer admitted of earlier days has marked them, or they were closed since.
  const [first = usual] = [usual, ...(head ? [head.from] : []), ...(mark ? [mark.day] : [])].toSorted();
  const since = before && reach === 'what changed' ? await readBaseline(location, before, deps) : undefined;
  const quick = since && (await readDrifts(location, first, since, deps));
  // What a part of the book makes suspect, the whole of it settles: a return of long ago, or a bill that came while this was read.
  const { vouchers, drifts } = quick?.drifts.length === 0 ? quick : await readDrifts(location, first, undefined, deps);
  await audits.keep({ location, auditedAt, first, ...(closedTo && { closedTo }), vouchers, ...storedDriftsOf(drifts) });
  if (drifts.length > 0 || before?.drifts.length) await evaluateDriftAlert(location, deps);
  return { location, vouchers, drifts: [...drifts] };
};

const readDrifts = async (
  location: LocationId,
  first: Day,
  since: ReconciliationBaseline | undefined,
  deps: ReconcileLocationDeps,
) => {
  const today = dayOf(deps.clock.now());
  // A day's vouchers may have happened on the next: the book of the close's own day is read too.
  const days = since ? daysWithMargin(addDays(since.day, 1), today) : daysWithMargin(first, today);
  let vouchers = 0;
  const drifts = await confirmStable(async () => {
    const reading = await readLocation(location, days, since, deps);
    vouchers = reading.vouchers.length;
    const passbooks = await readPassbooks(reading.requests, deps);
    const chain = await readChain(location, days, reading, deps);
    return [...reconcileReading(reading), ...passbooks.flatMap(reconcileAccounts), ...reconcileChain(chain)];
  });
  return { vouchers, drifts };
};

const reconcilePassbook = async (
  producer: ProducerId,
  deps: ReconcileLocationDeps,
): Promise<Pick<ReconciliationResult, 'vouchers' | 'drifts'>> => {
  let vouchers = 0;
  const drifts = await confirmStable(async (): Promise<Drift[]> => {
    const seasons = new Set((await deps.passbook.everyAccount(producer)).map(({ season }) => season));
    const passbooks = await Promise.all([...seasons].map((season) => readPassbook({ producer, season }, [], deps)));
    vouchers = passbooks.flatMap(({ issues }) => issues).length;
    return passbooks.flatMap(reconcileAccounts);
  });
  return { vouchers, drifts: [...drifts] };
};
