import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import { addDays, type Clock, dayOf } from '../../shared/kernel/time.ts';
import { toBaseUnitLines } from '../../shared/ledger/base-unit-lines.ts';
import { refuseRequestSlips } from '../../shared/ledger/entry-errors.ts';
import { seasonOf } from '../../shared/materials/entitlement-account.ts';
import * as contract from '../../shared/materials/entitlement-contract.ts';
import type { OpenAccounts } from '../../shared/materials/entitlement-service.ts';
import type { PassbookStore } from '../../shared/materials/passbook-store.ts';
import { created, ok, operation } from '../../shared/platform/operation.ts';
import { sellersAt } from '../../shared/registry/location-sellers.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

const MAX_DAYS_AHEAD = 366;

type GrantEntitlementDeps = {
  readonly clock: Clock;
  readonly openAccounts: OpenAccounts;
  readonly passbook: PassbookStore;
  readonly registry: RegistryStore;
};

export const grantEntitlement = operation(
  contract.grantEntitlement,
  async ({ path, body, caller }, deps: GrantEntitlementDeps) => {
    const { registry, passbook, clock } = deps;
    const { producer, item, grant } = path;
    if (!(await registry.entry('producers', producer)))
      return refuse('PRODUCER_UNKNOWN', `The registry has no producer ${producer}.`);
    const registered = (await registry.entry('items', item))?.entry;
    if (!registered)
      return refuse('ITEM_UNKNOWN', `The registry has no item ${item}.`, {
        fields: [{ path: 'item', problem: `no item ${item}` }],
      });
    if (!(await registry.entry('products', registered.product))?.entry.material)
      return refuse('NOT_A_MATERIAL', 'Entitlements are for materials only.', {
        fields: [{ path: 'item', problem: 'is a product' }],
      });
    const depot = (await registry.entry('depots', body.depot))?.entry;
    if (!depot || !sellersAt(depot, clock.now()).includes(registered.seller))
      return refuse('NOT_A_MATERIAL', `${body.depot} does not give out ${item}.`, {
        fields: [{ path: 'depot', problem: `does not stock ${item}` }],
      });
    const items = new Map([[item, registered]]);
    const stated = [{ path: 'quantity', field: 'quantity', item, stated: body.quantity }];
    const implausible = refuseRequestSlips(
      stated,
      { items, location: body.depot, locationEntry: depot },
      body.confirmed,
    );
    if (implausible) return implausible;
    const measured = toBaseUnitLines([{ item, quantity: body.quantity }], { items });
    if (isRefusal(measured)) return measured;
    const [line] = measured.lines;
    if (!line) throw new Error('one line was measured');

    const now = clock.now();
    const season = body.season ?? seasonOf(dayOf(now));
    const latest = seasonOf(addDays(dayOf(now), MAX_DAYS_AHEAD));
    if (season > latest)
      return refuse('INVALID_REQUEST', 'A date is too far ahead.', {
        fields: [{ path: 'season', problem: `is at most ${latest}` }],
      });
    await deps.openAccounts([{ producer, depot: body.depot, season, items: [item] }]);
    const entry = { grant, producer, season, item, quantity: line.quantity, why: body.why, by: caller.sub, at: now };
    const result = await passbook.grant(entry);
    if (isRefusal(result)) return result;
    return result.did === 'granted' ? created(result.grant) : ok(result.grant);
  },
);
