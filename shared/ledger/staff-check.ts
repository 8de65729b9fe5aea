import type { DistrictId, LocationId, StaffId } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import { isOpenAt } from '../registry/entry-status.ts';
import type { DecisionContext, StaffAssignment } from './decision.ts';
import { isCancelled, kindOf, type VoucherClaim } from './voucher.ts';
import type { StaffReference } from './voucher-kind.ts';

export const isStaffOf = (
  { location, looksAfter = [], hasLeft = false }: StaffAssignment,
  place: LocationId,
  district: DistrictId | undefined,
): boolean =>
  !hasLeft && (location === place || looksAfter.some((one) => one === place || one === 'state' || one === district));

/** Marks who has left at that time. */
export const staffAt = (
  staff: Iterable<readonly [StaffId, { readonly entry: StaffAssignment & object }]>,
  at: Instant,
): ReadonlyMap<StaffId, StaffAssignment> =>
  new Map([...staff].map(([id, { entry }]) => [id, { ...entry, hasLeft: !isOpenAt(entry, at) }]));

/** A cancelled number has no effect, so it is not checked. */
export const staffReferences = (claim: VoucherClaim): readonly StaffReference[] =>
  isCancelled(claim) ? [] : [['by', claim.by], ...(kindOf(claim).people?.(claim) ?? [])];

type UnknownStaff = FieldProblem & { readonly person: StaffId };

type Here = {
  readonly staff: ReadonlyMap<StaffId, StaffAssignment>;
  readonly location: LocationId;
  readonly district: DistrictId | undefined;
};

const strangersAmong = (people: readonly StaffReference[], { staff, location, district }: Here): UnknownStaff[] =>
  people.flatMap(([path, person]) => {
    const entry = staff.get(person);
    if (entry && isStaffOf(entry, location, district)) return [];
    const is = entry?.hasLeft ? 'has left' : entry ? 'works elsewhere' : 'is not in the registry';
    return [{ path, person, problem: `${person} ${is}, and is not staff of ${location}` }];
  });

type StaffCheckInput = {
  readonly claim: VoucherClaim;
  readonly context: Pick<DecisionContext, 'staff' | 'location' | 'locationEntry'>;
};

/** A workshop has no staff. */
export const unknownStaffOf = ({
  claim,
  context: { staff, location, locationEntry },
}: StaffCheckInput): UnknownStaff[] =>
  staff ? strangersAmong(staffReferences(claim), { staff, location, district: locationEntry?.district }) : [];

/** Live, unknown staff are refused. Offline, they are recorded as `strangers`. */
export const refuseUnknownStaff = (input: StaffCheckInput): Refusal | undefined => refusalOf(unknownStaffOf(input));

/** For one person without a voucher, such as an approver. */
export const refuseStranger = (by: StaffId, here: Here): Refusal | undefined =>
  refusalOf(strangersAmong([['by', by]], here));

const refusalOf = (strangers: readonly UnknownStaff[]): Refusal | undefined => {
  const fields = strangers.map(({ path, problem }) => ({ path, problem }));
  const [first] = fields;
  return first && refuse('STAFF_UNKNOWN', `${first.problem}.`, { fields });
};
