import type { StaffId } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts';
import { toBaseUnits } from '../kernel/units.ts';
import type { Item } from '../registry/item.ts';
import type { Admission } from './admission.ts';
import { refuseUnapproved } from './approval.ts';
import type { DecisionContext } from './decision.ts';
import { type LineQuantity, lineQuantities } from './line-quantities.ts';
import {
  implausibleFigures,
  implausibleRequested,
  largestQuantity,
  REQUEST_LINES,
  refuseImplausible,
} from './plausibility.ts';
import { refuseUnknownStaff, unknownStaffOf } from './staff-check.ts';
import { isCancelled, kindOf, type VoucherClaim } from './voucher.ts';
import type { LineRules } from './voucher-kind.ts';

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

type UnitCheckInput = {
  readonly claim: VoucherClaim;
  readonly context: Pick<DecisionContext, 'items' | 'location' | 'locationEntry'>;
};

/**
 * A bare `40` of bamboo may mean gram or kg. Live, a unit is required. Offline, the voucher is held
 * if both readings are plausible.
 */
const refuseMissingUnit = ({ claim, context }: UnitCheckInput, admission: Admission): Refusal | undefined => {
  if (isCancelled(claim) || (admission.way === 'captured' && admission.approved)) return undefined;
  const { lineRules, statedLines } = kindOf(claim);
  if (!lineRules || !statedLines) return undefined;
  return refuseBareNumbers(lineQuantities(statedLines(claim, {})), lineRules, context, admission.way === 'live');
};

export const refuseBareNumbers = (
  lines: readonly LineQuantity[],
  { measured, plausible }: LineRules,
  context: UnitCheckInput['context'],
  isLive = true,
): Refusal | undefined => {
  if (measured === 'no item') return undefined;
  const fields = lines.flatMap(({ path, item: id, stated: bare }): FieldProblem[] => {
    const item = context.items.get(id);
    if (!item || typeof bare !== 'number' || bare === 0) return [];
    if (measured === 'items priced per measure' && !item.prices.some(({ per }) => per !== undefined)) return [];
    const bound = largestQuantity(plausible, item, context.location, context.locationEntry);
    const others = otherReadings(bare, item, bound);
    if (!others.some(({ isPlausible }) => isLive || isPlausible)) return [];
    const readings = [`${bare} ${item.unit}`, ...others.map(({ says }) => says)].join(' or ');
    return [{ path, problem: `${bare} may be ${readings}: name the unit` }];
  });
  const [first] = fields;
  return first && refuse('UNIT_NEEDED', `${first.path}: ${first.problem}.`, { fields });
};

/** None for items counted in pieces. */
const otherReadings = (bare: number, { unit, units = [] }: Item, bound: number) =>
  unit === 'piece'
    ? []
    : units
        .filter(({ base, per }) => base > per)
        .map((other) => {
          const converted = toBaseUnits(`${bare} ${other.unit}`, { unit, units });
          return { says: `${bare} ${other.unit}`, isPlausible: 'quantity' in converted && converted.quantity <= bound };
        });

/** `confirmed`: the quantities were checked again. */
export const refuseRequestSlips = (
  lines: readonly LineQuantity[],
  depot: Pick<DecisionContext, 'items' | 'location' | 'locationEntry'>,
  confirmed = false,
): Refusal | undefined =>
  refuseBareNumbers(lines, REQUEST_LINES, depot) ??
  refuseImplausible(implausibleRequested(lines, depot), {
    way: 'live',
    goodsInHand: false,
    ...(confirmed && { confirmed: true }),
  });
