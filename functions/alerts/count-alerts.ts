import { type AlertCount, countAlerts as contract } from '../../shared/alerts/alert-contract.ts';
import { alertAsOf } from '../../shared/alerts/alert-state.ts';
import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import type { AreaId } from '../../shared/kernel/ids.ts';
import { eachPage } from '../../shared/kernel/pages.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { listDistricts } from './list-alerts.ts';

type CountAlertsDeps = { readonly alerts: AlertStore; readonly clock: Clock; readonly registry: RegistryStore };

const CONCURRENCY = 25;

/** Unpaged: at most types × districts, or locations, rows. */
export const countAlerts = operation(contract, async ({ query: { area } }, deps: CountAlertsDeps) => {
  const districts: AreaId[] = area === 'state' ? [...(await listDistricts(deps)), area] : [area];
  const lists = districts.flatMap((district) =>
    (['open', 'acknowledged', 'snoozed'] as const).map((state) => ({ district, state })),
  );
  const now = deps.clock.now();
  const counts = new Map<string, AlertCount>();
  let unreadable = 0;
  await concurrently(CONCURRENCY, lists, async ({ district, state }) => {
    for await (const page of eachPage((after) => deps.alerts.ofDistrict(district, state, after))) {
      unreadable += page.unreadable ?? 0;
      for (const alert of page.rows) {
        const { type } = alert;
        const at = area === 'state' ? district : alert.location;
        const known = counts.get(`${at} ${type}`) ?? { at, type, open: 0, unresolved: 0 };
        const open = known.open + (alertAsOf(alert, now).state === 'open' ? 1 : 0);
        counts.set(`${at} ${type}`, { at, type, open, unresolved: known.unresolved + 1 });
      }
    }
  });
  const rows = [...counts].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, count]) => count);
  return ok({ area, counts: rows, ...(unreadable > 0 && { unreadable }) });
});
