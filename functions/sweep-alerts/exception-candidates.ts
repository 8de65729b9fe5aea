import { decideMatter, isMatterBehind } from '../../shared/alerts/decide-exception-alert.ts';
import type { Matter, MatterKey, Seen } from '../../shared/alerts/exception-alert.ts';
import type { MatterStore } from '../../shared/alerts/exception-alert-store.ts';
import type { LookSilent } from '../../shared/alerts/silent-outlet-service.ts';
import { exchangeMatter } from '../../shared/alerts/sources/exchange.ts';
import { heldMatter } from '../../shared/alerts/sources/held.ts';
import { overdueMatter } from '../../shared/alerts/sources/transfer.ts';
import { unmatchedMatter } from '../../shared/alerts/sources/unmatched-return.ts';
import { unprovenMatter } from '../../shared/alerts/sources/unproven.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import type { AskedStore } from '../../shared/day-close/missing-number-store.ts';
import { isProducer, type LocationId, type Place, placeKind } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import type { BasketStore } from '../../shared/ledger/basket-store.ts';
import { placesOfHeld } from '../../shared/ledger/held-locations.ts';
import type { HeldStore } from '../../shared/ledger/held-store.ts';
import type { ReadEarly } from '../../shared/ledger/pending-return-service.ts';
import type { WaitingStore } from '../../shared/ledger/pending-return-store.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

export type ExceptionCandidatesDeps = {
  readonly asked: AskedStore;
  readonly baskets: BasketStore;
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly held: HeldStore;
  readonly lookSilent: LookSilent;
  readonly matters: MatterStore;
  readonly readEarly: ReadEarly;
  readonly registry: RegistryStore;
  readonly transfers: TransferStore;
  readonly waiting: WaitingStore;
};

/**
 * Matters whose alerts would change by what one pass over the location shows: what gives cause beside what is open. Where they agree, nothing more is read. What is
 * open and gives no cause any more was settled, or is not shown yet: its source tells.
 */
export const unsettledMatters = async (
  location: Place,
  deps: ExceptionCandidatesDeps,
): Promise<readonly MatterKey[]> => {
  const place = await deps.registry.entry(placeKind(location), location);
  if (!place) return [];
  const causes = await causesAt(location, deps);
  const open = await everything((after) => deps.matters.openAt(location, after));
  const [seenBy, openBy] = [new Map(causes.map(byKey)), new Map(open.map(byKey))];
  const unsaid = causes.filter((seen) => {
    const stored = openBy.get(keyText(seen));
    const looked = { seen, district: place.entry.district, placeVersion: place.version, now: deps.clock.now() };
    return decideMatter(stored, looked) || (stored && isMatterBehind(looked, stored));
  });
  const unseen = open.filter((alert) => !seenBy.has(keyText(alert)));
  return [...unsaid, ...unseen, ...(await heldForOthers(location, deps))];
};

/** All that gives cause for an alert there now, as lists show it that may be a moment old. */
const causesAt = async (location: Place, deps: ExceptionCandidatesDeps): Promise<Seen[]> =>
  [
    await heldAt(location, deps),
    await unprovenAt(location, deps),
    // Nothing comes to a workshop, and nobody sells there every day.
    isProducer(location) ? [] : await overdueAt(location, deps),
    (isProducer(location) ? undefined : await deps.lookSilent(location)) ?? [],
    isProducer(location) ? [] : await unmatchedAt(location, deps),
    isProducer(location) ? [] : await exchangedAt(location, deps),
  ]
    .flat()
    .filter(({ cause }) => cause);

const heldAt = async (location: Place, { held }: ExceptionCandidatesDeps): Promise<Seen[]> =>
  (await everything((after) => held.stillAt(location, after))).map((one) => heldMatter(one));

/** Held receipts here of goods that were sent between two other locations. This is rare, so each alert is evaluated alone. */
const heldForOthers = async (location: Place, deps: ExceptionCandidatesDeps): Promise<MatterKey[]> => {
  const keys: MatterKey[] = [];
  for (const held of await everything((after) => deps.held.stillAt(location, after)))
    for (const place of await placesOfHeld(held, deps))
      if (place !== location) keys.push({ location: place, type: 'held', about: held.held });
  return keys;
};

const unprovenAt = async (location: Place, { asked, closes, clock }: ExceptionCandidatesDeps): Promise<Seen[]> => {
  const days = await asked.at(location);
  const closedTo = days.length > 0 ? (await closes.head(location))?.to : undefined;
  if (closedTo === undefined) return [];
  return days.flatMap((day) =>
    day.terminals.map((one) => unprovenMatter({ ...day, closedTo }, one.terminal, one, clock.now())),
  );
};

const overdueAt = async (location: LocationId, { transfers, clock }: ExceptionCandidatesDeps): Promise<Seen[]> => {
  const open = await everything((after) => transfers.of('incoming', location, 'open', after));
  return open.map((transfer) => overdueMatter(transfer, location, clock.now()));
};

/** Returns that still wait, or whose sale came and no close has seen it yet; what is open of others is looked at anyway. */
const unmatchedAt = async (
  location: LocationId,
  { waiting, readEarly, clock }: ExceptionCandidatesDeps,
): Promise<Seen[]> => {
  const seen: Seen[] = [];
  for (const of of await waiting.at(location))
    seen.push(unmatchedMatter(location, await readEarly(location, of), clock.now()));
  return seen;
};

/** A basket that is covered, or settled, is looked for no more; whether its alert is open still is looked at anyway. */
const exchangedAt = async (location: LocationId, { baskets }: ExceptionCandidatesDeps): Promise<Seen[]> => {
  const seen: Seen[] = [];
  for (const marked of await baskets.maybeUncovered(location)) {
    const found = await baskets.find(location, marked.id);
    const matter = found && exchangeMatter(location, found);
    if (matter?.cause) seen.push(matter);
    else await baskets.forget(location, marked);
  }
  return seen;
};

const keyText = ({ type, about }: MatterKey): string => `${type}:${about}`;

const byKey = <M extends Matter | Seen>(matter: M): [string, M] => [keyText(matter), matter];
