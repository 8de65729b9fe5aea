import type { CloseStore } from '../day-close/close-store.ts';
import { askedIn } from '../day-close/missing-numbers.ts';
import { isProducer, placeKind } from '../kernel/ids.ts';
import { everything } from '../kernel/pages.ts';
import type { Clock } from '../kernel/time.ts';
import { partsOf } from '../kernel/voucher-number.ts';
import type { BasketStore } from '../ledger/basket-store.ts';
import { numberOfHeld } from '../ledger/held.ts';
import type { HeldStore } from '../ledger/held-store.ts';
import type { ledgerStore } from '../ledger/ledger-store.ts';
import type { ReadEarly } from '../ledger/pending-return-service.ts';
import type { backStore } from '../ledger/returned-quantity-store.ts';
import type { PinStore } from '../materials/pin-store.ts';
import type { AuditStore } from '../reconciliation/drift-store.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { TransferStore } from '../transfers/transfer-store.ts';
import type { Matter, MatterKey, Seen } from './exception-alert.ts';
import type { Look } from './exception-alert-service.ts';
import type { MatterStore } from './exception-alert-store.ts';
import type { LookSilent } from './silent-outlet-service.ts';
import { driftMatter } from './sources/drift.ts';
import { exchangeMatter } from './sources/exchange.ts';
import { failedAgain } from './sources/failed-work.ts';
import { heldMatter } from './sources/held.ts';
import { pinMatter } from './sources/pin-locked.ts';
import { strangerMatter } from './sources/stranger.ts';
import { mismatchMatter, overdueMatter } from './sources/transfer.ts';
import { underpricedMatter } from './sources/underpriced.ts';
import { unmatchedMatter } from './sources/unmatched-return.ts';
import { unprovenMatter } from './sources/unproven.ts';
import { partsOfStaffDay } from './staff-day.ts';
import { partsOfTerminalDay } from './terminal-day.ts';

type Stores = {
  readonly back: Pick<ReturnType<typeof backStore>, 'find'>;
  readonly ledger: Pick<ReturnType<typeof ledgerStore>, 'find' | 'day'>;
  readonly registry: RegistryStore;
  readonly held: HeldStore;
  readonly matters: MatterStore;
  readonly baskets: BasketStore;
  readonly closes: CloseStore;
  readonly audits: AuditStore;
  readonly transfers: TransferStore;
  readonly pins: Pick<PinStore, 'locks'>;
  readonly readEarly: ReadEarly;
  readonly lookSilent: LookSilent;
  readonly clock: Clock;
};

type Looks = {
  readonly [Type in Matter['type']]: (key: MatterKey<Extract<Matter, { type: Type }>>) => Promise<Seen | undefined>;
};

/** Where each matter comes from. */
export const lookAt = ({
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
  lookSilent,
  clock,
}: Stores): Look => {
  const looks: Looks = {
    held: async ({ location, about }) => {
      const here = await held.find(location, about);
      if (here) return heldMatter(here);
      // It concerns this location, and is held where its terminal is.
      const { terminal } = partsOf(numberOfHeld(about));
      const other = (await registry.entry('terminals', terminal))?.entry.location;
      const found = other && (await held.find(other, about));
      return found && heldMatter(found, location);
    },

    unproven: async ({ location, about }) => {
      const { terminal, day } = partsOfTerminalDay(about);
      const [latest, head] = [await closes.latest(location, day), await closes.head(location)];
      if (!latest || !head) return undefined;
      const asked = askedIn(latest).find((one) => one.terminal === terminal);
      return unprovenMatter({ ...latest, closedTo: head.to }, terminal, asked, clock.now());
    },

    overdue: async ({ location, about }) => {
      const found = isProducer(location) ? undefined : await transfers.find(about);
      return found && !isProducer(location) ? overdueMatter(found, location, clock.now()) : undefined;
    },

    mismatch: async ({ location, about }) => {
      const found = isProducer(location) ? undefined : await transfers.find(about);
      return found && !isProducer(location) ? mismatchMatter(found, location) : undefined;
    },

    silent: ({ about }) => lookSilent(about),

    drift: async ({ about }) => {
      const last = await audits.checkpoint(about);
      return last && driftMatter(about, last);
    },

    unmatched: async ({ location, about }) =>
      isProducer(location) ? undefined : unmatchedMatter(location, await readEarly(location, about), clock.now()),

    underpriced: async ({ location, about }) => {
      const sale = await ledger.find(location, about);
      return sale && underpricedMatter(sale, await back.find(location, about));
    },

    stranger: async ({ location, about }) => {
      if (isProducer(location)) return undefined;
      const { person, day } = partsOfStaffDay(about);
      const kind = placeKind(location);
      const [staff, place] = [
        (await registry.entriesNow('staff', [person])).get(person),
        (await registry.entry(kind, location))?.entry,
      ];
      const vouchers = await everything((after) => ledger.day(location, day, after));
      return strangerMatter({
        ...{ location, about, vouchers, district: place?.district },
        staff: { entry: staff?.entry, version: staff?.version ?? 0 },
      });
    },

    failed: async (key) => {
      const found = await matters.find(key);
      return found?.type === 'failed' ? failedAgain(found) : undefined;
    },

    exchange: async ({ location, about }) => {
      const found = isProducer(location) ? undefined : await baskets.find(location, about);
      return found && !isProducer(location) ? exchangeMatter(location, found) : undefined;
    },

    pin: async ({ location, about }) => {
      const found = isProducer(location) ? undefined : await pins.locks(about);
      return found && !isProducer(location) ? pinMatter(location, about, found) : undefined;
    },
  };
  return (key) => looks[key.type](key as never);
};
