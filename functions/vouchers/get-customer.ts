import { allPages } from '../../shared/kernel/pages.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import { isSameHolder } from '../../shared/ledger/customer.ts';
import type { CustomerStore } from '../../shared/ledger/customer-store.ts';
import * as contract from '../../shared/ledger/voucher-contract.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

type GetCustomerDeps = { readonly clock: Clock; readonly customers: CustomerStore; readonly registry: RegistryStore };

export const getCustomer = operation(
  contract.getCustomer,
  async ({ path }, { customers, registry, clock }: GetCustomerDeps) => {
    const { location, number } = path;
    const customer = await customers.find(path, clock.now());
    if (!customer) return refuse('NOT_FOUND', `No customer phone is stored for ${number}.`);
    const code = partsOf(number).terminal;
    const terminal = (await registry.entriesNow('terminals', [code])).get(code)?.entry;
    const atPlace = await allPages((after) => registry.terminalsOf(location, after));
    const others = atPlace.map(({ entry }) => entry);
    if (terminal && isSameHolder(terminal, others, customer)) return ok({ ...path, ...customer });
    return refuse('FORBIDDEN', 'The stall has another holder since this sale.');
  },
);
