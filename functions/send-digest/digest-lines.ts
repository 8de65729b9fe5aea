import { type Alert, isStockAlert, isUrgent, renderAlert } from '../../shared/alerts/alert.ts';
import { ItemId } from '../../shared/kernel/ids.ts';
import { namedItem } from '../../shared/materials/request-sentences.ts';
import type { DigestLine } from '../../shared/notifications/digest.ts';
import { renderAlertLine, renderShort, renderWithLocation } from '../../shared/notifications/notification.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

/** Exception alerts have no item. */
const NO_ITEM = ItemId.parse('NONE');

type DigestAlert = { readonly alert: Alert; readonly unsure: boolean };

export type DigestLinesDeps = { readonly registry: RegistryStore };

export const renderDigestLines = async (
  told: readonly DigestAlert[],
  { registry }: DigestLinesDeps,
): Promise<DigestLine[]> => {
  const alerts = told.map(({ alert }) => alert).filter(isStockAlert);
  const items = await registry.entries(
    'items',
    alerts.map(({ item }) => item),
  );
  return told.map(({ alert, unsure }) => {
    const id = isStockAlert(alert) ? alert.item : NO_ITEM;
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
