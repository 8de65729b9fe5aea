import type { Alert, AlertResponse } from '../../shared/alerts/alert.ts';
import { type AlertState, alertAsOf } from '../../shared/alerts/alert-state.ts';
import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import { contract } from '../../shared/api/contract.ts';
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
import { cursorField } from '../../shared/platform/query-parameters.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type AlertResponseDeps, alertResponses } from './alert-response.ts';

/** About how many alerts make a page. */
const PAGE_SIZE = 100;

type ListAlertsDeps = {
  readonly alerts: AlertStore;
  readonly clock: Clock;
  readonly registry: RegistryStore;
} & AlertResponseDeps;

export const listAlerts = operation(contract.listAlerts, async ({ query }, deps: ListAlertsDeps) => {
  const { location, area = 'state', state = 'open', level, type, cursor } = query;
  const now = deps.clock.now();
  const lists = location
    ? alertListsOfLocation(location, state, deps)
    : await alertListsOfArea({ area, state, now, isFirst: cursor === undefined }, deps);
  const alerts: AlertResponse[] = [];
  let bad = 0;
  const page = () => ({ alerts, ...(bad > 0 && { unreadable: bad }) });
  for await (const { rows, next, unreadable = 0 } of eachPageOfLists(lists, cursor)) {
    const asked = rows.filter(
      (alert) =>
        alertAsOf(alert, now).state === state && (!type || alert.type === type) && (!level || alert.level === level),
    );
    alerts.push(...(await alertResponses(asked, deps)));
    bad += unreadable;
    if (alerts.length >= PAGE_SIZE) return ok({ ...page(), ...cursorField(next) });
  }
  return ok(page());
});

/** Of matters that stand, only those are read. */
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
 * District by district in the order of their ids. Of what is open, first what is so since its snooze ended: a sweep that writes it as open meanwhile moves it
 * to the list that is still to come. An alert that follows its location to a district whose list was read before is shown at the end of the state's.
 */
const alertListsOfArea = async (
  { area, state, now, isFirst }: AreaQuery,
  deps: ListAlertsDeps,
): Promise<NamedLists<Alert>> => {
  const districts = area === 'state' ? [...(await listDistricts(deps)), area] : [area];
  const lists = districts.flatMap((district): [string, ReadPage][] => [
    ...(state === 'open' ? [[`${district} 1 woken`, woken(district)] satisfies [string, ReadPage]] : []),
    [`${district} 2 ${state}`, (after) => deps.alerts.ofDistrict(district, state, after)],
  ]);
  // The first page needs it not: nothing was read before it.
  const moved: ReadPage = async () =>
    isFirst ? { rows: [], next: undefined } : await alertsOfMovedLocations(state, now, deps);
  return new Map([...lists, ...(area === 'state' ? [['~ moved', moved] satisfies [string, ReadPage]] : [])]);

  function woken(district: AreaId): ReadPage {
    return (after) => deps.alerts.wokenOf(district, now, after);
  }
};

/** A sweep moves alerts within the hour after their location changed district. */
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

const listDistricts = async ({ registry }: ListAlertsDeps): Promise<DistrictId[]> =>
  (await allPages((after) => registry.list('districts', after))).map(({ id }) => DistrictId.parse(id));
