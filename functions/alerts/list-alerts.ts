import type { ShownAlert } from '../../shared/contract/operations/shown-alert.ts';
import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import type { Alert } from '../../shared/domain/alerts/alert.ts';
import { type AlertState, asOf } from '../../shared/domain/alerts/life.ts';
import { DistrictId, type Place } from '../../shared/domain/ids.ts';
import { eachPageOf, everything, type Lists, type Page, type Position } from '../../shared/domain/pages.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';
import type { Composition } from '../../shared/runtime/composition.ts';
import { shown } from './shown.ts';

/** About how many alerts make a page. */
const PAGE = 100;

export const listAlerts = operation(contract.listAlerts, async ({ query }, tools) => {
  const { location, area = 'state', state = 'open', level, type, cursor } = query;
  const now = tools.clock.now();
  const lists = location ? ofLocation(location, state, tools) : await ofArea(area, state, now, tools);
  const alerts: ShownAlert[] = [];
  let bad = 0;
  const page = () => ({ alerts, ...(bad > 0 && { unreadable: bad }) });
  for await (const { rows, next, unreadable = 0 } of eachPageOf(lists, cursor)) {
    const asked = rows.filter(
      (alert) =>
        asOf(alert, now).state === state && (!type || alert.type === type) && (!level || alert.level === level),
    );
    alerts.push(...(await shown(asked, tools)));
    bad += unreadable;
    if (alerts.length >= PAGE) return ok({ ...page(), ...more(next) });
  }
  return ok(page());
});

/** Of matters that stand, only those are read. */
const ofLocation = (location: Place, state: AlertState, { alerts, matters }: Composition): Lists<Alert> =>
  new Map<string, (after?: Position) => Promise<Page<Alert>>>([
    ['items', (after) => alerts.ofLocation(location, after)],
    [
      'matters',
      (after) => (state === 'resolved' ? matters.ofLocation(location, after) : matters.openAt(location, after)),
    ],
  ]);

/**
 * District by district in the order of their ids. Of what is open, first what is so since its snooze ended: a sweep that writes it as open meanwhile moves it
 * to the list that is still to come.
 */
const ofArea = async (
  area: DistrictId | 'state',
  state: AlertState,
  now: Instant,
  tools: Composition,
): Promise<Lists<Alert>> => {
  const districts = area === 'state' ? await districtsIn(tools) : [area];
  return new Map(
    districts.flatMap((district): [string, Read][] => [
      ...(state === 'open' ? [[`${district} 1 woken`, woken(district)] satisfies [string, Read]] : []),
      [`${district} 2 ${state}`, (after) => tools.alerts.ofDistrict(district, state, after)],
    ]),
  );

  function woken(district: DistrictId): Read {
    return (after) => tools.alerts.wokenOf(district, now, after);
  }
};

type Read = (after?: Position) => Promise<Page<Alert>>;

const districtsIn = async ({ registry }: Composition): Promise<DistrictId[]> =>
  (await everything((after) => registry.list('districts', after))).map(({ id }) => DistrictId.parse(id));
