import { seededRandom } from '../../test/kit/random.ts';
import type { Result } from './shop.ts';

type Figures = Record<'knob' | 'fill' | 'stock' | 'out' | 'orders', number>;

export type Setting = { readonly knob: number; readonly result: Result };

/** How often each item counts: once, or as often as a bootstrap draw has it. */
type Weights = Uint16Array;

const figures = ({ knob, result }: Setting, weights: Weights): Figures => {
  let [wanted, lost, stock, out, orders] = [0, 0, 0, 0, 0];
  for (const [item, weight] of weights.entries()) {
    if (weight === 0) continue;
    wanted += weight * (result.wanted[item] ?? 0);
    lost += weight * (result.lost[item] ?? 0);
    stock += weight * (result.stock[item] ?? 0);
    out += weight * (result.out[item] ?? 0);
    orders += weight * (result.orders[item] ?? 0);
  }
  const { days } = result;
  return { knob, fill: 1 - lost / wanted, stock: stock / days, out: out / days, orders: orders / days };
};

const between = (low: Figures, high: Figures, fill: number): Figures => {
  const part = high.fill > low.fill ? (fill - low.fill) / (high.fill - low.fill) : 0;
  const mix = (of: keyof Figures) => low[of] + part * (high[of] - low[of]);
  return { knob: mix('knob'), fill, stock: mix('stock'), out: mix('out'), orders: mix('orders') };
};

const atFill = (settings: readonly Setting[], fill: number, weights: Weights): Figures | undefined => {
  const sorted = settings.map((setting) => figures(setting, weights)).sort((one, other) => one.fill - other.fill);
  const above = sorted.findIndex((one) => one.fill >= fill);
  const [low, high] = [sorted[above - 1], sorted[above]];
  return high && between(low ?? high, high, fill);
};

const DRAWS = 500;

/** All methods use the same draws, so that they can be compared. */
export const drawsOf = (items: number): Weights[] => {
  const random = seededRandom(5).next;
  return Array.from({ length: DRAWS }, () => {
    const weights = new Uint16Array(items);
    for (let drawn = 0; drawn < items; drawn++) {
      const item = Math.floor(random() * items);
      weights[item] = (weights[item] ?? 0) + 1;
    }
    return weights;
  });
};

export type AtFill = Figures & { readonly drawn: readonly (number | undefined)[] };

/** Interpolates the cost at this share. */
export const measured = (settings: readonly Setting[], fill: number, draws: readonly Weights[]): AtFill | undefined => {
  const once = new Uint16Array(settings[0]?.result.wanted.length ?? 0).fill(1);
  const found = atFill(settings, fill, once);
  return found && { ...found, drawn: draws.map((weights) => atFill(settings, fill, weights)?.stock) };
};

/** The middle 95 % of the draws. */
export const interval = (drawn: readonly (number | undefined)[]): readonly [number, number] | undefined => {
  const sorted = drawn.filter((one) => one !== undefined).sort((one, other) => one - other);
  const [low, high] = [sorted[Math.floor(sorted.length * 0.025)], sorted[Math.ceil(sorted.length * 0.975) - 1]];
  return low !== undefined && high !== undefined && sorted.length > DRAWS * 0.9 ? [low, high] : undefined;
};
