import { cellsOf, type Demand, onDay, shelvedOn } from './demand.ts';
import { means, noLevels, setLevel } from './fixed.ts';
import type { Method } from './shop.ts';

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
