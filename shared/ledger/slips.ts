import type { StaffId } from '../kernel/ids.ts';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import type { Admission } from './admission.ts';
import { refuseUnapproved } from './approval.ts';
import type { Known } from './decision.ts';
import { implausibleIn, refuseImplausible } from './plausibility.ts';
import { refuseStrangers, strangersIn } from './staff-check.ts';
import { refuseUnitless } from './unit-needed.ts';
import type { Claim } from './voucher.ts';

type Said = { readonly claim: Claim; readonly admission: Admission };

/** How it is admitted, and who of the people that it names is not known to be staff here. */
type Checked = { readonly admission: Admission; readonly strangers: readonly StaffId[] };

/**
 * Slips of the hand that every kind is checked for, before anything is decided: who stood there, a quantity without
 * its unit, an implausible figure, an adjustment above the limit. What the system itself proposed (`asked`) is
 * bounded by that proposal.
 */
export const checkSlips = ({ claim, admission }: Said, known: Known): Checked | Refusal => {
  const asked = { claim, known };
  const isLive = admission.way === 'live';
  const stranger = isLive ? refuseStrangers(asked) : undefined;
  if (stranger) return stranger;
  const strangers = isLive ? [] : strangersIn(asked).map(({ person }) => person);
  if (isLive && admission.asked) return { admission, strangers };
  const fields = implausibleIn(asked);
  const wrong =
    refuseUnitless(asked, admission) ?? refuseImplausible(fields, admission) ?? refuseUnapproved(asked, admission);
  return isRefusal(wrong) ? wrong : { admission: fields.length > 0 ? admission : plain(admission), strangers };
};

/** A confirmation of what was plausible anyway says nothing. */
const plain = (admission: Admission): Admission => {
  if (admission.way !== 'live') return admission;
  const { confirmed: _confirmed, ...rest } = admission;
  return rest;
};
