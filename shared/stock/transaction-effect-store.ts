import type { EntitlementShortage, RefusalFacts, Shortage } from '../kernel/problems.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { TransactWriteCommandInput } from '../platform/dynamodb-commands.ts';
import { type CancellationReason, isConditionFailed } from '../platform/dynamodb-errors.ts';
import { CONFLICT } from '../platform/retry.ts';

type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** `stale`: what it was decided on has changed. */
type FailureReason =
  | { readonly stale: true }
  | { readonly short: Shortage }
  | { readonly over: EntitlementShortage }
  | { readonly uncovered: UncoveredExchange }
  | undefined;

type UncoveredExchange = RefusalFacts['EXCHANGE_NOT_COVERED'];

export type TransactionEffect = {
  readonly action: Action;
  readonly why: (reason: CancellationReason | undefined) => FailureReason;
};

/** A failed condition means: decide again. */
export const conflictIfRefused = (action: Action): TransactionEffect => ({
  action,
  why: (reason) => (isConditionFailed(reason) ? { stale: true } : undefined),
});

/** Conflicts first, then shortages. `mayHoldGoods`: the kind accepts `goodsInHand`. */
export const refusalOfTransaction = (
  reasons: readonly CancellationReason[],
  effects: readonly TransactionEffect[],
  mayHoldGoods = false,
): typeof CONFLICT | Refusal | undefined => {
  const failures = effects.flatMap(({ why: failure }, at) => failure(reasons[at]) ?? []);
  if (failures.some((failure) => 'stale' in failure)) return CONFLICT;
  const short = failures.flatMap((failure) => ('short' in failure ? [failure.short] : []));
  if (short.length > 0) {
    const items = short.map(({ item, wanted, free }) => `${item}: ${wanted} wanted, ${free} free`);
    const orHold = mayHoldGoods ? ' If you hold the goods, send again with goodsInHand true.' : '';
    return refuse('INSUFFICIENT_STOCK', `${items.join('; ')}.${orHold}`, { short });
  }
  const [uncovered] = failures.flatMap((failure) => ('uncovered' in failure ? [failure.uncovered] : []));
  if (uncovered) {
    const { basket, wanted, left } = uncovered;
    return refuse(
      'EXCHANGE_NOT_COVERED',
      `Exchange basket ${basket} has ${left} paise left (${wanted} wanted).`,
      uncovered,
    );
  }
  const overdrawn = failures.flatMap((failure) => ('over' in failure ? [failure.over] : []));
  if (overdrawn.length === 0) return undefined;
  const items = overdrawn.map(({ item, wanted, left }) => `${item}: ${wanted} wanted, ${left} left`);
  return refuse('ENTITLEMENT_EXCEEDED', `${items.join('; ')}.`, { over: overdrawn });
};
