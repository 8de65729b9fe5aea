import { negativeBinomialQuantile } from '../../shared/replenishment/negative-binomial.ts';
import { serviceLevelOf } from '../../shared/replenishment/replenishment-plan.ts';
import { cellsOf, type Demand, onDay, shelvedOn } from './demand.ts';
import { means, noLevels, setLevel } from './fixed.ts';
import { COVER, LEAD, type Method, REVIEW } from './shop.ts';

/** The best of 0.005 to 0.05 on the tuning days. */
const SMOOTHING = 0.03;

type Sureness = (mean: number, service: number) => number;
const same: Sureness = (_, service) => service;

/**
 * Method of Teunter, Syntetos and Babai. It skips empty shelves. The level is negative binomial.
 */
export const tsb = (demand: Demand, from: number, service: number, sureness: Sureness = same): Method => {
  const cells = cellsOf(demand);
  const levels = noLevels(demand);
  const start = means(demand, Math.min(from, 30));
  const chance = start.map((mean) => Math.min(1, mean));
  const size = new Float64Array(cells).fill(1);
  const miss = start.map((mean) => Math.max(mean, 0.001));
  const learn = (units: Uint8Array, exposure: Float32Array): void => {
    for (let cell = 0; cell < cells; cell++) {
      if ((exposure[cell] ?? 0) === 0) continue;
      const [sold, p, z] = [units[cell] ?? 0, chance[cell] ?? 0, size[cell] ?? 1];
      const whole = (exposure[cell] ?? 0) >= 1;
      if (whole) miss[cell] = (miss[cell] ?? 0) + SMOOTHING * ((sold - p * z) ** 2 - (miss[cell] ?? 0));
      chance[cell] = p + SMOOTHING * ((sold > 0 ? 1 : 0) - p);
      if (sold > 0) size[cell] = z + SMOOTHING * (sold - z);
    }
  };
  const plan = (): void => {
    for (let cell = 0; cell < cells; cell++) {
      const mean = (chance[cell] ?? 0) * (size[cell] ?? 1);
      const days = LEAD + REVIEW;
      setLevel(
        levels,
        cell,
        negativeBinomialQuantile(mean * days, Math.max(mean, miss[cell] ?? 0) * days, sureness(mean, service)),
        mean,
      );
    }
  };
  for (let day = 0; day < from; day++) learn(onDay(demand, day), shelvedOn(demand, day));
  plan();
  return {
    ...levels,
    learn: (_, units, exposure) => {
      learn(units, exposure);
      plan();
    },
  };
};

/** TSB with Bahi's service levels. */
export const tsbByPiece = (demand: Demand, from: number, service: number): Method =>
  tsb(demand, from, service, (mean) => serviceLevelOf(mean, COVER, service));
