import { type Alert, isStockAlert } from '../../shared/alerts/alert.ts';
import { isUrgent } from '../../shared/alerts/escalation.ts';
import { says } from '../../shared/alerts/sentences.ts';
import type { Composition } from '../../shared/api/composition.ts';
import { ItemId } from '../../shared/kernel/ids.ts';
import { named } from '../../shared/materials/request-sentences.ts';
import type { DigestLine } from '../../shared/notifications/digest.ts';
import { lineOf, placed, shortly } from '../../shared/notifications/notification.ts';

/** A matter is told without one. */
const NO_ITEM = ItemId.parse('NONE');

type Told = { readonly alert: Alert; readonly unsure: boolean };

/** Each alert in one line. */
export const linesOf = async (told: readonly Told[], { registry }: Composition): Promise<DigestLine[]> => {
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
