import { type Refusal, refuse } from '../kernel/refusal.ts';
import { isCountNumber } from './kinds/count.ts';
import { stockLinesOf } from './projection.ts';
import type { Voucher } from './voucher.ts';

/**
 * A count and a stock movement of one item, terminal and time. Their numbers do not show which was
 * first, so no order of them is right. Two counts stand by their serials.
 */
export const refuseSameTime = (
  voucher: Pick<Voucher, 'number' | 'claim' | 'outcome'>,
  sameTime: readonly Voucher[],
): Refusal | undefined => {
  const items = new Set(stockLinesOf(voucher).map(({ item }) => item));
  for (const other of sameTime) {
    if (other.number === voucher.number || isCountNumber(other.number) === isCountNumber(voucher.number)) continue;
    const both = stockLinesOf(other).find(({ item }) => items.has(item));
    if (!both) continue;
    const { occurredAt } = voucher.claim;
    const detail = `${other.number} of this terminal has the same time, ${occurredAt}, and it has ${both.item} too.`;
    return refuse('SAME_TIME', detail, { other: other.number, occurredAt });
  }
  return undefined;
};
