import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import type { Alert, AlertState } from '../../shared/domain/alert.ts';
import { DistrictId } from '../../shared/domain/ids.ts';
import { eachPage, everything, type Page, type Position } from '../../shared/domain/pages.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

/** About how many alerts make a page. */
const PAGE = 100;

export const listAlerts = operation(contract.listAlerts, async ({ query }, tools) => {
  const { location, area = 'state', state = 'open', type, cursor } = query;
  const pages = location
    ? eachPage((after) => tools.alerts.ofLocation(location, after), cursor)
    : pagesOfDistricts(area === 'state' ? await districts(tools) : [area], state, cursor, tools);

  const alerts: Alert[] = [];
  for await (const { rows, next } of pages) {
    alerts.push(...rows.filter((alert) => alert.state === state && (!type || alert.type === type)));
    if (alerts.length >= PAGE) return ok({ alerts, ...more(next) });
  }
  return ok({ alerts });
});

/** District by district in the order of their ids. A position: the district, and where in its index. */
async function* pagesOfDistricts(
  districts: readonly DistrictId[],
  state: AlertState,
  cursor: Position | undefined,
  { alerts }: Composition,
): AsyncGenerator<Page<Alert>> {
  const [first, ...within] = cursor ?? [];
  const left = districts.filter((district) => first === undefined || district >= first);
  for (const [at, district] of left.entries()) {
    const following = left[at + 1];
    const from = district === first && within.length > 0 ? within : undefined;
    for await (const { rows, next } of eachPage((after) => alerts.ofDistrict(district, state, after), from))
      yield { rows, next: next ? [district, ...next] : following && [following] };
  }
}

const districts = async ({ registry }: Composition): Promise<DistrictId[]> =>
  (await everything((after) => registry.list('districts', after))).map(({ id }) => DistrictId.parse(id));
