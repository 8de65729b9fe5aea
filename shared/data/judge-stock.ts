import { ALERT_TYPES, type AlertChange, decideAlert } from '../domain/alert.ts';
import { type ItemId, type LocationId, locationKind } from '../domain/ids.ts';
import type { StockRow } from '../domain/stock.ts';
import type { Clock } from '../domain/time.ts';
import type { AlertStore } from './alert-store.ts';
import type { RegistryStore } from './registry-store.ts';
import type { StockStore } from './stock-store.ts';

type Stores = {
  readonly stock: StockStore;
  readonly registry: RegistryStore;
  readonly alerts: AlertStore;
  readonly clock: Clock;
};

export type JudgeStock = (location: LocationId, item: ItemId) => Promise<AlertChange['did'][]>;

/**
 * Settles the alerts of one stock row as it stands now, whatever news led here, so that late news cannot mislead. After opening an
 * alert it looks once more: a receipt may have come between the look and the opening, when there was no alert yet to resolve.
 */
export const judgeStock =
  ({ stock, registry, alerts, clock }: Stores): JudgeStock =>
  async (location, item) => {
    const did: AlertChange['did'][] = [];
    let seen: StockRow | undefined;
    for (let row = await stock.row(location, item); row && row.version !== seen?.version; ) {
      const judged = await standingOf(row);
      if (!judged) return did;
      seen = row;
      let opened = false;
      for (const type of ALERT_TYPES) {
        const change = decideAlert(type, await alerts.get(location, item, type), judged);
        if (!change || !(await alerts.save(change.alert))) continue;
        did.push(change.did);
        opened ||= change.did === 'opened';
      }
      if (!opened) return did;
      row = await stock.row(location, item);
    }
    return did;

    async function standingOf(row: StockRow) {
      const [known, place] = [
        await registry.entry('items', item),
        await registry.entry(locationKind(location), location),
      ];
      if (!known || !place) return undefined;
      const { version: itemVersion, entry } = known;
      return { row, reorderPoint: entry.reorderPoint, itemVersion, district: place.entry.district, now: clock.now() };
    }
  };
