import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import { addDayToModel, type OutletProductSales } from '../../shared/replenishment/add-day-to-model.ts';
import {
  DECAY_HALF_LIFE_7_DAYS,
  DECAY_HALF_LIFE_60_DAYS,
  DECAY_HALF_LIFE_90_DAYS,
  DemandModel,
  EMPTY_DEMAND_MODEL,
  MODEL_PARAMETERS,
} from '../../shared/replenishment/demand-model.ts';
import { demandFactorsOf, demandRateOf } from '../../shared/replenishment/demand-rate.ts';
import { replenishmentPlanOf } from '../../shared/replenishment/replenishment-plan.ts';
import { runs } from '../kit/runs.ts';
import { dayAt, history, OUTLETS, PRODUCTS } from './selling.ts';

it('A decayed sum is halved in its half-life.', () => {
  expect(
    [DECAY_HALF_LIFE_7_DAYS ** 7, DECAY_HALF_LIFE_60_DAYS ** 60, DECAY_HALF_LIFE_90_DAYS ** 90].map((half) =>
      half.toFixed(12),
    ),
  ).toEqual(Array(3).fill('0.500000000000'));
});

describe('Demand rates of products, outlets and cells', () => {
  it('They equal the model written down plainly.', () => {
    fc.assert(
      fc.property(history(40), (days) => {
        const paces = folded(days);
        const ours = [
          ...OUTLETS.flatMap((outlet) => PRODUCTS.map((product) => demandRateOf(paces, outlet, product).mean)),
          demandFactorsOf(paces).dispersion,
        ];
        for (const [at, mean] of asWritten(days).entries())
          expect(Math.abs((ours[at] ?? Number.NaN) - mean)).toBeLessThanOrEqual(1e-9 * mean + 1e-12);
      }),
    );
  });

  it('They are the same to the bit for any order of closes, and through JSON.', () => {
    fc.assert(
      fc.property(
        history().chain((days) =>
          fc.tuple(
            fc.constant(days),
            fc.tuple(...days.map((day) => fc.shuffledSubarray(day, { minLength: day.length }))),
          ),
        ),
        ([days, shuffled]) => {
          const paces = folded(days);
          expect(JSON.stringify(folded(shuffled))).toBe(JSON.stringify(paces));
          expect(DemandModel.parse(JSON.parse(JSON.stringify(paces)))).toEqual(paces);
        },
      ),
    );
  });

  it("Updated again from a late voucher's day, they are as if it had been in time.", { tags: 'property' }, () => {
    fc.assert(
      fc.property(history(), fc.nat(), fc.nat(5), (days, where, sold) => {
        const changed = where % days.length;
        const late: OutletProductSales = {
          outlet: 'PBE-02' as StockLocationId,
          product: 'FLUTE' as ProductId,
          sold,
          exposure: 1,
        };
        const inTime = days.map((day, at) => (at === changed ? [...day, late] : day));
        const again = folded(inTime.slice(changed), folded(days.slice(0, changed)), changed);
        expect(again).toEqual(folded(inTime));
        const terms = { leadDays: 7, reviewDays: 1, coverDays: 7, serviceLevel: 0.92 };
        for (const product of PRODUCTS)
          expect(replenishmentPlanOf(demandRateOf(again, late.outlet, product), terms)).toEqual(
            replenishmentPlanOf(demandRateOf(folded(inTime), late.outlet, product), terms),
          );
      }),
      { numRuns: runs(50) },
    );
  });

  it('A new item or outlet starts from the others.', () => {
    const busy = OUTLETS.flatMap((outlet) => PRODUCTS.map((product) => ({ outlet, product, sold: 2, exposure: 1 })));
    const paces = folded(Array.from({ length: 30 }, () => busy));
    expect(demandRateOf(paces, 'LKO-09' as StockLocationId, 'FLUTE' as ProductId).mean).toBeCloseTo(2, 6);
    expect(demandRateOf(paces, 'LKO-01' as StockLocationId, 'NEW' as ProductId).mean).toBeCloseTo(2, 6);
  });

  it('An empty shelf is not read as zero demand.', () => {
    const sells = { outlet: 'LKO-01' as StockLocationId, product: 'FLUTE' as ProductId, sold: 1, exposure: 1 };
    const before = folded(Array.from({ length: 60 }, () => [sells]));
    const out = folded(
      Array.from({ length: 20 }, () => [{ ...sells, sold: 0, exposure: 0 }]),
      before,
    );
    const unsold = folded(
      Array.from({ length: 20 }, () => [{ ...sells, sold: 0 }]),
      before,
    );
    const mean = (paces: DemandModel) => demandRateOf(paces, sells.outlet, sells.product).mean;
    expect(mean(out)).toBeGreaterThan(0.9);
    expect(mean(unsold)).toBeLessThan(0.6);
  });

  it("They add up one product's items of several sellers, and count sold goods as in stock.", () => {
    const [outlet, product] = ['LKO-01' as StockLocationId, 'FLUTE' as ProductId];
    const two = addDayToModel(EMPTY_DEMAND_MODEL, dayAt(0), [
      { outlet, product, sold: 1, exposure: 0 },
      { outlet, product, sold: 2, exposure: 1 },
    ]);
    expect(two).toEqual(addDayToModel(EMPTY_DEMAND_MODEL, dayAt(0), [{ outlet, product, sold: 3, exposure: 1 }]));
    expect(addDayToModel(EMPTY_DEMAND_MODEL, dayAt(0), [{ outlet, product, sold: 1, exposure: 0 }]).products).toEqual([
      [product, 1, 0.5],
    ]);
  });

  it('For 1,000 outlets and 200 products they take some 10 KB for each outlet.', { tags: 'long' }, () => {
    const closes = Array.from({ length: 200_000 }, (_, at) => ({
      outlet: `LKO-${at % 1_000}` as StockLocationId,
      product: `P${Math.floor(at / 1_000)}` as ProductId,
      sold: at % 17 === 0 ? 1 : 0,
      exposure: 1,
    }));
    const model = { ...MODEL_PARAMETERS, warmUp: 0 };
    const paces = [0, 1].reduce((folded, at) => addDayToModel(folded, dayAt(at), closes, model), EMPTY_DEMAND_MODEL);
    const sizes = paces.cells.map((cells) => JSON.stringify(cells).length);
    expect(paces.cells).toHaveLength(1_000);
    expect(Math.max(...sizes)).toBeLessThan(12_000);
  });
});

