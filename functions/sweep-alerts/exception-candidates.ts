import { decideMatter, isMatterBehind } from '../../shared/alerts/decide-exception-alert.ts';
import type { Matter, MatterKey, Seen } from '../../shared/alerts/exception-alert.ts';
import { exchangeMatter } from '../../shared/alerts/sources/exchange.ts';
import { heldMatter } from '../../shared/alerts/sources/held.ts';
import { overdueMatter } from '../../shared/alerts/sources/transfer.ts';
import { unmatchedMatter } from '../../shared/alerts/sources/unmatched-return.ts';
import { unprovenMatter } from '../../shared/alerts/sources/unproven.ts';
import { type Composition, placesOfHeld } from '../../shared/api/composition.ts';
import { isProducer, type LocationId, type Place, placeKind } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';

/**
 * Matters whose alerts would change by what one pass over the location shows: what gives cause beside what is open. Where they agree, nothing more is read. What is
 * open and gives no cause any more was settled, or is not shown yet: its source tells.
 */
export const unsettledMatters = async (location: Place, tools: Composition): Promise<readonly MatterKey[]> => {
  const place = await tools.registry.entry(placeKind(location), location);
  if (!place) return [];
  const causes = await causesAt(location, tools);
  const open = await everything((after) => tools.matters.openAt(location, after));
  const [seenBy, openBy] = [new Map(causes.map(byKey)), new Map(open.map(byKey))];
  const unsaid = causes.filter((seen) => {
    const stored = openBy.get(keyText(seen));
    const looked = { seen, district: place.entry.district, placeVersion: place.version, now: tools.clock.now() };
    return decideMatter(stored, looked) || (stored && isMatterBehind(looked, stored));
  });
  const unseen = open.filter((alert) => !seenBy.has(keyText(alert)));
  return [...unsaid, ...unseen, ...(await heldForOthers(location, tools))];
};

/** All that gives cause for an alert there now, as lists show it that may be a moment old. */
const causesAt = async (location: Place, tools: Composition): Promise<Seen[]> =>
  [
    await heldAt(location, tools),
    await unprovenAt(location, tools),
    // Nothing comes to a workshop, and nobody sells there every day.
    isProducer(location) ? [] : await overdueAt(location, tools),
    (isProducer(location) ? undefined : await tools.lookSilent(location)) ?? [],
    isProducer(location) ? [] : await unmatchedAt(location, tools),
    isProducer(location) ? [] : await exchangedAt(location, tools),
  ]
    .flat()
    .filter(({ cause }) => cause);

const heldAt = async (location: Place, { held }: Composition): Promise<Seen[]> =>
  (await everything((after) => held.stillAt(location, after))).map((one) => heldMatter(one));

/** Held receipts here of goods that were sent between two other locations. This is rare, so each alert is evaluated alone. */
const heldForOthers = async (location: Place, tools: Composition): Promise<MatterKey[]> => {
  const keys: MatterKey[] = [];
  for (const held of await everything((after) => tools.held.stillAt(location, after)))
    for (const place of await placesOfHeld(held, tools))
      if (place !== location) keys.push({ location: place, type: 'held', about: held.held });
  return keys;
};

const unprovenAt = async (location: Place, { asked, closes, clock }: Composition): Promise<Seen[]> => {
  const days = await asked.at(location);
  const closedTo = days.length > 0 ? (await closes.head(location))?.to : undefined;
  if (closedTo === undefined) return [];
  return days.flatMap((day) =>
    day.terminals.map((one) => unprovenMatter({ ...day, closedTo }, one.terminal, one, clock.now())),
  );
};

const overdueAt = async (location: LocationId, { transfers, clock }: Composition): Promise<Seen[]> => {
  const open = await everything((after) => transfers.of('incoming', location, 'open', after));
  return open.map((transfer) => overdueMatter(transfer, location, clock.now()));
};

/** Returns that still wait, or whose sale came and no close has seen it yet; what is open of others is looked at anyway. */
const unmatchedAt = async (location: LocationId, { waiting, readEarly, clock }: Composition): Promise<Seen[]> => {
  const seen: Seen[] = [];
  for (const of of await waiting.at(location))
    seen.push(unmatchedMatter(location, await readEarly(location, of), clock.now()));
  return seen;
};

/** A basket that is covered, or settled, is looked for no more; whether its alert is open still is looked at anyway. */
const exchangedAt = async (location: LocationId, { baskets }: Composition): Promise<Seen[]> => {
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
