import type { DistrictId, LocationId, StaffId } from '../kernel/ids.ts';
import { type FieldProblem, type Refusal, refuse } from '../kernel/refusal.ts';
import type { DecisionContext, StaffAssignment } from './decision.ts';
import { isCancelled, kindOf, type VoucherClaim } from './voucher.ts';
import type { StaffReference } from './voucher-kind.ts';

/** Works there, or looks after the location, its district or the state. */
export const isStaffOf = (
  { location, looksAfter = [] }: StaffAssignment,
  place: LocationId,
  district: DistrictId | undefined,
): boolean => location === place || looksAfter.some((one) => one === place || one === 'state' || one === district);

/** Everyone whom a claim names, by field. A cancelled number is not checked: it has no effect. */
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
    const is = entry ? `works elsewhere` : 'is not in the registry';
    return [{ path, person, problem: `${person} ${is}, and is not staff of ${location}` }];
  });

type StaffCheckInput = {
  readonly claim: VoucherClaim;
  readonly context: Pick<DecisionContext, 'staff' | 'location' | 'locationEntry'>;
};

/** People of the claim who are not staff of this location. A workshop has no staff. */
export const unknownStaffOf = ({
  claim,
  context: { staff, location, locationEntry },
}: StaffCheckInput): UnknownStaff[] =>
  staff ? strangersAmong(staffReferences(claim), { staff, location, district: locationEntry?.district }) : [];

/** Live, unknown staff are refused. Offline, the voucher is recorded with them as `strangers`. */
export const refuseUnknownStaff = (input: StaffCheckInput): Refusal | undefined => refusalOf(unknownStaffOf(input));

/** The same for one person who acts without a voucher, such as approving a request. */
export const refuseStranger = (by: StaffId, here: Here): Refusal | undefined =>
  refusalOf(strangersAmong([['by', by]], here));

const refusalOf = (strangers: readonly UnknownStaff[]): Refusal | undefined => {
  const fields = strangers.map(({ path, problem }) => ({ path, problem }));
  const [first] = fields;
  return first && refuse('STAFF_UNKNOWN', `${first.problem}.`, { fields });
};
