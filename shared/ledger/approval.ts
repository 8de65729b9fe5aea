import { isProducer, stockLocationKind } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { type BoundProblem, type Refusal, refuse } from '../kernel/refusal.ts';
import { amountFor, type Item, priceUnitOf } from '../registry/item.ts';
import type { Admission } from './admission.ts';
import type { DecisionContext } from './decision.ts';
import { baseUnitsOf } from './line-quantities.ts';
import { isCancelled, kindOf, type VoucherClaim } from './voucher.ts';

type StockLocationKind = 'outlets' | 'depots';

/**
 * Base units that one line may adjust without an officer, at a stall: 50 pieces, 10 kg, 10 litres,
 * 100 m.
 */
const ADJUSTMENT_QUANTITY_LIMIT: Readonly<Record<Item['unit'], number>> = {
  piece: 50,
  gram: 10_000,
  millilitre: 10_000,
  millimetre: 100_000,
};
/** Multiplies the limit. A depot keeps tonnes. */
const QUANTITY_LIMIT_FACTOR: Readonly<Record<StockLocationKind, number>> = { outlets: 1, depots: 50 };

/**
 * Paise at list price that one voucher may adjust without an officer: 25,000 rupees at a stall, 1
 * lakh at a depot.
 */
const ADJUSTMENT_VALUE_LIMIT: Readonly<Record<StockLocationKind, number>> = {
  outlets: 2_500_000,
  depots: 10_000_000,
};

type ApprovalInput = {
  readonly claim: VoucherClaim;
  readonly context: Pick<DecisionContext, 'items' | 'location' | 'locationEntry'>;
};

/** The figures of an adjustment, or of its reversal, that need an officer's approval. */
const figuresAboveLimit = ({ claim, context }: ApprovalInput): BoundProblem[] => {
  const { location, locationEntry, items } = context;
  if (isCancelled(claim) || isProducer(location)) return [];
  const adjusted = kindOf(claim).adjustedLines?.(claim) ?? [];
  const kind = stockLocationKind(location);
  const lines = adjusted.flatMap((line, at) => {
    const item = items.get(line.item);
    const value = item && baseUnitsOf(line.quantity, item);
    return item && value !== undefined ? [{ at, item, value }] : [];
  });
  const fields = lines.flatMap(({ at, item, value }): BoundProblem[] => {
    const bound = item.adjustmentLimit ?? ADJUSTMENT_QUANTITY_LIMIT[item.unit] * QUANTITY_LIMIT_FACTOR[kind];
    if (value <= bound) return [];
    const problem = `${value} ${item.unit} is more than ${bound} ${item.unit}, the most without an officer's approval`;
    return [{ path: `lines.${at}.quantity`, value, bound, problem }];
  });
  const value = sumOf(lines.map((line) => listPriceValueOf(line.value, line.item)));
  const bound = locationEntry?.adjustmentLimit ?? ADJUSTMENT_VALUE_LIMIT[kind];
  const problem = `worth ${value} paise, more than ${bound} paise, the most without an officer's approval`;
  return value > bound ? [...fields, { path: 'lines', value, bound, problem }] : fields;
};

/**
 * An officer approves a held voucher by admitting it. A live one is refused, and held if it is sent
 * offline.
 */
export const refuseUnapproved = (input: ApprovalInput, admission: Admission): Refusal | undefined => {
  if (admission.way === 'captured' && admission.approved) return undefined;
  const fields = figuresAboveLimit(input);
  const [first] = fields;
  return first && refuse('APPROVAL_NEEDED', `${first.path}: ${first.problem}.`, { fields });
};

/** The item's highest price of all time: the limit does not need more precision. */
const listPriceValueOf = (quantity: number, item: Item): number =>
  Math.max(...item.prices.map((price) => amountFor(quantity, price.price, priceUnitOf(item, price))));
