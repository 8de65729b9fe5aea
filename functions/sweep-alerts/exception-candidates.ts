import type { ExceptionAlertKey, ExceptionState } from '../../shared/alerts/alert.ts';
import { needsEvaluation } from '../../shared/alerts/alert-lifecycle.ts';
import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import type { ReadSilentState } from '../../shared/alerts/exception-alert-service.ts';
import { exchangeState } from '../../shared/alerts/sources/exchange.ts';
import { heldState } from '../../shared/alerts/sources/held.ts';
import { overdueState } from '../../shared/alerts/sources/transfer.ts';
import { unmatchedState } from '../../shared/alerts/sources/unmatched-return.ts';
import { unprovenState } from '../../shared/alerts/sources/unproven.ts';
import { locationsToNotify } from '../../shared/alerts/voucher-alert-service.ts';
import type { MissingNumberStore } from '../../shared/day-close/close-evidence-store.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { isProducer, type LocationId, locationKind, type StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import type { BasketStore } from '../../shared/ledger/basket-store.ts';
import type { HeldStore } from '../../shared/ledger/held-store.ts';
import type { LoadPendingReturns } from '../../shared/ledger/pending-return-service.ts';
import type { PendingReturnStore } from '../../shared/ledger/pending-return-store.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

export type ExceptionCandidatesDeps = {
  readonly alerts: AlertStore;
  readonly missingNumbers: MissingNumberStore;
  readonly baskets: BasketStore;
  readonly clock: Clock;
  readonly closes: CloseStore;
  readonly held: HeldStore;
  readonly pendingReturnsOf: LoadPendingReturns;
  readonly silentStateOf: ReadSilentState;
  readonly registry: RegistryStore;
  readonly transfers: TransferStore;
  readonly pendingReturns: PendingReturnStore;
};

/** Lists may be a moment old, so the caller evaluates each from its source. */
export const exceptionAlertCandidates = async (
  location: LocationId,
  deps: ExceptionCandidatesDeps,
): Promise<readonly ExceptionAlertKey[]> => {
  const place = await deps.registry.entry(locationKind(location), location);
  if (!place) return [];
  const { district } = place.entry;
  const causes = await readStatesWithCause(location, deps);
  const unresolved = await allPages((after) => deps.alerts.unresolvedExceptions(location, after));
  const storedByKey = new Map(unresolved.map((alert) => [keyText(alert), alert]));
  const changed = causes.filter((source) =>
    needsEvaluation(storedByKey.get(keyText(source)), {
      source,
      district,
      placeVersion: place.version,
      now: deps.clock.now(),
    }),
  );
  const causeKeys = new Set(causes.map(keyText));
  const withoutCause = unresolved.filter((alert) => !causeKeys.has(keyText(alert)));
  return [...changed, ...withoutCause, ...(await readHeldKeysOfOthers(location, deps))];
};

const readStatesWithCause = async (location: LocationId, deps: ExceptionCandidatesDeps): Promise<ExceptionState[]> => {
  const states = [...(await readHeldStates(location, deps)), ...(await readUnprovenStates(location, deps))];
  // A workshop receives no transfers and does not sell every day.
  if (!isProducer(location)) {
    states.push(...(await readOverdueStates(location, deps)));
    const silent = await deps.silentStateOf(location);
    if (silent) states.push(silent);
    states.push(...(await readUnmatchedStates(location, deps)), ...(await readExchangeStates(location, deps)));
  }
  return states.filter(({ isActive }) => isActive);
};

const readHeldStates = async (location: LocationId, { held }: ExceptionCandidatesDeps): Promise<ExceptionState[]> =>
  (await allPages((after) => held.stillAt(location, after))).map((one) => heldState(one));

/** Rare, so each is evaluated. */
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

const readUnprovenStates = async (
  location: LocationId,
  { missingNumbers, closes, clock }: ExceptionCandidatesDeps,
): Promise<ExceptionState[]> => {
  const days = await missingNumbers.at(location);
  const closedTo = days.length > 0 ? (await closes.head(location))?.to : undefined;
  if (closedTo === undefined) return [];
  return days.flatMap((day) =>
    day.terminals.map((one) => unprovenState({ ...day, closedTo }, one.terminal, one, clock.now())),
  );
};

const readOverdueStates = async (
  location: StockLocationId,
  { transfers, clock }: ExceptionCandidatesDeps,
): Promise<ExceptionState[]> => {
  const open = await allPages((after) => transfers.of('incoming', location, 'open', after));
  return open.map((transfer) => overdueState(transfer, location, clock.now()));
};

/** Includes returns whose sale came since the last day close. */
const readUnmatchedStates = async (
  location: StockLocationId,
  { pendingReturns, pendingReturnsOf, clock }: ExceptionCandidatesDeps,
): Promise<ExceptionState[]> => {
  const states: ExceptionState[] = [];
  for (const sale of await pendingReturns.at(location))
    states.push(unmatchedState(location, await pendingReturnsOf(location, sale), clock.now()));
  return states;
};

/** A covered or settled basket needs no more reads, so its mark is deleted. */
const readExchangeStates = async (
  location: StockLocationId,
  { baskets }: ExceptionCandidatesDeps,
): Promise<ExceptionState[]> => {
  const states: ExceptionState[] = [];
  for (const marked of await baskets.maybeUncovered(location)) {
    const found = await baskets.find(location, marked.id);
    const state = found && exchangeState(location, found);
    if (state?.isActive) states.push(state);
    else await baskets.forget(location, marked);
  }
  return states;
};

const keyText = ({ type, about }: Pick<ExceptionAlertKey, 'type' | 'about'>): string => `${type}:${about}`;
