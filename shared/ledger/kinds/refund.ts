import { type Paise, sumOf } from '../../kernel/quantity.ts';
import { divide, multiply } from '../../kernel/sum.ts';
import { extractTax, type LineTax } from '../../kernel/tax.ts';
import type { ReversalContext, ReversibleVoucher } from '../reversal-context.ts';

type ReturnLine = { readonly line: number; readonly item: string; readonly quantity: number };
type SoldLine = NonNullable<ReversibleVoucher['lines'][number]['sold']>;
export type RefundDue = { readonly amount: Paise; readonly tax: LineTax };

/** Per returned line. All parts of a line add up to its paid amount, to the paisa. */
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
    return refundBetween(upTo(before), upTo(before + quantity), sold);
  });

const NOTHING_SOLD: SoldLine = { amount: 0 as Paise, gstBasisPoints: 0 };

/** Taxes of the parts add up to the line's tax. A part below a paisa of tax is taxed by itself. */
const refundBetween = (from: Paise, to: Paise, { gstBasisPoints, isInterState }: SoldLine): RefundDue => {
  const amount = (to - from) as Paise;
  const [before, after] = [from, to].map((paid) => extractTax(paid as Paise, gstBasisPoints, isInterState)) as [
    LineTax,
    LineTax,
  ];
  const taxable = (after.taxable - before.taxable) as Paise;
  if (taxable < 0) return { amount, tax: extractTax(amount, gstBasisPoints, isInterState) };
  const cgst = (after.cgst - before.cgst) as Paise;
  const igst = ((after.igst ?? 0) - (before.igst ?? 0)) as Paise;
  return { amount, tax: { gstBasisPoints, taxable, cgst, sgst: cgst, ...(isInterState && { igst }) } };
};

export const addReturnedLines = (
  returned: ReversalContext['returned'],
  lines: readonly ReturnLine[],
): Map<number, number> => {
  const after = new Map(returned);
  for (const { line, quantity } of lines) after.set(line, (after.get(line) ?? 0) + quantity);
  return after;
};

export const isFullyReturned = ({ lines }: ReversibleVoucher, returned: ReversalContext['returned']): boolean =>
  lines.every(({ moved }, at) => (returned.get(at + 1) ?? 0) >= Math.abs(moved));

/** Paise: less than a rupee. */
export const MAX_ROUNDING = 99;

/** Paise. The last part of a sale corrects the roundings of all earlier parts. */
export const MAX_FINAL_ROUNDING = 999;

/** `due`: paise. `exact`: before rounding. `isLast`: the customer keeps nothing. */
export type Refund = {
  readonly due: number;
  readonly exact: number;
  readonly tax: readonly LineTax[];
  readonly isLast: boolean;
};

type ReturnFigures = { readonly lines: readonly ReturnLine[]; readonly roundOff?: number | undefined };

/**
 * The last part refunds the remaining payment; earlier parts may be rounded. No part exceeds the
 * remainder.
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

/**
 * Whether an offline refund can be right, in any order of arrival. It equals its lines and stated
 * rounding, within a paisa a line. Or its unstated rounding is below a rupee for itself and for
 * each unit that other parts return.
 */
export const fitsOfflineRefund = (
  { lines, roundOff = 0, refund = [] }: ReturnFigures & { readonly refund?: readonly { amount: number }[] | undefined },
  original: ReversibleVoucher,
): boolean => {
  const exact = sumOf(refundDueFor(lines, original, new Map()).map(({ amount }) => amount));
  const rounding = sumOf(refund.map(({ amount }) => amount)) - exact;
  const others = sumOf(original.lines.map(({ moved }) => Math.abs(moved))) - sumOf(lines.map((line) => line.quantity));
  const unstated = Math.min(MAX_FINAL_ROUNDING, MAX_ROUNDING * (1 + Math.max(0, others)));
  return Math.abs(rounding - roundOff) <= lines.length || Math.abs(rounding) <= unstated + lines.length;
};

/** Paise. Refunds of all parts: offline parts are recorded whatever came before. */
export const refundTotalOf = (
  original: ReversibleVoucher,
  { returned, rounded }: Pick<ReversalContext, 'returned' | 'rounded'>,
): { readonly given: number; readonly due: number; readonly isExcessive: boolean } => {
  const exact = exactRefunded(original, returned);
  const paid = paidAmountOf(original);
  const isWhole = isFullyReturned(original, returned);
  const due = isWhole ? paid : Math.min(exact, paid);
  const given = Math.max(0, exact + rounded);
  const unitRounding = MAX_ROUNDING * sumOf([...returned.values()]);
  const tolerance = isWhole || given > paid ? MAX_ROUNDING : Math.min(MAX_FINAL_ROUNDING, unitRounding);
  return { given, due, isExcessive: given - due > tolerance };
};

/** Paise, rounding included. */
const paidAmountOf = ({ lines, total }: ReversibleVoucher): number =>
  total ?? sumOf(lines.map(({ sold }) => sold?.amount ?? 0));

/** Paise, without rounding. */
const exactRefunded = (original: ReversibleVoucher, returned: ReversalContext['returned']): number => {
  const before = [...returned].flatMap(([line, quantity]) => {
    const was = original.lines[line - 1];
    return was ? [{ line, item: was.item, quantity }] : [];
  });
  return sumOf(refundDueFor(before, original, new Map()).map(({ amount }) => amount));
};
