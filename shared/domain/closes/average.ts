/** Averages are for so many base units, so that a gram of bamboo, which costs less than a paisa, has one. */
const UNITS = 1_000;

type Had = { readonly onHand: number; readonly average: number };
type Came = { readonly quantity: number; readonly cost: number };

/** Moving average: what was there at what it had cost, and what came at what was paid. Less than nothing there weighs nothing. */
export const averageWith = ({ onHand, average }: Had, { quantity, cost }: Came): number => {
  const there = Math.max(0, onHand);
  return Math.round((there * average + UNITS * cost) / (there + quantity));
};

/** Paise; below zero, of what is missing. */
export const valueAt = (average: number, quantity: number): number => Math.round((average * quantity) / UNITS) || 0;
