import { decideExceptionAlert, isSourceBehind } from '../../shared/alerts/decide-exception-alert.ts';
import type { AlertSource, ExceptionAlert, ExceptionAlertKey } from '../../shared/alerts/exception-alert.ts';
import type { ExceptionAlertStore } from '../../shared/alerts/exception-alert-store.ts';
import type { ReadSilentOutlet } from '../../shared/alerts/silent-outlet-service.ts';
import { exchangeSource } from '../../shared/alerts/sources/exchange.ts';
import { heldSource } from '../../shared/alerts/sources/held.ts';
import { overdueSource } from '../../shared/alerts/sources/transfer.ts';
import { unmatchedReturnSource } from '../../shared/alerts/sources/unmatched-return.ts';
import { unprovenSource } from '../../shared/alerts/sources/unproven.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import type { MissingNumberStore } from '../../shared/day-close/missing-number-store.ts';
import { isProducer, type LocationId, locationKind, type StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import type { BasketStore } from '../../shared/ledger/basket-store.ts';
import { locationsToNotify } from '../../shared/ledger/held-locations-service.ts';
import type { HeldStore } from '../../shared/ledger/held-store.ts';
import type { LoadPendingReturns } from '../../shared/ledger/pending-return-service.ts';
import type { WaitingStore } from '../../shared/ledger/pending-return-store.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

export type ExceptionCandidatesDeps = {
  readonly asked: MissingNumberStore;
  readonly baskets: BasketStore;
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly held: HeldStore;
  readonly readSilent: ReadSilentOutlet;
  readonly matters: ExceptionAlertStore;
  readonly readEarly: LoadPendingReturns;
  readonly registry: RegistryStore;
  readonly transfers: TransferStore;
  readonly waiting: WaitingStore;
};

/**
 * Matters whose alerts would change by what one pass over the location shows: what gives cause beside what is open. Where they agree, nothing more is read. What is
 * open and gives no cause any more was settled, or is not shown yet: its source tells.
 */
export const exceptionAlertCandidates = async (
  location: LocationId,
  deps: ExceptionCandidatesDeps,
): Promise<readonly ExceptionAlertKey[]> => {
  const place = await deps.registry.entry(locationKind(location), location);
  if (!place) return [];
  const causes = await readSourcesWithCause(location, deps);
  const open = await allPages((after) => deps.matters.openAt(location, after));
  const [seenBy, openBy] = [new Map(causes.map(entryByKey)), new Map(open.map(entryByKey))];
  const unsaid = causes.filter((source) => {
    const stored = openBy.get(keyText(source));
    const looked = { source, district: place.entry.district, placeVersion: place.version, now: deps.clock.now() };
    return decideExceptionAlert(stored, looked) || (stored && isSourceBehind(looked, stored));
  });
  const unseen = open.filter((alert) => !seenBy.has(keyText(alert)));
  return [...unsaid, ...unseen, ...(await readHeldKeysOfOthers(location, deps))];
};

/** All that gives cause for an alert there now, as lists show it that may be a moment old. */
const readSourcesWithCause = async (location: LocationId, deps: ExceptionCandidatesDeps): Promise<AlertSource[]> =>
  [
    await readHeldSources(location, deps),
    await readUnprovenSources(location, deps),
    // Nothing comes to a workshop, and nobody sells there every day.
    isProducer(location) ? [] : await readOverdueSources(location, deps),
    (isProducer(location) ? undefined : await deps.readSilent(location)) ?? [],
    isProducer(location) ? [] : await readUnmatchedReturnSources(location, deps),
    isProducer(location) ? [] : await readExchangeSources(location, deps),
  ]
    .flat()
    .filter(({ cause }) => cause);

const readHeldSources = async (location: LocationId, { held }: ExceptionCandidatesDeps): Promise<AlertSource[]> =>
  (await allPages((after) => held.stillAt(location, after))).map((one) => heldSource(one));

/** Held receipts here of goods that were sent between two other locations. This is rare, so each alert is evaluated alone. */
const readHeldKeysOfOthers = async (
  location: LocationId,
  deps: ExceptionCandidatesDeps,
): Promise<ExceptionAlertKey[]> => {
  const keys: ExceptionAlertKey[] = [];
  for (const held of await allPages((after) => deps.held.stillAt(location, after)))
    for (const place of await locationsToNotify(held, deps))
      if (place !== location) keys.push({ location: place, type: 'held', about: held.held });
  return keys;
};

const readUnprovenSources = async (
  location: LocationId,
  { asked, closes, clock }: ExceptionCandidatesDeps,
): Promise<AlertSource[]> => {
  const days = await asked.at(location);
  const closedTo = days.length > 0 ? (await closes.head(location))?.to : undefined;
  if (closedTo === undefined) return [];
  return days.flatMap((day) =>
    day.terminals.map((one) => unprovenSource({ ...day, closedTo }, one.terminal, one, clock.now())),
  );
};

const readOverdueSources = async (
  location: StockLocationId,
  { transfers, clock }: ExceptionCandidatesDeps,
): Promise<AlertSource[]> => {
  const open = await allPages((after) => transfers.of('incoming', location, 'open', after));
  return open.map((transfer) => overdueSource(transfer, location, clock.now()));
};

/** Returns that still wait, or whose sale came and no close has seen it yet; what is open of others is looked at anyway. */
const readUnmatchedReturnSources = async (
  location: StockLocationId,
  { waiting, readEarly, clock }: ExceptionCandidatesDeps,
): Promise<AlertSource[]> => {
  const seen: AlertSource[] = [];
  for (const of of await waiting.at(location))
    seen.push(unmatchedReturnSource(location, await readEarly(location, of), clock.now()));
  return seen;
};

/** A basket that is covered, or settled, is looked for no more; whether its alert is open still is looked at anyway. */
const readExchangeSources = async (
  location: StockLocationId,
  { baskets }: ExceptionCandidatesDeps,
): Promise<AlertSource[]> => {
  const seen: AlertSource[] = [];
  for (const marked of await baskets.maybeUncovered(location)) {
    const found = await baskets.find(location, marked.id);
    const matter = found && exchangeSource(location, found);
    if (matter?.cause) seen.push(matter);
    else await baskets.forget(location, marked);
  }
  return seen;
};

const keyText = ({ type, about }: ExceptionAlertKey): string => `${type}:${about}`;

const entryByKey = <M extends ExceptionAlert | AlertSource>(matter: M): [string, M] => [keyText(matter), matter];
