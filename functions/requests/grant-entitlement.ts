import { contract } from '../../shared/api/contract.ts';
import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import { toBaseUnitLines } from '../../shared/ledger/base-unit-lines.ts';
import { refuseRequestSlips } from '../../shared/ledger/missing-unit.ts';
import type { OpenAccounts } from '../../shared/materials/entitlement-service.ts';
import type { PassbookStore } from '../../shared/materials/passbook-store.ts';
import { seasonOf } from '../../shared/materials/season.ts';
import { created, ok, operation } from '../../shared/platform/operation.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

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
    const known = (await registry.entry('items', item))?.entry;
    if (!known)
      return refuse('ITEM_UNKNOWN', `The registry has no item ${item}.`, {
        fields: [{ path: 'item', problem: `no item ${item}` }],
      });
    if (!(await registry.entry('products', known.product))?.entry.material)
      return refuse('NOT_A_MATERIAL', 'Entitlements are for materials only.', {
        fields: [{ path: 'item', problem: 'is a product' }],
      });
    const place = (await registry.entry('depots', body.depot))?.entry;
    if (!place?.sellers.includes(known.seller))
      return refuse('NOT_A_MATERIAL', `${body.depot} does not give out ${item}.`, {
        fields: [{ path: 'depot', problem: `does not stock ${item}` }],
      });
    const items = new Map([[item, known]]);
    const stated = [{ path: 'quantity', item, stated: body.quantity }];
    const slip = refuseRequestSlips(stated, { items, location: body.depot, locationEntry: place }, body.confirmed);
    if (slip) return slip;
    const came = toBaseUnitLines([{ item, quantity: body.quantity }], { items });
    if (isRefusal(came)) return came;
    const [line] = came.lines;
    if (!line) throw new Error('one line was measured');

    const now = clock.now();
    const season = body.season ?? seasonOf(dayOf(now));
    await deps.openAccounts([{ producer, depot: body.depot, season, items: [item] }]);
    const given = { grant, producer, season, item, quantity: line.quantity, why: body.why, by: caller.sub, at: now };
    const granted = await passbook.grant(given);
    if (isRefusal(granted)) return granted;
    return granted.did === 'granted' ? created(granted.grant) : ok(granted.grant);
  },
);
