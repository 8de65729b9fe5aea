import { addUp, divide, multiply, type Sum } from '../sum.ts';

/** Averages are for so many base units, so that a gram of bamboo, which costs less than a paisa, has one. */
const UNITS = 1_000;

type Had = { readonly onHand: number; readonly average: number };
type Came = { readonly quantity: number; readonly cost: Sum };

/** Moving average: what was there at what it had cost, and what came at what was paid. Less than nothing there weighs nothing. */
export const averageWith = ({ onHand, average }: Had, { quantity, cost }: Came): number => {
  const there = Math.max(0, onHand);
  // At most the dearest unit, of 10^12 paise, for a thousand: an exact number.
  return Number(divide(addUp([multiply(there, average), multiply(UNITS, cost)]), there + quantity));
};

/** Paise; below zero, of what is missing. */
export const valueAt = (average: number, quantity: number): Sum => divide(multiply(average, quantity), UNITS);
