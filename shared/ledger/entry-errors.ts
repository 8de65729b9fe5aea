import type { StaffId } from '../kernel/ids.ts';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import type { Admission } from './admission.ts';
import { refuseUnapproved } from './approval.ts';
import type { DecisionContext } from './decision.ts';
import { refuseMissingUnit } from './missing-unit.ts';
import { implausibleFigures, refuseImplausible } from './plausibility.ts';
import { refuseUnknownStaff, unknownStaffOf } from './staff-check.ts';
import type { VoucherClaim } from './voucher.ts';

type ClaimWithAdmission = { readonly claim: VoucherClaim; readonly admission: Admission };

/** `strangers`: named people who are not staff here. */
type EntryCheck = { readonly admission: Admission; readonly strangers: readonly StaffId[] };

/** Checks shared by every kind. A transfer request bounds its own dispatch (`asked`). */
export const checkEntryErrors = (
  { claim, admission }: ClaimWithAdmission,
  context: DecisionContext,
): EntryCheck | Refusal => {
  const input = { claim, context };
  const isLive = admission.way === 'live';
  const stranger = isLive ? refuseUnknownStaff(input) : undefined;
  if (stranger) return stranger;
  const strangers = isLive ? [] : unknownStaffOf(input).map(({ person }) => person);
  if (isLive && admission.asked) return { admission, strangers };
  const fields = implausibleFigures(input);
  const wrong =
    refuseMissingUnit(input, admission) ?? refuseImplausible(fields, admission) ?? refuseUnapproved(input, admission);
  return isRefusal(wrong)
    ? wrong
    : { admission: fields.length > 0 ? admission : withoutConfirmation(admission), strangers };
};

/** A confirmation is stored only if a figure was implausible. */
const withoutConfirmation = (admission: Admission): Admission => {
  if (admission.way !== 'live') return admission;
  const { confirmed: _confirmed, ...rest } = admission;
  return rest;
};
