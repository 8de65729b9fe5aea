import type { CloseStore } from '../day-close/close-store.ts';
import { incompleteTerminalsOf } from '../day-close/missing-numbers.ts';
import { isProducer, locationKind } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import type { Clock } from '../kernel/time.ts';
import { partsOf } from '../kernel/voucher-number.ts';
import type { BasketStore } from '../ledger/basket-store.ts';
import { numberOfHeld } from '../ledger/held.ts';
import type { HeldStore } from '../ledger/held-store.ts';
import type { ledgerStore } from '../ledger/ledger-store.ts';
import type { LoadPendingReturns } from '../ledger/pending-return-service.ts';
import type { returnedQuantityStore } from '../ledger/returned-quantity-store.ts';
import type { PinStore } from '../materials/pin-store.ts';
import type { ReconciliationStore } from '../reconciliation/reconciliation-store.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { TransferStore } from '../transfers/transfer-store.ts';
import type { AlertSource, ExceptionAlert, ExceptionAlertKey } from './exception-alert.ts';
import type { ReadAlertSource } from './exception-alert-service.ts';
import type { ExceptionAlertStore } from './exception-alert-store.ts';
import type { ReadSilentOutlet } from './silent-outlet-service.ts';
import { driftSource } from './sources/drift.ts';
import { exchangeSource } from './sources/exchange.ts';
import { storedFailedWorkSource } from './sources/failed-work.ts';
import { heldSource } from './sources/held.ts';
import { pinLockedSource } from './sources/pin-locked.ts';
import { strangerSource } from './sources/stranger.ts';
import { mismatchSource, overdueSource } from './sources/transfer.ts';
import { underpricedSource } from './sources/underpriced.ts';
import { unmatchedReturnSource } from './sources/unmatched-return.ts';
import { unprovenSource } from './sources/unproven.ts';
import { partsOfStaffDay } from './staff-day.ts';
import { partsOfTerminalDay } from './terminal-day.ts';

type Stores = {
  readonly back: Pick<ReturnType<typeof returnedQuantityStore>, 'find'>;
  readonly ledger: Pick<ReturnType<typeof ledgerStore>, 'find' | 'day'>;
  readonly registry: RegistryStore;
  readonly held: HeldStore;
  readonly matters: ExceptionAlertStore;
  readonly baskets: BasketStore;
  readonly closes: CloseStore;
  readonly audits: ReconciliationStore;
  readonly transfers: TransferStore;
  readonly pins: Pick<PinStore, 'locks'>;
  readonly readEarly: LoadPendingReturns;
  readonly readSilent: ReadSilentOutlet;
  readonly clock: Clock;
};

type SourceReaders = {
  readonly [Type in ExceptionAlert['type']]: (
    key: ExceptionAlertKey<Extract<ExceptionAlert, { type: Type }>>,
  ) => Promise<AlertSource | undefined>;
};

/** Where each matter comes from. */
export const readAlertSource = ({
  back,
  ledger,
  registry,
  held,
  baskets,
  closes,
  audits,
  transfers,
  matters,
  pins,
  readEarly,
  readSilent,
  clock,
}: Stores): ReadAlertSource => {
  const looks: SourceReaders = {
    held: async ({ location, about }) => {
      const here = await held.find(location, about);
      if (here) return heldSource(here);
      // It concerns this location, and is held where its terminal is.
      const { terminal } = partsOf(numberOfHeld(about));
      const other = (await registry.entry('terminals', terminal))?.entry.location;
      const found = other && (await held.find(other, about));
      return found && heldSource(found, location);
    },

    unproven: async ({ location, about }) => {
      const { terminal, day } = partsOfTerminalDay(about);
      const [latest, head] = [await closes.latest(location, day), await closes.head(location)];
      if (!latest || !head) return undefined;
      const asked = incompleteTerminalsOf(latest).find((one) => one.terminal === terminal);
      return unprovenSource({ ...latest, closedTo: head.to }, terminal, asked, clock.now());
    },

    overdue: async ({ location, about }) => {
      const found = isProducer(location) ? undefined : await transfers.find(about);
      return found && !isProducer(location) ? overdueSource(found, location, clock.now()) : undefined;
    },

    mismatch: async ({ location, about }) => {
      const found = isProducer(location) ? undefined : await transfers.find(about);
      return found && !isProducer(location) ? mismatchSource(found, location) : undefined;
    },

    silent: ({ about }) => readSilent(about),

    drift: async ({ about }) => {
      const last = await audits.checkpoint(about);
      return last && driftSource(about, last);
    },

    unmatched: async ({ location, about }) =>
      isProducer(location) ? undefined : unmatchedReturnSource(location, await readEarly(location, about), clock.now()),

    underpriced: async ({ location, about }) => {
      const sale = await ledger.find(location, about);
      return sale && underpricedSource(sale, await back.find(location, about));
    },

    stranger: async ({ location, about }) => {
      if (isProducer(location)) return undefined;
      const { person, day } = partsOfStaffDay(about);
      const kind = locationKind(location);
      const [staff, place] = [
        (await registry.entriesNow('staff', [person])).get(person),
        (await registry.entry(kind, location))?.entry,
      ];
      const vouchers = await allPages((after) => ledger.day(location, day, after));
      return strangerSource({
        ...{ location, about, vouchers, district: place?.district },
        staff: { entry: staff?.entry, version: staff?.version ?? 0 },
      });
    },

    failed: async (key) => {
      const found = await matters.find(key);
      return found?.type === 'failed' ? storedFailedWorkSource(found) : undefined;
    },

    exchange: async ({ location, about }) => {
      const found = isProducer(location) ? undefined : await baskets.find(location, about);
      return found && !isProducer(location) ? exchangeSource(location, found) : undefined;
    },

    pin: async ({ location, about }) => {
      const found = isProducer(location) ? undefined : await pins.locks(about);
      return found && !isProducer(location) ? pinLockedSource(location, about, found) : undefined;
    },
  };
  return (key) => looks[key.type](key as never);
};
