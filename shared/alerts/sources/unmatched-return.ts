import type { LocationId } from '../../kernel/ids.ts';
import { type Instant, millisecondsOf } from '../../kernel/time.ts';
import { orderOf, timeIn } from '../../kernel/voucher-sequence.ts';
import { type EarlyReturns, misfitOf } from '../../ledger/pending-returns.ts';
import type { Seen } from '../exception-alert.ts';

/** Days after which the sale should have come that something came back of. */
const PATIENCE_DAYS = 7;
const DAY = 24 * 3_600_000;
const MOST_NAMED = 20;

/** Twice the row's, and one more once the sale is there: it comes once, and does not go. */
export const versionOf = ({ version, sale }: EarlyReturns): number => 2 * version + (sale ? 1 : 0);

/** Returns that were recorded before their sale: it does not come, or they do not agree with it. Until an officer has said why. */
export const unmatchedMatter = (location: LocationId, early: EarlyReturns, now: Instant): Seen => {
  const { of, sale, returns, settled } = early;
  const misfit = misfitOf(early);
  const [since] = returns.map((one) => timeIn(orderOf(one))).toSorted();
  const isLate = since !== undefined && millisecondsOf(now) - millisecondsOf(since) > PATIENCE_DAYS * DAY;
  const isSettled = settled !== undefined && (settled.sold || !sale);
  return {
    ...{ location, type: 'unmatched', about: of, sourceVersion: Math.max(1, versionOf(early)) },
    figures: {
      ...{ returns: returns.map(({ number }) => number).slice(0, MOST_NAMED), many: returns.length },
      ...(since && { since }),
      ...{ sold: sale !== undefined, ...(misfit && { misfit }), ...(settled && { settled }) },
    },
    cause: !isSettled && (sale ? misfit !== undefined : isLate),
  };
};
