import type { Alert } from '../../shared/alerts/alert.ts';
import type { ShownAlert } from '../../shared/alerts/alert-response.ts';
import { type AlertState, asOf } from '../../shared/alerts/alert-state.ts';
import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import type { MatterStore } from '../../shared/alerts/exception-alert-store.ts';
import { contract } from '../../shared/api/contract.ts';
import { DistrictId, Place } from '../../shared/kernel/ids.ts';
import { eachPage, eachPageOf, everything, type Lists, type Page, type Position } from '../../shared/kernel/pages.ts';
import { type Clock, type Instant, millisecondsOf } from '../../shared/kernel/time.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { more } from '../../shared/platform/query-parameters.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type AlertResponseDeps, shown } from './alert-response.ts';

/** About how many alerts make a page. */
const PAGE = 100;

type ListAlertsDeps = {
  readonly alerts: AlertStore;
  readonly clock: Clock;
  readonly matters: MatterStore;
  readonly registry: RegistryStore;
} & AlertResponseDeps;

export const listAlerts = operation(contract.listAlerts, async ({ query }, deps: ListAlertsDeps) => {
  const { location, area = 'state', state = 'open', level, type, cursor } = query;
  const now = deps.clock.now();
  const lists = location
    ? ofLocation(location, state, deps)
    : await ofArea({ area, state, now, isFirst: cursor === undefined }, deps);
  const alerts: ShownAlert[] = [];
  let bad = 0;
  const page = () => ({ alerts, ...(bad > 0 && { unreadable: bad }) });
  for await (const { rows, next, unreadable = 0 } of eachPageOf(lists, cursor)) {
    const asked = rows.filter(
      (alert) =>
        asOf(alert, now).state === state && (!type || alert.type === type) && (!level || alert.level === level),
    );
    alerts.push(...(await shown(asked, deps)));
    bad += unreadable;
    if (alerts.length >= PAGE) return ok({ ...page(), ...more(next) });
  }
  return ok(page());
});

/** Of matters that stand, only those are read. */
const ofLocation = (location: Place, state: AlertState, { alerts, matters }: ListAlertsDeps): Lists<Alert> =>
  new Map<string, (after?: Position) => Promise<Page<Alert>>>([
    ['items', (after) => alerts.ofLocation(location, after)],
    [
      'matters',
      (after) => (state === 'resolved' ? matters.ofLocation(location, after) : matters.openAt(location, after)),
    ],
  ]);

type AreaQuery = {
  readonly area: DistrictId | 'state';
  readonly state: AlertState;
  readonly now: Instant;
  readonly isFirst: boolean;
};

/**
 * District by district in the order of their ids. Of what is open, first what is so since its snooze ended: a sweep that writes it as open meanwhile moves it
 * to the list that is still to come. An alert that follows its location to a district whose list was read before is shown at the end of the state's.
 */
const ofArea = async ({ area, state, now, isFirst }: AreaQuery, deps: ListAlertsDeps): Promise<Lists<Alert>> => {
  const districts = area === 'state' ? await districtsIn(deps) : [area];
  const lists = districts.flatMap((district): [string, Read][] => [
    ...(state === 'open' ? [[`${district} 1 woken`, woken(district)] satisfies [string, Read]] : []),
    [`${district} 2 ${state}`, (after) => deps.alerts.ofDistrict(district, state, after)],
  ]);
  // The first page needs it not: nothing was read before it.
  const moved: Read = async () =>
    isFirst ? { rows: [], next: undefined } : await alertsOfMovedLocations(state, now, deps);
  return new Map([...lists, ...(area === 'state' ? [['~ moved', moved] satisfies [string, Read]] : [])]);

  function woken(district: DistrictId): Read {
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
        for await (const page of eachPageOf(ofLocation(Place.parse(id), state, deps))) {
          rows.push(...page.rows);
          unreadable += page.unreadable ?? 0;
        }
      }
  return { rows, next: undefined, ...(unreadable > 0 && { unreadable }) };
};

type Read = (after?: Position) => Promise<Page<Alert>>;

const districtsIn = async ({ registry }: ListAlertsDeps): Promise<DistrictId[]> =>
  (await everything((after) => registry.list('districts', after))).map(({ id }) => DistrictId.parse(id));
