import { type CloseStore, closeStore } from '../day-close/close-store.ts';
import { incompleteTerminalsOf } from '../day-close/missing-numbers.ts';
import { isProducer, locationKind, type StockLocationId, stockLocationKind } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { Version } from '../kernel/quantity.ts';
import { type Clock, dayOf } from '../kernel/time.ts';
import { partsOf } from '../kernel/voucher-number.ts';
import { type BasketStore, basketStore } from '../ledger/basket-store.ts';
import { numberOfHeld } from '../ledger/held.ts';
import { type HeldStore, heldStore } from '../ledger/held-store.ts';
import { ledgerStore } from '../ledger/ledger-store.ts';
import { type LoadPendingReturns, loadPendingReturns } from '../ledger/pending-return-service.ts';
import { returnedQuantityStore } from '../ledger/returned-quantity-store.ts';
import { type PinStore, pinStore } from '../materials/pin-store.ts';
import type { Runtime } from '../platform/runtime.ts';
import { type ReconciliationStore, reconciliationStore } from '../reconciliation/reconciliation-store.ts';
import { isOpenOn } from '../registry/entry-status.ts';
import { type RegistryStore, registryStore } from '../registry/registry-store.ts';
import { isArea } from '../registry/staff.ts';
import { type TransferStore, transferStore } from '../transfers/transfer-store.ts';
import type { ExceptionAlert, ExceptionAlertKey, ExceptionState } from './alert.ts';
import { alertEvaluator, type LocationEntry, type SubjectReader } from './alert-evaluation-service.ts';
import type { AlertOutcome } from './alert-state.ts';
import { type AlertStore, alertStore } from './alert-store.ts';
import { driftState } from './sources/drift.ts';
import { exchangeState } from './sources/exchange.ts';
import { failedState } from './sources/failed-work.ts';
import { heldState } from './sources/held.ts';
import { overrefundedState } from './sources/overrefunded.ts';
import { pinState } from './sources/pin-locked.ts';
import { silentState } from './sources/silent-outlet.ts';
import { partsOfStaffDay, strangerState } from './sources/stranger.ts';
import { mismatchState, overdueState } from './sources/transfer.ts';
import { underpricedState } from './sources/underpriced.ts';
import { unmatchedState } from './sources/unmatched-return.ts';
import { partsOfTerminalDay, unprovenState } from './sources/unproven.ts';

/** An outlet silent for 30 days counts as closed and raises no alert. */
const MAX_SILENT_DAYS = 30;

export type ReadSilentState = (location: StockLocationId) => Promise<ExceptionState | undefined>;

/** An area has no registry version. */
const FIRST_VERSION = Version.parse(1);

type LastDayReader = Pick<ReturnType<typeof ledgerStore>, 'lastDay'>;

type SilentOutletDeps = {
  readonly clock: Clock;
  readonly ledger: LastDayReader;
  readonly registry: Pick<RegistryStore, 'entry'>;
};

/** A closed outlet is not silent. */
export const readSilentState =
  ({ ledger, registry, clock }: SilentOutletDeps): ReadSilentState =>
  async (location) => {
    if (stockLocationKind(location) !== 'outlets') return undefined;
    const now = clock.now();
    const lastDay = await ledger.lastDay(location, dayOf(now), MAX_SILENT_DAYS);
    const state = lastDay && silentState(location, lastDay, now);
    const outlet = await registry.entry('outlets', location);
    const isClosed = outlet !== undefined && !isOpenOn(outlet.entry, dayOf(now));
    return state && isClosed ? { ...state, cause: false } : state;
  };

type SourceStores = {
  readonly alerts: AlertStore;
  readonly returnedQuantities: Pick<ReturnType<typeof returnedQuantityStore>, 'find'>;
  readonly baskets: BasketStore;
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly held: HeldStore;
  readonly ledger: Pick<ReturnType<typeof ledgerStore>, 'find' | 'dayBook'>;
  readonly pins: PinStore;
  readonly pendingReturnsOf: LoadPendingReturns;
  readonly silentStateOf: ReadSilentState;
  readonly reconciliations: ReconciliationStore;
  readonly registry: RegistryStore;
  readonly transfers: TransferStore;
};

/** `undefined`: the source does not exist. */
type SourceReaders = {
  readonly [Type in ExceptionAlert['type']]: (
    key: ExceptionAlertKey<Extract<ExceptionAlert, { type: Type }>>,
  ) => Promise<ExceptionState | undefined>;
};

