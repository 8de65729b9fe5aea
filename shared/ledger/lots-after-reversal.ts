import type { Instant } from '../kernel/time.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { addToLot, type Lot, withdrawFromLots } from '../stock/lots.ts';
import type { StockRow } from '../stock/stock.ts';
import { addFoundToLots } from './kinds/count.ts';
import type { ReversalContext } from './reversal-context.ts';

/** `onHand`: per line. */
export type ReversalMovement = {
  readonly claim: { readonly occurredAt: Instant };
  readonly reversed: Pick<ReversalContext, 'original' | 'returned'>;
  readonly onHand: readonly number[];
  readonly number: VoucherNumber | undefined;
};

/**
 * Returned goods keep their lot and its age. If the lot is unknown or empty, goods enter the newest
 * and leave the oldest.
 */
export const lotsAfterReversal = (
  row: StockRow | undefined,
  same: readonly (readonly [number, { readonly line: number }])[],
  { claim, reversed: { original, returned }, onHand, number }: ReversalMovement,
) => {
  // Goods without a recorded lot are at least as old as the voucher.
  const leftAt = original?.at ?? claim.occurredAt;
  let become: readonly Lot[] = row?.lots ?? [];
  for (const [at, { line }] of same) {
    const moves = onHand[at] ?? 0;
    let left = Math.abs(moves);
    let before = returned.get(line) ?? 0;
    for (const { lot, quantity, since = leftAt } of original?.lines[line - 1]?.lots ?? []) {
      const here = Math.min(left, Math.max(0, quantity - before));
      before = Math.max(0, before - quantity);
      if (here === 0) continue;
      const { lots, missing } =
        moves > 0
          ? { lots: addToLot(become, { lot, since, left: here }), missing: 0 }
          : withdrawFromLots(become, here, lot);
      become = lots;
      left -= here - missing;
    }
    become = moves > 0 ? addFoundToLots(become, left, number, leftAt) : withdrawFromLots(become, left).lots;
  }
  return { become, version: row?.version ?? 0 };
};
