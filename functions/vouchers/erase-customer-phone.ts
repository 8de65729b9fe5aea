import { StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import type { CustomerStore } from '../../shared/ledger/customer-store.ts';
import * as contract from '../../shared/ledger/voucher-contract.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

const TOGETHER = 25;

type EraseCustomerPhoneDeps = {
  readonly clock: Clock;
  readonly customers: CustomerStore;
  readonly registry: RegistryStore;
};

/** Reads every stored phone, at most 30 days of them. An index would outlive them. */
export const eraseCustomerPhone = operation(
  contract.eraseCustomerPhone,
  async ({ query: { area }, body }, deps: EraseCustomerPhoneDeps) => {
    const { customers, registry, clock } = deps;
    if (area !== 'state' && !(await registry.entry('districts', area)))
      return refuse('NOT_FOUND', `There is no district ${area}.`);
    let erased = 0;
    await concurrently(TOGETHER, await locationsIn(area, deps), async (location) => {
      const numbers = await allPages((after) => customers.withPhone(location, body.phone, after));
      for (const number of numbers) await customers.erase({ location, number }, clock.now());
      erased += numbers.length;
    });
    return ok({ area, erased });
  },
);

const locationsIn = async (area: string, { registry }: EraseCustomerPhoneDeps): Promise<StockLocationId[]> => {
  const kinds = [
    await allPages((after) => registry.list('outlets', after)),
    await allPages((after) => registry.list('depots', after)),
  ];
  return kinds
    .flat()
    .filter(({ entry }) => area === 'state' || entry.district === area)
    .map(({ id }) => StockLocationId.parse(id));
};
