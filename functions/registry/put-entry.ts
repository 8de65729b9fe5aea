import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { created, ok, operation } from '../../shared/platform/operation.ts';
import { farDateProblems } from '../../shared/registry/dated-field.ts';
import { endProblems, startProblems } from '../../shared/registry/entry-change.ts';
import { gstProblemsOf } from '../../shared/registry/gst-rate.ts';
import { chaptersOf, isItemEntry } from '../../shared/registry/item.ts';
import * as contract from '../../shared/registry/registry-contract.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type CheckKeeperDeps, refuseOtherKeeper } from './check-keeper.ts';
import { type FindClusterProblemsDeps, findClusterProblems } from './find-cluster-problems.ts';

type PutEntryDeps = { readonly clock: Clock; readonly registry: RegistryStore } & CheckKeeperDeps &
  FindClusterProblemsDeps;

export const putEntry = operation(
  contract.putEntry,
  async ({ path, body: entry, ifMatch, caller }, deps: PutEntryDeps) => {
    const { registry, clock } = deps;
    const { kind, id } = path;
    const [fields = []] = await registry.unknownReferences(kind, [{ id, entry }]);
    if (fields.length > 0)
      return refuse('REFERENCE_UNKNOWN', 'The entry references something that is not in the registry.', { fields });
    const refused = await refuseOtherKeeper(caller, kind, [{ id, entry }], deps);
    if (refused) return refused;
    const clusterProblems = (await findClusterProblems([{ id, entry }], deps)).get(id);
    if (clusterProblems)
      return refuse('INVALID_REQUEST', 'A producer and its cluster are of one district.', { fields: clusterProblems });
    const unfit = isItemEntry(entry) ? gstProblemsOf(entry, await registry.ratesNow(chaptersOf(entry))) : [];
    if (unfit.length > 0)
      return refuse('GST_RATE_MISMATCH', 'A price of the item and its GST rate do not fit.', { fields: unfit });
    const stored = (await registry.entriesNow(kind, [id])).get(id);
    const refusedNow = await refuseOtherKeeper(caller, kind, stored ? [stored] : [], deps);
    if (refusedNow) return refusedNow;
    const far = farDateProblems(entry, clock.now());
    if (far.length > 0) return refuse('INVALID_REQUEST', 'A date is too far ahead.', { fields: far });
    const backdated = endProblems(entry, stored?.entry, clock.now());
    if (backdated.length > 0)
      return refuse('INVALID_REQUEST', 'An end before today would hold what was recorded since.', {
        fields: backdated,
      });
    const unclear = startProblems(entry, stored?.entry, clock.now());
    if (unclear.length > 0)
      return refuse('INVALID_REQUEST', 'Two values would begin on the same day.', { fields: unclear });
    const change = { kind, id, entry, ifMatch, now: clock.now(), by: caller.sub };
    const result = await registry.put({ ...change, stored: { entry: stored } });
    if (isRefusal(result)) return result;
    const { did, ...registered } = result;
    return did === 'created' ? created(registered) : ok(registered);
  },
);
