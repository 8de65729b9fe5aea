import { type Alert, isStockAlert } from '../../shared/alerts/alert.ts';
import { keyOf } from '../../shared/alerts/alert-key.ts';
import type { ShownAlert } from '../../shared/alerts/alert-response.ts';
import { asOf } from '../../shared/alerts/alert-state.ts';
import { says } from '../../shared/alerts/sentences.ts';
import { ItemId } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { named } from '../../shared/materials/request-sentences.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type AlertResponseDeps = { readonly clock: Clock; readonly registry: RegistryStore };

/** Alerts as they are now, under the keys by which they are taken on, each in one sentence. */
export const shown = async (
  alerts: readonly Alert[],
  { registry, clock }: AlertResponseDeps,
): Promise<ShownAlert[]> => {
  const now = clock.now();
  const items = await registry.entries(
    'items',
    alerts.filter(isStockAlert).map(({ item }) => item),
  );
  return alerts.map((stored) => {
    const alert = asOf(stored, now);
    const item = isStockAlert(alert) ? alert.item : NO_ITEM;
    return { ...alert, alert: keyOf(alert), says: says(alert, named(item, items.get(item)?.entry)) };
  });
};

/** A matter is told without one. */
const NO_ITEM = ItemId.parse('NONE');
