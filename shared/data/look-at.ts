import { driftMatter } from '../domain/alerts/drift-matter.ts';
import { exchangeMatter } from '../domain/alerts/exchange-matter.ts';
import { failedAgain } from '../domain/alerts/failed-matter.ts';
import { heldMatter } from '../domain/alerts/held-matter.ts';
import type { Matter, MatterKey, Seen } from '../domain/alerts/matter.ts';
import { pinMatter } from '../domain/alerts/pin-matter.ts';
import { partsOfStaffDay } from '../domain/alerts/staff-day.ts';
import { strangerMatter } from '../domain/alerts/stranger-matter.ts';
import { partsOfTerminalDay } from '../domain/alerts/terminal-day.ts';
import { mismatchMatter, overdueMatter } from '../domain/alerts/transfer-matter.ts';
import { underpricedMatter } from '../domain/alerts/underpriced-matter.ts';
import { unmatchedMatter } from '../domain/alerts/unmatched-matter.ts';
import { unprovenMatter } from '../domain/alerts/unproven-matter.ts';
import { askedIn } from '../domain/closes/asked-for.ts';
import { isProducer, placeKind } from '../domain/ids.ts';
import { everything } from '../domain/pages.ts';
import type { Clock } from '../domain/time.ts';
import { numberOfHeld } from '../domain/vouchers/held.ts';
import { partsOf } from '../domain/vouchers/number.ts';
import type { AuditStore } from './audit-store.ts';
import type { backStore } from './back-store.ts';
import type { BasketStore } from './basket-store.ts';
import type { CloseStore } from './close-store.ts';
import type { ReadEarly } from './early-returns.ts';
import type { HeldStore } from './held-store.ts';
import type { Look } from './judge-matter.ts';
import type { ledgerStore } from './ledger-store.ts';
import type { LookSilent } from './look-silent.ts';
import type { MatterStore } from './matter-store.ts';
import type { PinStore } from './pin-store.ts';
import type { RegistryStore } from './registry-store.ts';
import type { TransferStore } from './transfer-store.ts';

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
