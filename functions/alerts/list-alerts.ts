import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import type { Alert } from '../../shared/domain/alerts/alert.ts';
import type { AlertState } from '../../shared/domain/alerts/life.ts';
import { DistrictId, type LocationId } from '../../shared/domain/ids.ts';
import { eachPageOf, everything, type Lists, type Page, type Position } from '../../shared/domain/pages.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

/** About how many alerts make a page. */
const PAGE = 100;

export const listAlerts = operation(contract.listAlerts, async ({ query }, tools) => {
  const { location, area = 'state', state = 'open', type, cursor } = query;
  const lists = location ? ofLocation(location, state, tools) : await ofArea(area, state, tools);
  const alerts: Alert[] = [];
  for await (const { rows, next } of eachPageOf(lists, cursor)) {
    alerts.push(...rows.filter((alert) => alert.state === state && (!type || alert.type === type)));
    if (alerts.length >= PAGE) return ok({ alerts, ...more(next) });
  }
  return ok({ alerts });
});

/** Of matters that are open, only those are read. */
const ofLocation = (location: LocationId, state: AlertState, { alerts, matters }: Composition): Lists<Alert> =>
  new Map<string, (after?: Position) => Promise<Page<Alert>>>([
    ['items', (after) => alerts.ofLocation(location, after)],
    ['matters', (after) => (state === 'open' ? matters.openAt(location, after) : matters.ofLocation(location, after))],
  ]);

/** District by district in the order of their ids. */
const ofArea = async (area: DistrictId | 'state', state: AlertState, tools: Composition): Promise<Lists<Alert>> => {
  const districts = area === 'state' ? await districtsIn(tools) : [area];
  return new Map(districts.map((district) => [district, (after) => tools.alerts.ofDistrict(district, state, after)]));
};

const districtsIn = async ({ registry }: Composition): Promise<DistrictId[]> =>
  (await everything((after) => registry.list('districts', after))).map(({ id }) => DistrictId.parse(id));
