import { cellsOf, type Demand, onDay } from './demand.ts';
import { noLevels } from './fixed.ts';
import { COVER, LEAD, type Method, REVIEW } from './shop.ts';

/** Knows future demand. `part` is the share served: the slowest cells are dropped. */
export const clairvoyant = (demand: Demand, from: number, part: number): Method => {
  const cells = cellsOf(demand);
  const levels = noLevels(demand);
  const ahead = (day: number, days: number, cell: number): number => {
    let sum = 0;
    for (let at = day; at < Math.min(demand.days, day + days); at++) sum += onDay(demand, at)[cell] ?? 0;
    return sum;
  };
  const kept = new Uint8Array(cells);
  const busiest = Array.from(kept.keys(), (cell) => [cell, ahead(from, demand.days, cell)] as const);
  busiest.sort(([, one], [, other]) => other - one);
  let left = part * busiest.reduce((sum, [, units]) => sum + units, 0);
  for (const [cell, units] of busiest) {
    if (left <= 0) break;
    kept[cell] = 1;
    left -= units;
  }
  const plan = (evening: number): void => {
    for (let cell = 0; cell < cells; cell++) {
      const need = kept[cell] ? ahead(evening + 1, LEAD + REVIEW, cell) : 0;
      levels.reorder[cell] = need - 1;
      levels.target[cell] = kept[cell] ? ahead(evening + 1, LEAD + REVIEW + COVER - 1, cell) : 0;
    }
  };
  plan(from - 1);
  return { ...levels, learn: plan };
};
