import { countAlerts } from '../../shared/alerts/alert-evaluation-service.ts';
import type { EvaluateExceptionAlert } from '../../shared/alerts/exception-alert-service.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { openingBalanceOf } from '../../shared/day-close/day-totals.ts';
import { isProducer, type LocationId, type ProducerId } from '../../shared/kernel/ids.ts';
import { toCanonicalJson } from '../../shared/kernel/json.ts';
import { addDays, type Clock, type Day, dayOf, daysWithMargin } from '../../shared/kernel/time.ts';
import type { PassbookStore } from '../../shared/materials/passbook-store.ts';
import { RETRY, retry } from '../../shared/platform/retry.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import { type Drift, type ReconciliationCheckpoint, storedDriftsOf } from '../../shared/reconciliation/drift.ts';
import type { ReconciliationBaseline } from '../../shared/reconciliation/ledger-reading.ts';
import { reconcileAccounts } from '../../shared/reconciliation/reconcile-accounts.ts';
import { reconcileChain } from '../../shared/reconciliation/reconcile-chain.ts';
import { reconcileReading } from '../../shared/reconciliation/reconcile-reading.ts';
import type { ReconciliationStore } from '../../shared/reconciliation/reconciliation-store.ts';
import type { FirstDay } from '../../shared/registry/enrolment-service.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type ReadChainDeps, readChain } from './read-chain.ts';
import { type ReadLocationDeps, readLocation } from './read-location.ts';
import { type ReadPassbooksDeps, readPassbook, readPassbooks } from './read-passbooks.ts';

export type ReconciliationResult = Pick<ReconciliationCheckpoint, 'location' | 'vouchers' | 'drifts'>;

/** `what changed`: since the last reconciliation without drift. */
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

/** The depots' nightly runs check a producer's passbook. */
export const reconcileLocation = async (
  location: LocationId,
  scope: ReconciliationScope,
  deps: ReconcileLocationDeps,
): Promise<ReconciliationResult> => {
  const hasDayBooks = !isProducer(location) || (await deps.registry.isWorkshop(location));
  const result = hasDayBooks ? await reconcileDayBooks(location, scope, deps) : { location, vouchers: 0, drifts: [] };
  if (!isProducer(location) || scope === 'what changed') return result;
  const { vouchers, drifts } = await reconcilePassbook(location, deps);
  return { location, vouchers: result.vouchers + vouchers, drifts: [...result.drifts, ...drifts] };
};

const reconcileDayBooks = async (
  location: LocationId,
  scope: ReconciliationScope,
  deps: ReconcileLocationDeps,
): Promise<ReconciliationResult> => {
  const { audits, closes, clock } = deps;
  const auditedAt = clock.now();
  const previous = await audits.checkpoint(location);
  const head = await closes.head(location);
  const closedTo = head?.to;
  const [mark] = await closes.reopened(location);
  const knownFirst = previous?.first ?? (await deps.firstDay(location));
  // Vouchers admitted on earlier days have marked or closed those days.
  const [first = knownFirst] = [knownFirst, ...(head ? [head.from] : []), ...(mark ? [mark.day] : [])].toSorted();
  const baseline = previous && scope === 'what changed' ? await readBaseline(location, previous, deps) : undefined;
  const recent = baseline && (await readDrifts(location, first, baseline, deps));
  // An old return can look like drift in a partial reading: check the whole ledger.
  const { vouchers, drifts } =
    recent?.drifts.length === 0 ? recent : await readDrifts(location, first, undefined, deps);
  await audits.keep({ location, auditedAt, first, ...(closedTo && { closedTo }), vouchers, ...storedDriftsOf(drifts) });
  if (drifts.length > 0 || previous?.drifts.length) await evaluateDriftAlert(location, deps);
  return { location, vouchers, drifts: [...drifts] };
};

const readDrifts = async (
  location: LocationId,
  first: Day,
  baseline: ReconciliationBaseline | undefined,
  deps: ReconcileLocationDeps,
) => {
  const today = dayOf(deps.clock.now());
  // A voucher may count on the next day, so read the baseline's own day too.
  const days = baseline ? daysWithMargin(addDays(baseline.day, 1), today) : daysWithMargin(first, today);
  let vouchers = 0;
  const drifts = await confirmStable(async () => {
    const reading = await readLocation(location, days, baseline, deps);
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

/** Limit at a busy location. The next night checks the rest. */
const MAX_READINGS = 10;

/** Returns drift that two readings in a row show at the same version. */
const confirmStable = (read: () => Promise<readonly Drift[]>): Promise<readonly Drift[]> => {
  let previous: ReadonlySet<string> | undefined;
  let readings = 0;
  return retry(async () => {
    const drifts = await read();
    const confirmed = drifts.filter((drift) => previous?.has(toCanonicalJson(drift)));
    previous = new Set(drifts.map(toCanonicalJson));
    return confirmed.length === drifts.length || ++readings === MAX_READINGS ? confirmed : RETRY;
  });
};

export type LogDriftDeps = { readonly count: CountMetric; readonly evaluateException: EvaluateExceptionAlert };

/** A retry or the hourly sweep repeats it after a crash. */
export const evaluateDriftAlert = async (
  location: LocationId,
  { evaluateException, count }: LogDriftDeps,
): Promise<void> => {
  countAlerts(count, await evaluateException({ location, type: 'drift', about: location }));
};

type ReconcileSinceDeps = { readonly closes: CloseStore };

/** The last close without drift, or the one before a reopened day. */
const readBaseline = async (
  location: LocationId,
  { closedTo, drifts }: ReconciliationCheckpoint,
  { closes }: ReconcileSinceDeps,
): Promise<ReconciliationBaseline | undefined> => {
  if (closedTo === undefined || drifts.length > 0) return undefined;
  const [mark] = await closes.reopened(location);
  const day = mark && mark.day <= closedTo ? addDays(mark.day, -1) : closedTo;
  const close = await closes.latest(location, day);
  return close && { day, openingBalances: close.items.map(openingBalanceOf) };
};
