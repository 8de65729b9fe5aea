import type { LocationMessage } from '../../shared/contract/jobs.ts';
import { ALERT_TYPES, decideAlert, isBehind, judgedBy } from '../../shared/domain/alert.ts';
import { type LocationId, locationKind } from '../../shared/domain/ids.ts';
import { everything } from '../../shared/domain/pages.ts';
import type { StockRow } from '../../shared/domain/stock.ts';
import type { Composition } from '../../shared/runtime/composition.ts';
import { ALERT_COUNTS } from '../../shared/runtime/observability.ts';

/** Looks over one location's rows beside its alerts, and settles what does not agree: all that the stream missed. */
export const raiseAlerts = async ({ location }: LocationMessage, tools: Composition): Promise<void> => {
  for (const { item } of await unsettled(location, tools))
    for (const did of await tools.judge(location, item)) tools.count(ALERT_COUNTS[did], 1);
  tools.count('LocationsSwept', 1);
};

/** Rows whose alerts would change, or came from something newer than is remembered here, by what one pass over the location shows. */
const unsettled = async (
  location: LocationId,
  { stock, alerts, registry, clock }: Composition,
): Promise<readonly StockRow[]> => {
  const place = await registry.entry(locationKind(location), location);
  if (!place) return [];
  const rows = await everything((after) => stock.at(location, after));
  const standing = await everything((after) => alerts.ofLocation(location, after));
  const byKey = new Map(standing.map((alert) => [`${alert.item}:${alert.type}`, alert]));
  const items = await registry.entries(
    'items',
    rows.map(({ item }) => item),
  );
  return rows.filter((row) => {
    const item = items.get(row.item);
    if (!item) return false;
    const judged = judgedBy(row, item, place, clock.now());
    return ALERT_TYPES.some((type) => {
      const alert = byKey.get(`${row.item}:${type}`);
      return decideAlert(type, alert, judged) || (alert && isBehind(judged, alert));
    });
  });
};
