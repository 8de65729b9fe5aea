import { sumOf } from '../../shared/kernel/quantity.ts';
import { cellsOf, type Demand, onDay, shelvedOn } from './demand.ts';
import { COVER, LEAD, type Levels, type Method, REVIEW } from './shop.ts';

/** Mean daily units by cell. New cells get the overall mean. */
export const means = (demand: Demand, to: number): Float64Array => {
  const sold = new Float64Array(cellsOf(demand));
  for (let day = 0; day < to; day++)
    for (const [cell, units] of onDay(demand, day).entries()) sold[cell] = (sold[cell] ?? 0) + units;
  const days = sold.map((_, cell) => Math.max(0, to - (demand.listed[Math.floor(cell / demand.outlets)] ?? 0)));
  const all = sumOf(sold) / sumOf(days);
  return sold.map((units, cell) => ((days[cell] ?? 0) > 0 ? units / (days[cell] ?? 1) : all));
};

const perItem = (demand: Demand, mean: Float64Array): Float64Array =>
  mean.map((_, cell) => {
    const first = cell - (cell % demand.outlets);
    return sumOf(mean.subarray(first, first + demand.outlets)) / demand.outlets;
  });

export const noLevels = (demand: Demand): Levels => ({
  reorder: new Int32Array(cellsOf(demand)),
  target: new Int32Array(cellsOf(demand)),
});

export const setLevel = ({ reorder, target }: Levels, cell: number, point: number, mean: number): void => {
  reorder[cell] = point;
  target[cell] = point + Math.max(1, Math.round(mean * COVER));
};

export const oneMinimum = (demand: Demand, from: number, minimum: number): Levels => {
  const [levels, mean] = [noLevels(demand), means(demand, from)];
  const all = sumOf(mean) / mean.length;
  for (const cell of mean.keys()) setLevel(levels, cell, minimum, all);
  return levels;
};

export const minMax = (demand: Demand, from: number, times: number): Levels => {
  const [levels, mean] = [noLevels(demand), perItem(demand, means(demand, from))];
  for (const [cell, pace] of mean.entries()) setLevel(levels, cell, Math.ceil(times * pace * (LEAD + REVIEW)), pace);
  return levels;
};

/** ERPNext: average use × lead time, plus safety stock in pieces. */
export const reorderLevel = (demand: Demand, from: number, safety: number): Levels => {
  const [levels, mean] = [noLevels(demand), means(demand, from)];
  for (const [cell, pace] of mean.entries()) setLevel(levels, cell, Math.round(pace * LEAD) + safety, pace);
  return levels;
};

/** Knows future demand. `part` is the share served: the slowest cells are dropped. */
export const clairvoyant = (demand: Demand, from: number, part: number): Method => {
  const cells = cellsOf(demand);
  const levels = noLevels(demand);
  const ahead = (day: number, days: number, cell: number): number => {
    let sum = 0;
    for (let at = day; at < Math.min(demand.days, day + days); at++) sum += onDay(demand, at)[cell] ?? 0;
    return sum;
  };
  const isStocked = new Uint8Array(cells);
  const busiest = Array.from(isStocked.keys(), (cell) => [cell, ahead(from, demand.days, cell)] as const);
  busiest.sort(([, one], [, other]) => other - one);
  let left = part * busiest.reduce((sum, [, units]) => sum + units, 0);
  for (const [cell, units] of busiest) {
    if (left <= 0) break;
    isStocked[cell] = 1;
    left -= units;
  }
  const plan = (evening: number): void => {
    for (let cell = 0; cell < cells; cell++) {
      const need = isStocked[cell] ? ahead(evening + 1, LEAD + REVIEW, cell) : 0;
      levels.reorder[cell] = need - 1;
      levels.target[cell] = isStocked[cell] ? ahead(evening + 1, LEAD + REVIEW + COVER - 1, cell) : 0;
    }
  };
  plan(from - 1);
  return { ...levels, learn: plan };
};

/** OpenLMIS: average of days without stock-outs. The minimum is some days of it. */
export const monthlyCover =
  (window: number) =>
  (demand: Demand, from: number, coverDays: number): Method => {
    const cells = cellsOf(demand);
    const levels = noLevels(demand);
    const [sold, there] = [new Uint8Array(window * cells), new Float32Array(window * cells)];
    const [soldInAll, thereInAll] = [new Float64Array(cells), new Float64Array(cells)];
    /** Used if the cell was out of stock for the whole window. */
    const last = means(demand, from);
    const learn = (day: number, units: Uint8Array, exposure: Float32Array): void => {
      for (let cell = 0; cell < cells; cell++) {
        const at = (day % window) * cells + cell;
        const [s, e] = [units[cell] ?? 0, exposure[cell] ?? 0];
        soldInAll[cell] = (soldInAll[cell] ?? 0) + s - (sold[at] ?? 0);
        thereInAll[cell] = (thereInAll[cell] ?? 0) + e - (there[at] ?? 0);
        [sold[at], there[at]] = [s, e];
        if ((thereInAll[cell] ?? 0) > 0.25) last[cell] = (soldInAll[cell] ?? 0) / (thereInAll[cell] ?? 1);
        setLevel(levels, cell, Math.ceil((last[cell] ?? 0) * coverDays), last[cell] ?? 0);
      }
    };
    for (let day = Math.max(0, from - window); day < from; day++)
      learn(day, onDay(demand, day), shelvedOn(demand, day));
    return { ...levels, learn };
  };