const folded = (days: readonly (readonly OutletProductSales[])[], from = EMPTY_DEMAND_MODEL, first = 0): DemandModel =>
  days.reduce((paces, closes, at) => addDayToModel(paces, dayAt(first + at), closes), from);

/** The issue's own lines, over plain tables of numbers, for all outlets and products at once. */
const asWritten = (days: readonly (readonly OutletProductSales[])[]) => {
  const [lf, lo, l] = [2 ** (-1 / 7), 2 ** (-1 / 60), 2 ** (-1 / 90)];
  const at = (o: number, s: number) => o * PRODUCTS.length + s;
  const [Xs, Es, Xo, Mo] = [PRODUCTS, PRODUCTS, OUTLETS, OUTLETS].map((of) => of.map(() => 0)) as [
    number[],
    number[],
    number[],
    number[],
  ];
  const [X, E] = [0, 0].map(() => OUTLETS.flatMap(() => PRODUCTS.map(() => 0))) as [number[], number[]];
  const known = new Set<number>();
  let [squared, expected] = [0, 0];
  const read = () => {
    const sum = (of: number[]) => of.reduce((a, b) => a + b, 0);
    const g = sum(Es) > 0 ? sum(Xs) / sum(Es) : 0;
    const r = PRODUCTS.map((_, s) => ((Xs[s] ?? 0) + 40 * g) / ((Es[s] ?? 0) + 40));
    const raw = OUTLETS.map((_, o) => ((Xo[o] ?? 0) + 20) / ((Mo[o] ?? 0) + 20));
    const mean = sum(raw.filter((_, o) => known.has(o))) / Math.max(1, known.size);
    return { r, w: raw.map((weight, o) => (known.has(o) ? weight / mean : 1)) };
  };
  const trading = new Set<string>();
  let daysOfTrade = 0;
  for (const all of days) {
    const day = daysOfTrade;
    for (const { outlet, sold } of all) if (sold > 0) trading.add(outlet);
    if (trading.size > 0) daysOfTrade++;
    const closes = all.filter(({ outlet }) => trading.has(outlet));
    const { r, w } = read();
    const before = { X: [...X], E: [...E] };
    [squared, expected] = [squared * l, expected * l];
    for (const sums of [Xs, Es]) for (const s of sums.keys()) sums[s] = (sums[s] ?? 0) * lf;
    for (const sums of [Xo, Mo]) for (const o of sums.keys()) sums[o] = (sums[o] ?? 0) * lo;
    for (const sums of [X, E]) for (const c of sums.keys()) sums[c] = (sums[c] ?? 0) * l;
    for (const { outlet, product, sold, exposure, season = 1 } of closes) {
      const [o, s] = [OUTLETS.indexOf(outlet), PRODUCTS.indexOf(product)];
      const e = (sold > 0 ? Math.max(0.5, exposure) : exposure) * season;
      const mean =
        e * (r[s] ?? 0) * (w[o] ?? 1) * ((12 + (before.X[at(o, s)] ?? 0)) / (12 + (before.E[at(o, s)] ?? 0)));
      const counts = Math.min(sold, Math.max(4, 8 * mean));
      known.add(o);
      Xs[s] = (Xs[s] ?? 0) + counts;
      Es[s] = (Es[s] ?? 0) + e * (w[o] ?? 1);
      if (day < 10) continue;
      Xo[o] = (Xo[o] ?? 0) + counts;
      Mo[o] = (Mo[o] ?? 0) + e * (r[s] ?? 0);
      X[at(o, s)] = (X[at(o, s)] ?? 0) + counts;
      if (exposure === 1) [squared, expected] = [squared + (counts - mean) ** 2, expected + mean];
      E[at(o, s)] = (E[at(o, s)] ?? 0) + e * (r[s] ?? 0) * (w[o] ?? 1);
    }
  }
  const { r, w } = read();
  const means = OUTLETS.flatMap((_, o) =>
    PRODUCTS.map((_, s) => (r[s] ?? 0) * (w[o] ?? 1) * ((12 + (X[at(o, s)] ?? 0)) / (12 + (E[at(o, s)] ?? 0)))),
  );
  return [...means, expected > 0 ? Math.max(1, squared / expected) : 1];
};
