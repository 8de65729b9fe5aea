import type { StockLocationId } from '../../kernel/ids.ts';
import { type Instant, millisecondsOf } from '../../kernel/time.ts';
import { sequenceOf, timeOfSequence } from '../../kernel/voucher-sequence.ts';
import { type PendingReturns, returnMismatchOf } from '../../ledger/pending-returns.ts';
import type { AlertSource } from '../exception-alert.ts';

/** Days after which the sale should have come that something came back of. */
const MAX_PENDING_DAYS = 7;
const MILLISECONDS_PER_DAY = 24 * 3_600_000;
const MAX_NUMBERS = 20;

/** Twice the row's, and one more once the sale is there: it comes once, and does not go. */
export const pendingReturnVersionOf = ({ version, sale }: PendingReturns): number => 2 * version + (sale ? 1 : 0);

/** Returns that were recorded before their sale: it does not come, or they do not agree with it. Until an officer has said why. */
export const unmatchedReturnSource = (location: StockLocationId, early: PendingReturns, now: Instant): AlertSource => {
  const { of, sale, returns, settled } = early;
  const misfit = returnMismatchOf(early);
  const [since] = returns.map((one) => timeOfSequence(sequenceOf(one))).toSorted();
  const isLate =
    since !== undefined && millisecondsOf(now) - millisecondsOf(since) > MAX_PENDING_DAYS * MILLISECONDS_PER_DAY;
  const isSettled = settled !== undefined && (settled.sold || !sale);
  return {
    ...{ location, type: 'unmatched', about: of, sourceVersion: Math.max(1, pendingReturnVersionOf(early)) },
    figures: {
      ...{ returns: returns.map(({ number }) => number).slice(0, MAX_NUMBERS), many: returns.length },
      ...(since && { since }),
      ...{ sold: sale !== undefined, ...(misfit && { misfit }), ...(settled && { settled }) },
    },
    cause: !isSettled && (sale ? misfit !== undefined : isLate),
  };
};
