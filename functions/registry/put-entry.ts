import { contract } from '../../shared/api/contract.ts';
import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { created, ok, operation } from '../../shared/platform/operation.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

type PutEntryDeps = { readonly clock: Clock; readonly registry: RegistryStore };

export const putEntry = operation(
  contract.putEntry,
  async ({ path, body: entry, ifMatch }, { registry, clock }: PutEntryDeps) => {
    const [fields = []] = await registry.unknownReferences(path.kind, [entry]);
    if (fields.length > 0)
      return refuse('REFERENCE_UNKNOWN', 'The entry references something that is not in the registry.', { fields });
    const result = await registry.put({ ...path, entry, ifMatch, now: clock.now() });
    if (isRefusal(result)) return result;
    const { did, ...registered } = result;
    return did === 'created' ? created(registered) : ok(registered);
  },
);
