import type { Paise } from '../quantity.ts';
import { type LineTax, taxInside } from '../tax.ts';
import type { Reversed, Reversible } from './reversed.ts';

type Line = { readonly line: number; readonly item: string; readonly quantity: number };
export type Due = { readonly amount: Paise; readonly tax: LineTax };

/** What is due for what comes back: of each line the part that belongs to it, so that all parts together are the line to the paisa; no more than was sold. */
export const dueFor = (lines: readonly Line[], original: Reversible, back: Reversed['back']): Due[] =>
  lines.map(({ line, item, quantity }) => {
    const was = original.lines[line - 1];
    const [sold, of] = was?.sold && was.item === item ? [was.sold, Math.abs(was.moved)] : [NOTHING, 1];
    const before = back.get(line) ?? 0;
    const upTo = (count: number) => Math.round((sold.amount * Math.min(count, of)) / of) as Paise;
    return partOf(upTo(before), upTo(before + quantity), sold.gstBasisPoints);
  });

const NOTHING = { amount: 0, gstBasisPoints: 0 };

/** What an amount and its tax grow by, so that the taxes of all parts are the line's; but of parts of a paisa, which may have no tax left to take. */
const partOf = (from: Paise, to: Paise, gstBasisPoints: number): Due => {
  const amount = (to - from) as Paise;
  const half = (taxInside(to, gstBasisPoints).cgst - taxInside(from, gstBasisPoints).cgst) as Paise;
  const taxable = (amount - 2 * half) as Paise;
  return {
    amount,
    tax: taxable < 0 ? taxInside(amount, gstBasisPoints) : { gstBasisPoints, taxable, cgst: half, sgst: half },
  };
};

/** What came back of each line, and with this too. */
export const backWith = (back: Reversed['back'], lines: readonly Line[]): Map<number, number> => {
  const after = new Map(back);
  for (const { line, quantity } of lines) after.set(line, (after.get(line) ?? 0) + quantity);
  return after;
};
