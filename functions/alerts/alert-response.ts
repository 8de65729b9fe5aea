import { type Alert, type AlertResponse, alertKeyOf, isStockAlert, renderAlert } from '../../shared/alerts/alert.ts';
import { alertAsOf } from '../../shared/alerts/alert-state.ts';
import { ItemId } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { namedItem } from '../../shared/materials/request-sentences.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type AlertResponseDeps = { readonly clock: Clock; readonly registry: RegistryStore };

export const alertResponses = async (
  alerts: readonly Alert[],
  { registry, clock }: AlertResponseDeps,
): Promise<AlertResponse[]> => {
  const now = clock.now();
  const items = await registry.entries(
    'items',
    alerts.filter(isStockAlert).map(({ item }) => item),
  );
  return alerts.map((stored) => {
    const alert = alertAsOf(stored, now);
    const item = isStockAlert(alert) ? alert.item : NO_ITEM;
    return { ...alert, alert: alertKeyOf(alert), says: renderAlert(alert, namedItem(item, items.get(item)?.entry)) };
  });
};

/** Exception alerts have no item. */
const NO_ITEM = ItemId.parse('NONE');
