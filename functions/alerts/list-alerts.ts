import type { Alert } from '../../shared/alerts/alert.ts';
import * as contract from '../../shared/alerts/alert-contract.ts';
import { type AlertState, alertAsOf } from '../../shared/alerts/alert-state.ts';
import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import type { Caller } from '../../shared/kernel/access.ts';
import { type AreaId, DistrictId, LocationId } from '../../shared/kernel/ids.ts';
import {
  allPages,
  eachPage,
  eachPageOfLists,
  type NamedLists,
  type Page,
  type PagePosition,
} from '../../shared/kernel/pages.ts';
import { type Clock, type Instant, millisecondsOf } from '../../shared/kernel/time.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { isArea } from '../../shared/registry/staff.ts';
import { type AlertResponseDeps, alertResponses } from './change-alert.ts';

/** Approximate. */
const PAGE_SIZE = 100;

type ListAlertsDeps = {
  readonly alerts: AlertStore;
  readonly clock: Clock;
  readonly registry: RegistryStore;
} & AlertResponseDeps;

export const listAlerts = operation(contract.listAlerts, async ({ query, caller }, deps: ListAlertsDeps) => {
  const { location, area, state = 'open', level, type, cursor } = query;
  const now = deps.clock.now();
  const reach = location ?? area;
  const lists = new Map<string, ReadPage>();
  for (const one of reach ? [reach] : reachOf(caller))
    for (const [name, read] of isArea(one)
      ? await alertListsOfArea({ area: one, state, now, isFirst: cursor === undefined }, deps)
      : alertListsOfLocation(one, state, deps))
      lists.set(reach ? name : `${one} ${name}`, read);
  const found: Alert[] = [];
  let unreadableCount = 0;
  const page = async () => ({
    alerts: await alertResponses(found, deps),
    ...(unreadableCount > 0 && { unreadable: unreadableCount }),
  });
  for await (const { rows, next, unreadable = 0 } of eachPageOfLists(lists, cursor)) {
    const matches = rows.filter(
      (alert) =>
        alertAsOf(alert, now).state === state && (!type || alert.type === type) && (!level || alert.level === level),
    );
    found.push(...matches);
    unreadableCount += unreadable;
    if (found.length >= PAGE_SIZE) return ok({ ...(await page()), ...cursorField(next) });
  }
  return ok(await page());
});

/** Areas and locations in the caller's scope. The state includes all others. */
const reachOf = ({ role, scopes }: Caller): readonly (AreaId | LocationId)[] => {
  const all = scopes.map((scope): AreaId | LocationId => scope.slice(scope.indexOf(':') + 1) as AreaId | LocationId);
  return role === 'admin' || all.some((one) => one === 'state') ? ['state'] : all.toSorted();
};

/** Unresolved exception alerts have their own index: resolved ones cost nothing. */
const alertListsOfLocation = (location: LocationId, state: AlertState, { alerts }: ListAlertsDeps): NamedLists<Alert> =>
  new Map<string, (after?: PagePosition) => Promise<Page<Alert>>>([
    ['items', (after) => alerts.ofLocation(location, after)],
    [
      'matters',
      (after) =>
        state === 'resolved'
          ? alerts.exceptionsOfLocation(location, after)
          : alerts.unresolvedExceptions(location, after),
    ],
  ]);

type AreaQuery = {
  readonly area: AreaId;
  readonly state: AlertState;
  readonly now: Instant;
  readonly isFirst: boolean;
};

/**
 * Lists ended snoozes before open alerts: a sweep may reopen one meanwhile. The state's list ends
 * with alerts of moved locations, because their new district may be read already.
 */
