import { type Alert, isStockAlert } from '../../shared/alerts/alert.ts';
import { isUrgent } from '../../shared/alerts/escalation.ts';
import { says } from '../../shared/alerts/sentences.ts';
import { ItemId } from '../../shared/kernel/ids.ts';
import { named } from '../../shared/materials/request-sentences.ts';
import type { DigestLine } from '../../shared/notifications/digest.ts';
import { lineOf, placed, shortly } from '../../shared/notifications/notification.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

/** A matter is told without one. */
const NO_ITEM = ItemId.parse('NONE');

type Told = { readonly alert: Alert; readonly unsure: boolean };

export type DigestLinesDeps = { readonly registry: RegistryStore };

/** Each alert in one line. */
export const linesOf = async (told: readonly Told[], { registry }: DigestLinesDeps): Promise<DigestLine[]> => {
  const alerts = told.map(({ alert }) => alert).filter(isStockAlert);
  const items = await registry.entries(
    'items',
    alerts.map(({ item }) => item),
  );
  return told.map(({ alert, unsure }) => {
    const id = isStockAlert(alert) ? alert.item : NO_ITEM;
    const item = named(id, items.get(id)?.entry);
    const line = lineOf(alert, says(alert, item), item);
    return { line, shortly: placed(alert, shortly(alert, item)), urgent: isUrgent(alert.type), unsure };
  });
};
