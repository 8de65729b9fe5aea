import type { Alert } from '../../shared/alerts/alert.ts';
import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import { type AreaId, DistrictId } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type OpenAlertsDeps = { readonly alerts: AlertStore; readonly clock: Clock; readonly registry: RegistryStore };

/** What is open in an area, and what is so since its snooze ended. */
export const openIn = async (area: AreaId, deps: OpenAlertsDeps): Promise<Alert[]> => {
  const found: Alert[] = [];
  for (const district of area === 'state' ? await districtsIn(deps) : [area]) {
    found.push(...(await everything((after) => deps.alerts.ofDistrict(district, 'open', after))));
    found.push(...(await everything((after) => deps.alerts.wokenOf(district, deps.clock.now(), after))));
  }
  return found;
};

const districtsIn = async ({ registry }: OpenAlertsDeps): Promise<DistrictId[]> =>
  (await everything((after) => registry.list('districts', after))).map(({ id }) => DistrictId.parse(id));
