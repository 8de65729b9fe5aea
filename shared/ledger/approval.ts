import { isProducer, stockLocationKind } from '../kernel/ids.ts';
import type { BoundProblem } from '../kernel/problems.ts';
import { sumOf } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import { effectiveAt } from '../registry/dated-field.ts';
import { amountFor, type Item, priceUnitOf } from '../registry/item.ts';
import type { Admission } from './admission.ts';
import type { DecisionContext } from './decision.ts';
import { baseUnitsOf } from './line-quantities.ts';
import { isCancelled, kindOf, reversedKindOf, type VoucherClaim } from './voucher.ts';

type StockLocationKind = 'outlets' | 'depots';

/** Base units per item, all lines together, at a stall. */
const ADJUSTMENT_QUANTITY_LIMIT: Readonly<Record<Item['unit'], number>> = {
  piece: 50,
  gram: 10_000,
  millilitre: 10_000,
  millimetre: 100_000,
};
/** A depot keeps tonnes. */
const QUANTITY_LIMIT_FACTOR: Readonly<Record<StockLocationKind, number>> = { outlets: 1, depots: 50 };

/** Paise at list price per voucher. */
const ADJUSTMENT_VALUE_LIMIT: Readonly<Record<StockLocationKind, number>> = {
  outlets: 2_500_000,
  depots: 10_000_000,
};

type ApprovalInput = {
  readonly claim: VoucherClaim;
  readonly context: Pick<DecisionContext, 'items' | 'location' | 'locationEntry'>;
};

const figuresAboveLimit = ({ claim, context }: ApprovalInput): BoundProblem[] => {
  const { location, locationEntry, items } = context;
  if (isCancelled(claim) || isProducer(location)) return [];
  const adjusted = kindOf(claim).adjustedLines?.(claim, reversedKindOf(claim)) ?? [];
  const kind = stockLocationKind(location);
  const lines = adjusted.flatMap((line, at) => {
    const item = items.get(line.item);
    const value = item && baseUnitsOf(line.quantity, item);
    return item && value !== undefined ? [{ at, item, value }] : [];
  });
  const totals = new Map<Item, number>();
  const fields = lines.flatMap(({ at, item, value: onLine }): BoundProblem[] => {
    const value = (totals.get(item) ?? 0) + onLine;
    totals.set(item, value);
    const bound = item.adjustmentLimit ?? ADJUSTMENT_QUANTITY_LIMIT[item.unit] * QUANTITY_LIMIT_FACTOR[kind];
    if (value <= bound) return [];
    const problem = `${value} ${item.unit} is more than ${bound} ${item.unit}, the most without an officer's approval`;
    return [{ path: `lines.${at}.quantity`, value, bound, problem }];
  });
  const value = sumOf(lines.map((line) => listPriceValueOf(line.value, line.item, claim.occurredAt)));
  const bound = locationEntry?.adjustmentLimit ?? ADJUSTMENT_VALUE_LIMIT[kind];
  const problem = `worth ${value} paise, more than ${bound} paise, the most without an officer's approval`;
  return value > bound ? [...fields, { path: 'lines', value, bound, problem }] : fields;
};

/**
 * Live, the voucher is refused. Offline, it is held, and an officer approves it by admitting it.
 */
export const refuseUnapproved = (input: ApprovalInput, admission: Admission): Refusal | undefined => {
  if (admission.way === 'captured' && admission.approved) return undefined;
  const fields = figuresAboveLimit(input);
  const [first] = fields;
  return first && refuse('APPROVAL_NEEDED', `${first.path}: ${first.problem}.`, { fields });
};

/** At the price of that time. Before the first price, at the highest. */
const listPriceValueOf = (quantity: number, item: Item, at: Instant): number => {
  const price = effectiveAt(item.prices, at);
  const prices = price ? [price] : item.prices;
  return Math.max(...prices.map((one) => amountFor(quantity, one.price, priceUnitOf(item, one))));
};
