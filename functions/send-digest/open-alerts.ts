import type { Alert } from '../../shared/alerts/alert.ts';
import type { Composition } from '../../shared/api/composition.ts';
import { type AreaId, DistrictId } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';

/** What is open in an area, and what is so since its snooze ended. */
export const openIn = async (area: AreaId, tools: Composition): Promise<Alert[]> => {
  const found: Alert[] = [];
  for (const district of area === 'state' ? await districtsIn(tools) : [area]) {
    found.push(...(await everything((after) => tools.alerts.ofDistrict(district, 'open', after))));
    found.push(...(await everything((after) => tools.alerts.wokenOf(district, tools.clock.now(), after))));
  }
  return found;
};

const districtsIn = async ({ registry }: Composition): Promise<DistrictId[]> =>
  (await everything((after) => registry.list('districts', after))).map(({ id }) => DistrictId.parse(id));
