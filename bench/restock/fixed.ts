import { sumOf } from '../../shared/kernel/quantity.ts';
import { cellsOf, type Demand, onDay } from './demand.ts';
import { COVER, LEAD, type Levels, REVIEW } from './shop.ts';

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
