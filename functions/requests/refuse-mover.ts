import type { Caller } from '../../shared/kernel/access.ts';
import type { StaffId, StockLocationId } from '../../shared/kernel/ids.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { StaffAssignment } from '../../shared/ledger/decision.ts';
import { refuseStranger } from '../../shared/ledger/staff-check.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type RefuseMoverDeps = { readonly registry: RegistryStore };

/**
 * A depot's account must name the member of staff; anyone named must work there. Producers name
 * nobody.
 */
export const refuseMover = async (
  { role }: Caller,
  by: StaffId | undefined,
  depot: StockLocationId,
  { registry }: RefuseMoverDeps,
): Promise<Refusal | undefined> => {
  if (by === undefined) {
    if (role !== 'depot') return undefined;
    const fields = [{ path: 'by', problem: 'is required: the member of staff at the counter' }];
    return refuse('INVALID_REQUEST', 'A depot names its member of staff in `by`.', { fields });
  }
  if (role === 'producer') {
    const fields = [{ path: 'by', problem: "is only for a depot's staff" }];
    return refuse('INVALID_REQUEST', "A producer's phone must leave out `by`.", { fields });
  }
  const district = (await registry.entry('depots', depot))?.entry.district;
  return refuseStranger(by, { staff: await staffEntries([by], { registry }), location: depot, district });
};

export const staffEntries = async (
  people: readonly StaffId[],
  { registry }: RefuseMoverDeps,
): Promise<ReadonlyMap<StaffId, StaffAssignment>> =>
  new Map([...(await registry.entries('staff', people))].map(([id, { entry }]) => [id, entry]));
