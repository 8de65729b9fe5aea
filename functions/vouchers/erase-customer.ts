import type { Clock } from '../../shared/kernel/time.ts';
import type { CustomerStore } from '../../shared/ledger/customer-store.ts';
import * as contract from '../../shared/ledger/voucher-contract.ts';
import { ok, operation } from '../../shared/platform/operation.ts';

type EraseCustomerDeps = { readonly clock: Clock; readonly customers: CustomerStore };

export const eraseCustomer = operation(
  contract.eraseCustomer,
  async ({ path }, { customers, clock }: EraseCustomerDeps) => {
    await customers.erase(path, clock.now());
    return ok({ ...path, erased: true as const });
  },
);
