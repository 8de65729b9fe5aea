import type { DistrictId, LocationId, StaffId } from '../kernel/ids.ts';
import { type FieldProblem, type Refusal, refuse } from '../kernel/refusal.ts';
import type { DecisionContext, StaffAssignment } from './decision.ts';
import { isCancelled, kindOf, type VoucherClaim } from './voucher.ts';
import type { StaffReference } from './voucher-kind.ts';

/** Works there, or looks after the place, its district or the state, and so may stand in. */
export const isStaffOf = (
  { location, looksAfter = [] }: StaffAssignment,
  place: LocationId,
  district: DistrictId | undefined,
): boolean => location === place || looksAfter.some((one) => one === place || one === 'state' || one === district);

/** Everybody whom a claim names, by the field that names them. A cancelled number is not checked: it has no effect. */
export const staffReferences = (claim: VoucherClaim): readonly StaffReference[] =>
  isCancelled(claim) ? [] : [['by', claim.by], ...(kindOf(claim).people?.(claim) ?? [])];

type UnknownStaff = FieldProblem & { readonly person: StaffId };

/** The registry's entries of the people named, and where they stand. */
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

/** Those of them that the registry does not have as staff of this place. At a workshop its producer says it. */
export const unknownStaffOf = ({
  claim,
  context: { staff, location, locationEntry },
}: StaffCheckInput): UnknownStaff[] =>
  staff ? strangersAmong(staffReferences(claim), { staff, location, district: locationEntry?.district }) : [];

/** Live, whoever stands there can be asked; what happened offline is recorded, with `strangers` on the voucher. */
export const refuseUnknownStaff = (asked: StaffCheckInput): Refusal | undefined => refusalOf(unknownStaffOf(asked));

/** The same where one member of staff acts without a voucher, such as to approve a request. */
export const refuseStranger = (by: StaffId, here: Here): Refusal | undefined =>
  refusalOf(strangersAmong([['by', by]], here));

const refusalOf = (strangers: readonly UnknownStaff[]): Refusal | undefined => {
  const fields = strangers.map(({ path, problem }) => ({ path, problem }));
  const [first] = fields;
  return first && refuse('STAFF_UNKNOWN', `${first.problem}.`, { fields });
};
