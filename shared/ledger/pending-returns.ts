import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { addUp, NonNegativeSum, type Sum, subtract } from '../kernel/sum.ts';
import type { LineTax } from '../kernel/tax.ts';
import { Instant } from '../kernel/time.ts';
import { sequenceOf, VoucherNumber } from '../kernel/voucher-number.ts';
import { addReturnedLines, fitsOfflineRefund, isFullyReturned, type RefundDue, refundDueFor } from './kinds/refund.ts';
import { isReversal } from './kinds/reversal.ts';
import { reversibleVoucherOf } from './on-hand.ts';
import type { ReversibleVoucher } from './reversal-context.ts';
import { hasClaim, type Voucher } from './voucher.ts';

/** `sold`: the sale had come in by then. */
export const PendingReturnSettlement = z.strictObject({
  at: Instant,
  by: z.string(),
  why: FreeText,
  sold: z.boolean(),
});
export type PendingReturnSettlement = z.infer<typeof PendingReturnSettlement>;

/** `version`: of the stored row. */
export type PendingReturns = {
  readonly of: VoucherNumber;
  readonly version: number;
  readonly settled: PendingReturnSettlement | undefined;
  readonly sale: Voucher | undefined;
  readonly returns: readonly Voucher[];
};

/** A line that was not on the bill has sold nothing. */
export const ExceededLine = z.strictObject({
  line: z.int().min(1),
  item: ItemId,
  sold: z.int().min(0),
  back: z.int().min(1),
});
export type ExceededLine = z.infer<typeof ExceededLine>;

/** Paise. */
export const ReturnMismatch = z.strictObject({
  exceeded: z.array(ExceededLine),
  due: NonNegativeSum,
  given: NonNegativeSum,
});
export type ReturnMismatch = z.infer<typeof ReturnMismatch>;

const isReturn = hasClaim(isReversal);

/** Sequence order makes the result independent of arrival. Unbilled lines are due nothing. */
const linesWithRefundDue = ({ sale, returns }: Pick<PendingReturns, 'sale' | 'returns'>) => {
  const original: ReversibleVoucher = sale ? reversibleVoucherOf(sale) : { lines: [] };
  const inOrder = returns.filter(isReturn).toSorted((one, other) => (sequenceOf(one) < sequenceOf(other) ? -1 : 1));
  let returned: ReadonlyMap<number, number> = new Map();
  return inOrder.flatMap(({ number, claim }) =>
    claim.lines.flatMap((line) => {
      const was = original.lines[line.line - 1];
      const sold = was?.item === line.item ? Math.abs(was.moved) : 0;
      const due = sold > 0 ? refundDueFor([line], original, returned) : [];
      if (sold > 0) returned = addReturnedLines(returned, [line]);
      return { ...line, number, sold, due };
    }),
  );
};

export const unbilledQuantities = (early: Pick<PendingReturns, 'sale' | 'returns'>): ReadonlyMap<number, number> =>
  addReturnedLines(
    new Map(),
    linesWithRefundDue(early).filter(({ sold }) => sold === 0),
  );

/** `line`: of the sale. */
export type LateLineTax = LineTax & { readonly line: number };

/** Refunded tax by return, if the return precedes its sale. */
export type LateTax = ReadonlyMap<VoucherNumber, readonly LateLineTax[]>;

/** Together at most the tax charged. */
export const taxOfPendingReturns = (early: PendingReturns): LateTax => {
  const each = Map.groupBy(linesWithRefundDue(early), ({ number }) => number);
  const taxIn = (line: number, due: readonly RefundDue[]) =>
    due.flatMap(({ amount, tax }) => (amount > 0 ? { ...tax, line } : []));
  return new Map([...each].map(([number, lines]) => [number, lines.flatMap(({ line, due }) => taxIn(line, due))]));
};

/** `undefined` if goods and money agree, for each part or in total. */
export const returnMismatchOf = (early: Pick<PendingReturns, 'sale' | 'returns'>): ReturnMismatch | undefined => {
  if (!early.sale) return undefined;
  const lines = linesWithRefundDue(early);
  const exceeded = [...Map.groupBy(lines, ({ line, item }) => `${line} ${item}`).values()].flatMap((same) =>
    same.slice(0, 1).flatMap(({ line, item, sold }): ExceededLine[] => {
      const back = sumOf(same.map(({ quantity }) => quantity));
      return back > sold ? [{ line, item, sold, back }] : [];
    }),
  );
  const given = refundedAmountOf(early);
  const returned = addReturnedLines(
    new Map(),
    lines.filter(({ sold }) => sold > 0),
  );
  const original = reversibleVoucherOf(early.sale);
  const parts = Math.max(0, exactAmountOf(lines) + statedRoundingOf(early));
  const whole = isFullyReturned(original, returned) ? original.total : undefined;
  const more = subtract(given, whole ?? parts);
  const isRight =
    (more >= -lines.length && more <= lines.length) ||
    early.returns.filter(isReturn).every(({ claim }) => fitsOfflineRefund(claim, original));
  return exceeded.length > 0 || !isRight ? { exceeded, due: whole ?? parts, given } : undefined;
};

const exactAmountOf = (lines: ReturnType<typeof linesWithRefundDue>): number =>
  sumOf(lines.flatMap(({ due }) => due.map(({ amount }) => amount)));

const refundedAmountOf = ({ returns }: Pick<PendingReturns, 'returns'>): Sum =>
  addUp(returns.filter(isReturn).flatMap(({ claim: { refund = [] } }) => refund.map(({ amount }) => amount)));

const statedRoundingOf = ({ returns }: Pick<PendingReturns, 'returns'>): number =>
  sumOf(returns.filter(isReturn).map(({ claim: { roundOff = 0 } }) => roundOff));

/** Paise. If refunds and sale disagree, the stated rounding counts. */
export const roundingOf = (early: Pick<PendingReturns, 'sale' | 'returns'>): number =>
  returnMismatchOf(early)
    ? statedRoundingOf(early)
    : Number(subtract(refundedAmountOf(early), exactAmountOf(linesWithRefundDue(early))));

/** `returns`: the first ones. `many`: their full number. */
export const UnmatchedReturnEvidence = z.strictObject({
  returns: z.array(VoucherNumber),
  many: z.int().min(0),
  since: Instant.optional(),
  sold: z.boolean(),
  misfit: ReturnMismatch.optional(),
  settled: PendingReturnSettlement.optional(),
});