const sourceReaders = ({
  alerts,
  returnedQuantities,
  baskets,
  clock,
  closes,
  held,
  ledger,
  pins,
  pendingReturnsOf,
  silentStateOf,
  reconciliations,
  registry,
  transfers,
}: SourceStores): SourceReaders => ({
  held: async ({ location, about }) => {
    const heldHere = await held.find(location, about);
    if (heldHere) return heldState(heldHere);
    // The terminal's location may hold a voucher that concerns this location.
    const { terminal } = partsOf(numberOfHeld(about));
    const terminalLocation = (await registry.entry('terminals', terminal))?.entry.location;
    const found = terminalLocation && (await held.find(terminalLocation, about));
    return found && heldState(found, location);
  },

  unproven: async ({ location, about }) => {
    const { terminal, day } = partsOfTerminalDay(about);
    const latest = await closes.latest(location, day);
    const head = await closes.head(location);
    if (!latest || !head) return undefined;
    const incomplete = incompleteTerminalsOf(latest).find((one) => one.terminal === terminal);
    return unprovenState({ ...latest, closedTo: head.to }, terminal, incomplete, clock.now());
  },

  overdue: async ({ location, about }) => {
    const found = isProducer(location) ? undefined : await transfers.find(about);
    return found && !isProducer(location) ? overdueState(found, location, clock.now()) : undefined;
  },

  mismatch: async ({ location, about }) => {
    const found = isProducer(location) ? undefined : await transfers.find(about);
    return found && !isProducer(location) ? mismatchState(found, location) : undefined;
  },

  silent: ({ about }) => silentStateOf(about),

  drift: async ({ about }) => {
    const last = await reconciliations.checkpoint(about);
    return last && driftState(about, last);
  },

  unmatched: async ({ location, about }) =>
    isProducer(location) ? undefined : unmatchedState(location, await pendingReturnsOf(location, about), clock.now()),

  underpriced: async ({ location, about }) => {
    const sale = await ledger.find(location, about);
    return sale && underpricedState(sale, await returnedQuantities.find(location, about));
  },

  overrefunded: async ({ location, about }) => {
    if (isProducer(location)) return undefined;
    const sale = await ledger.find(location, about);
    if (!sale) return undefined;
    const row = await returnedQuantities.find(location, about);
    const hasPending = row.pendingReturns.length > 0;
    const pending = hasPending ? await pendingReturnsOf(location, about) : { sale, returns: [] };
    return overrefundedState(sale, row, pending);
  },

  stranger: async ({ location, about }) => {
    if (isProducer(location)) return undefined;
    const { person, day } = partsOfStaffDay(about);
    const staff = (await registry.entriesNow('staff', [person])).get(person);
    const locationEntry = await registry.entry(locationKind(location), location);
    const vouchers = await allPages((after) => ledger.dayBook(location, day, after));
    return strangerState({
      location,
      about,
      vouchers,
      district: locationEntry?.entry.district,
      staff: { entry: staff?.entry, version: staff?.version ?? 0 },
    });
  },

  // The alert is its own source, because nothing else records a failed job.
  failed: async (key) => {
    const found = await alerts.findException(key);
    return found?.type === 'failed' ? failedState(found.location, found.figures, found.sourceVersion) : undefined;
  },

  exchange: async ({ location, about }) => {
    const found = isProducer(location) ? undefined : await baskets.find(location, about);
    return found && !isProducer(location) ? exchangeState(location, found) : undefined;
  },

  pin: async ({ location, about }) => {
    const found = isProducer(location) ? undefined : await pins.read(about);
    return found && !isProducer(location) ? pinState(location, about, found) : undefined;
  },
});

/** `known`: the state that the caller just read or wrote. */
export type EvaluateExceptionAlert = (key: ExceptionAlertKey, known?: ExceptionState) => Promise<AlertOutcome[]>;

const exceptionReader = (stores: SourceStores): SubjectReader<ExceptionAlertKey, ExceptionState, LocationEntry> => {
  const { alerts, registry } = stores;
  const readers = sourceReaders(stores);
  return {
    // Safe cast: `key.type` selects the reader.
    source: (key) => readers[key.type](key as never),

    versionOf: ({ sourceVersion }) => sourceVersion,

    entries: async ({ location }, freshness) => {
      if (isArea(location)) return { district: location, placeVersion: FIRST_VERSION };
      const kind = locationKind(location);
      const locationEntry =
        freshness === 'cached'
          ? await registry.entry(kind, location)
          : (await registry.entriesNow(kind, [location])).get(location);
      return locationEntry && { district: locationEntry.entry.district, placeVersion: locationEntry.version };
    },

    stored: async (key) => {
      const stored = await alerts.findException(key);
      return () => stored;
    },

    states: async (state) => [state],
  };
};

export const exceptionAlertEvaluator = ({
  tables,
  clock,
}: Pick<Runtime, 'tables' | 'clock'>): EvaluateExceptionAlert => {
  const alerts = alertStore(tables);
  const returnedQuantities = returnedQuantityStore(tables);
  const ledger = ledgerStore(tables);
  const stores: SourceStores = {
    alerts,
    returnedQuantities,
    baskets: basketStore(tables),
    clock,
    closes: closeStore(tables),
    held: heldStore(tables),
    ledger,
    pins: pinStore(tables),
    pendingReturnsOf: loadPendingReturns({ returnedQuantities, ledger }),
    silentStateOf: readSilentState({ ledger, registry: registryStore(tables), clock }),
    reconciliations: reconciliationStore(tables),
    registry: registryStore(tables),
    transfers: transferStore(tables),
  };
  return alertEvaluator({ alerts, clock }, exceptionReader(stores));
};
