import { type Alert, isStockAlert, isUrgent, itemOfAlert, renderAlert } from '../../shared/alerts/alert.ts';
import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import { type AreaId, DistrictId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { namedItem } from '../../shared/materials/request-sentences.ts';
import type { DigestLine } from '../../shared/notifications/digest.ts';
import { renderAlertLine, renderShort, renderWithLocation } from '../../shared/notifications/notification.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

type DigestAlert = { readonly alert: Alert; readonly unsure: boolean };

export type DigestLinesDeps = { readonly registry: RegistryStore };

export const renderDigestLines = async (
  digestAlerts: readonly DigestAlert[],
  { registry }: DigestLinesDeps,
): Promise<DigestLine[]> => {
  const alerts = digestAlerts.map(({ alert }) => alert).filter(isStockAlert);
  const items = await registry.entries(
    'items',
    alerts.map(({ item }) => item),
  );
  return digestAlerts.map(({ alert, unsure }) => {
    const id = itemOfAlert(alert);
    const item = namedItem(id, items.get(id)?.entry);
    const line = renderAlertLine(alert, renderAlert(alert, item), item);
    return {
      line,
      shortLine: renderWithLocation(alert, renderShort(alert, item)),
      urgent: isUrgent(alert.type),
      unsure,
    };
  });
};

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
