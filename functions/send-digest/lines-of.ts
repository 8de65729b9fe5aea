import { type Alert, isStockAlert } from '../../shared/domain/alerts/alert.ts';
import { says } from '../../shared/domain/alerts/says.ts';
import { ItemId } from '../../shared/domain/ids.ts';
import type { Told } from '../../shared/domain/materials/request.ts';
import { named } from '../../shared/domain/materials/told.ts';
import { lineOf } from '../../shared/domain/messages/message.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

/** A matter is told without one. */
const NO_ITEM = ItemId.parse('NONE');

/** Each alert in one line. */
export const linesOf = async (alerts: readonly Alert[], { registry }: Composition): Promise<Told[]> => {
  const items = await registry.entries(
    'items',
    alerts.filter(isStockAlert).map(({ item }) => item),
  );
  return alerts.map((alert) => {
    const id = isStockAlert(alert) ? alert.item : NO_ITEM;
    const item = named(id, items.get(id)?.entry);
    return lineOf(alert, says(alert, item), item);
  });
};