const alertListsOfArea = async (
  { area, state, now, isFirst }: AreaQuery,
  deps: ListAlertsDeps,
): Promise<NamedLists<Alert>> => {
  const districts = area === 'state' ? [...(await listDistricts(deps)), area] : [area];
  const { woken, listed } = readDistrictsAhead(districts, state, now, deps);
  const lists = districts.flatMap((district): [string, ReadPage][] => [
    ...(state === 'open' ? [[`${district} 1 woken`, woken(district)] satisfies [string, ReadPage]] : []),
    [`${district} 2 ${state}`, listed(district)],
  ]);
  const moved: ReadPage = async () =>
    isFirst ? { rows: [], next: undefined } : await alertsOfMovedLocations(state, now, deps);
  return new Map([...lists, ...(area === 'state' ? [['~ moved', moved] satisfies [string, ReadPage]] : [])]);
};

/** Districts read at the same time. */
const MAX_AHEAD = 16;

/** `listed` is read after all of `woken`, which only a list of open alerts has. */
type FirstPages = { readonly woken?: Page<Alert>; readonly listed?: Page<Alert> };

/**
 * Reads the first pages of as many districts at once as a page may need by the rows so far: most
 * of 75 districts have few alerts, and one after the other takes 150 round trips.
 */
const readDistrictsAhead = (
  districts: readonly AreaId[],
  state: AlertState,
  now: Instant,
  { alerts }: ListAlertsDeps,
) => {
  const ready = new Map<AreaId, FirstPages>();
  let ahead = 1;
  let rowCount = 0;

  const readFirst = async (district: AreaId): Promise<FirstPages> => {
    if (state !== 'open') return { listed: await alerts.ofDistrict(district, state) };
    const woken = await alerts.wokenOf(district, now);
    return woken.next ? { woken } : { woken, listed: await alerts.ofDistrict(district, state) };
  };

  const readNext = async (district: AreaId): Promise<void> => {
    const start = districts.indexOf(district);
    const next = districts.slice(start, start + ahead);
    for (const [one, pages] of await Promise.all(next.map(async (one) => [one, await readFirst(one)] as const))) {
      ready.set(one, pages);
      rowCount += (pages.woken?.rows.length ?? 0) + (pages.listed?.rows.length ?? 0);
    }
    const needed = rowCount === 0 ? MAX_AHEAD : Math.ceil((PAGE_SIZE - rowCount) * (ready.size / rowCount));
    ahead = Math.max(1, Math.min(MAX_AHEAD, 2 * ahead, needed));
  };

  const first = async (district: AreaId): Promise<FirstPages> => {
    if (!ready.has(district)) await readNext(district);
    return ready.get(district) ?? {};
  };

  return {
    woken:
      (district: AreaId): ReadPage =>
      async (after) =>
        (after ? undefined : (await first(district)).woken) ?? alerts.wokenOf(district, now, after),
    listed:
      (district: AreaId): ReadPage =>
      async (after) =>
        (after ? undefined : (await first(district)).listed) ?? alerts.ofDistrict(district, state, after),
  };
};

/** Ample: a sweep moves alerts within an hour. */
const MOVED_WITHIN = 24 * 3_600_000;

const alertsOfMovedLocations = async (state: AlertState, now: Instant, deps: ListAlertsDeps): Promise<Page<Alert>> => {
  const since = millisecondsOf(now) - MOVED_WITHIN;
  const rows: Alert[] = [];
  let unreadable = 0;
  for (const kind of ['outlets', 'depots', 'producers'] as const)
    for await (const places of eachPage((after) => deps.registry.list(kind, after)))
      for (const { id, earlierDistricts = [] } of places.rows) {
        const left = earlierDistricts.at(-1);
        if (!left || millisecondsOf(left.until) < since) continue;
        for await (const page of eachPageOfLists(alertListsOfLocation(LocationId.parse(id), state, deps))) {
          rows.push(...page.rows);
          unreadable += page.unreadable ?? 0;
        }
      }
  return { rows, next: undefined, ...(unreadable > 0 && { unreadable }) };
};

type ReadPage = (after?: PagePosition) => Promise<Page<Alert>>;

export const listDistricts = async ({ registry }: Pick<ListAlertsDeps, 'registry'>): Promise<DistrictId[]> =>
  (await allPages((after) => registry.list('districts', after))).map(({ id }) => DistrictId.parse(id));
