import { contract } from '../../shared/api/contract.ts';
import { ok, operation } from '../../shared/platform/operation.ts';

export const eraseCustomer = operation(contract.eraseCustomer, async ({ path }, { customers, clock }) => {
  await customers.erase(path, clock.now());
  return ok({ ...path, erased: true as const });
});
