import type { Alert } from '../../shared/alerts/alert.ts';
import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import { type AreaId, DistrictId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type OpenAlertsDeps = { readonly alerts: AlertStore; readonly clock: Clock; readonly registry: RegistryStore };

export const readOpenAlerts = async (area: AreaId, deps: OpenAlertsDeps): Promise<Alert[]> => {
  const found: Alert[] = [];
  for (const district of area === 'state' ? [...(await listDistricts(deps)), area] : [area]) {
    found.push(...(await allPages((after) => deps.alerts.ofDistrict(district, 'open', after))));
    found.push(...(await allPages((after) => deps.alerts.wokenOf(district, deps.clock.now(), after))));
  }
  return found;
};

const listDistricts = async ({ registry }: OpenAlertsDeps): Promise<DistrictId[]> =>
  (await allPages((after) => registry.list('districts', after))).map(({ id }) => DistrictId.parse(id));
