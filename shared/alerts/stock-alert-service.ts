import { type ItemId, type StockLocationId, stockLocationKind } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import type { EntryOf } from '../registry/registry-item.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { reorderPointOf, type StockRow } from '../stock/stock.ts';
import type { StockStore } from '../stock/stock-store.ts';
import type { AlertOutcome } from './alert-state.ts';
import type { AlertStore } from './alert-store.ts';
import { STOCK_ALERT_TYPES } from './alert-type.ts';
import type { ReadOverdueQuantities } from './overdue-transfer-service.ts';
import { decideStockAlert, isEvaluationBehind, stockEvaluationOf } from './stock-alert.ts';

type Stores = {
  readonly stock: StockStore;
  readonly registry: RegistryStore;
  readonly alerts: AlertStore;
  readonly overdueOf: ReadOverdueQuantities;
  readonly clock: Clock;
};

export type EvaluateStockAlerts = (location: StockLocationId, item: ItemId) => Promise<AlertOutcome[]>;

/** How often a row is looked at: whoever moves it meanwhile makes news of its own, and the hourly sweep looks too. */
const MAX_EVALUATIONS = 10;

/**
 * Settles the alerts of one stock row as it stands now, whatever news led here, so that late news cannot mislead. After opening an
 * alert it looks once more: a receipt may have come between the look and the opening, when there was no alert yet to resolve. Where
 * another saw further, in stock or in the registry, it looks again at everything.
 */
export const evaluateStockAlerts =
  ({ stock, registry, alerts, overdueOf, clock }: Stores): EvaluateStockAlerts =>
  async (location, item) => {
    const place = stockLocationKind(location);
    const did: AlertOutcome[] = [];
    let [row, entries] = [await stock.row(location, item), await remembered()];
    for (let looks = 0; row && entries && looks < MAX_EVALUATIONS; looks++) {
      const { opened, overtaken } = await settle(row, entries);
      if (!opened && !overtaken) return did;
      if (overtaken) entries = await asTheyStand();
      const seen = row.version;
      row = await stock.row(location, item);
      if (!overtaken && row?.version === seen) return did;
    }
    return did;

    async function settle(looked: StockRow, known: RegistryEntries) {
      const pointOf = (row: StockRow) => reorderPointOf(row, known.item.entry.reorderPoint);
      const overdue = (await overdueOf([looked], pointOf)).get(item);
      const judged = stockEvaluationOf(looked, known.item, known.place, { now: clock.now(), overdue });
      const standing = await alerts.ofItem(location, item);
      let [opened, overtaken] = [false, false];
      for (const type of STOCK_ALERT_TYPES) {
        const stored = standing.get(type);
        const change = decideStockAlert(type, stored, judged);
        const saved = change !== undefined && (await alerts.save(change.alert));
        overtaken ||= change ? !saved : stored !== undefined && isEvaluationBehind(judged, stored);
        if (!change || !saved) continue;
        did.push(change.outcome);
        opened ||= change.outcome === 'opened';
      }
      return { opened, overtaken };
    }

    async function remembered(): Promise<RegistryEntries | undefined> {
      return entriesOf(await registry.entry('items', item), await registry.entry(place, location));
    }

    async function asTheyStand(): Promise<RegistryEntries | undefined> {
      const [items, places] = [
        await registry.entriesNow('items', [item]),
        await registry.entriesNow(place, [location]),
      ];
      return entriesOf(items.get(item), places.get(location));
    }
  };

type RegistryEntries = { readonly item: EntryOf<'items'>; readonly place: EntryOf<'outlets' | 'depots'> };

const entriesOf = (
  item: RegistryEntries['item'] | undefined,
  place: RegistryEntries['place'] | undefined,
): RegistryEntries | undefined => item && place && { item, place };
