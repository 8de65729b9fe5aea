import type { Refusal } from '../kernel/refusal.ts';
import type { DecisionContext } from './decision.ts';
import type { LineQuantity } from './line-quantities.ts';
import { refuseBareNumbers } from './missing-unit.ts';
import { implausibleRequested, REQUEST_LINES, refuseImplausible } from './plausibility.ts';

/** Refuses quantities of a request or a grant that lack a unit or are implausible; `confirmed`: checked, and right. */
export const refuseRequestSlips = (
  lines: readonly LineQuantity[],
  depot: Pick<DecisionContext, 'items' | 'location' | 'locationEntry'>,
  confirmed = false,
): Refusal | undefined =>
  refuseBareNumbers(lines, REQUEST_LINES, depot) ??
  refuseImplausible(implausibleRequested(lines, depot), {
    ...{ way: 'live', goodsInHand: false },
    ...(confirmed && { confirmed: true }),
  });
