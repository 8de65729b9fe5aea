import { type Paise, sumOf } from '../../kernel/quantity.ts';
import { divide, multiply } from '../../kernel/sum.ts';
import { extractTax, type LineTax } from '../../kernel/tax.ts';
import type { ReversalContext, ReversibleVoucher } from '../reversal-context.ts';

type ReturnLine = { readonly line: number; readonly item: string; readonly quantity: number };
export type RefundDue = { readonly amount: Paise; readonly tax: LineTax };

/** What is due for what comes returned: of each line the part that belongs to it, so that all parts together are the line to the paisa; no more than was sold. */
export const refundDueFor = (
  lines: readonly ReturnLine[],
  original: ReversibleVoucher,
  returned: ReversalContext['returned'],
): RefundDue[] =>
  lines.map(({ line, item, quantity }) => {
    const was = original.lines[line - 1];
    const [sold, of] = was?.sold && was.item === item ? [was.sold, Math.abs(was.moved)] : [NOTHING_SOLD, 1];
    const before = returned.get(line) ?? 0;
    const upTo = (count: number) => divide(multiply(sold.amount, Math.min(count, of)), of) as Paise;
    return refundBetween(upTo(before), upTo(before + quantity), sold.gstBasisPoints);
  });

const NOTHING_SOLD = { amount: 0, gstBasisPoints: 0 };

/** What an amount and its tax grow by, so that the taxes of all parts are the line's; but of parts of a paisa, which may have no tax left to take. */
const refundBetween = (from: Paise, to: Paise, gstBasisPoints: number): RefundDue => {
  const amount = (to - from) as Paise;
  const half = (extractTax(to, gstBasisPoints).cgst - extractTax(from, gstBasisPoints).cgst) as Paise;
  const taxable = (amount - 2 * half) as Paise;
  return {
    amount,
    tax: taxable < 0 ? extractTax(amount, gstBasisPoints) : { gstBasisPoints, taxable, cgst: half, sgst: half },
  };
};

/** What came returned of each line, and with this too. */
export const addReturnedLines = (
  returned: ReversalContext['returned'],
  lines: readonly ReturnLine[],
): Map<number, number> => {
  const after = new Map(returned);
  for (const { line, quantity } of lines) after.set(line, (after.get(line) ?? 0) + quantity);
  return after;
};

/** Has all of it come returned? */
export const isFullyReturned = ({ lines }: ReversibleVoucher, returned: ReversalContext['returned']): boolean =>
  lines.every(({ moved }, at) => (returned.get(at + 1) ?? 0) >= Math.abs(moved));

/** Paise by which a rounding may differ from the exact amount: it stays below a rupee. */
export const MAX_ROUNDING = 99;

/**
 * What a return gives returned. `due`: paise, of which `exact` are its lines' parts, and the rest is rounding. `isLast`: nothing of the sale is left
 * with the customer after it.
 */
export type Refund = {
  readonly due: number;
  readonly exact: number;
  readonly tax: readonly LineTax[];
  readonly isLast: boolean;
};

type ReturnFigures = { readonly lines: readonly ReturnLine[]; readonly roundOff?: number | undefined };

/**
 * The last part of a sale gives returned the rest of what was paid, so that all parts together are what was paid, in whatever parts and order. Any part
 * before it may be rounded as it says. No part gives returned more than is left of what was paid.
 */
export const calculateRefund = (
  { lines, roundOff = 0 }: ReturnFigures,
  original: ReversibleVoucher,
  { returned, rounded }: Pick<ReversalContext, 'returned' | 'rounded'>,
): Refund => {
  const parts = refundDueFor(lines, original, returned);
  const exact = sumOf(parts.map(({ amount }) => amount));
  const isLast = isFullyReturned(original, addReturnedLines(returned, lines));
  const rest = Math.max(0, paidAmountOf(original) - exactRefunded(original, returned) - rounded);
  const due = isLast ? rest : Math.min(rest, Math.max(0, exact + roundOff));
  return { due, exact, tax: parts.map(({ tax }) => tax), isLast };
};

/** Paise that were paid: the lines, and by how much their sum was rounded. */
const paidAmountOf = ({ lines, total }: ReversibleVoucher): number =>
  total ?? sumOf(lines.map(({ sold }) => sold?.amount ?? 0));

/** Of the lines, what came returned before, without any rounding. */
const exactRefunded = (original: ReversibleVoucher, returned: ReversalContext['returned']): number => {
  const before = [...returned].flatMap(([line, quantity]) => {
    const was = original.lines[line - 1];
    return was ? [{ line, item: was.item, quantity }] : [];
  });
  return sumOf(refundDueFor(before, original, new Map()).map(({ amount }) => amount));
};
