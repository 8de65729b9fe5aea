import { describe, expect, it } from 'vitest';
import type { ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import { addDayToModel, type OutletProductSales } from '../../shared/replenishment/add-day-to-model.ts';
import { type DemandModel, EMPTY_DEMAND_MODEL, MODEL_PARAMETERS } from '../../shared/replenishment/demand-model.ts';
import { demandRateOf } from '../../shared/replenishment/demand-rate.ts';
import { dayAt } from './selling.ts';

const DAYS = 29;
const PRODUCT = 'KURTA' as ProductId;
const stall = (at: number) => `LKO-${at}` as StockLocationId;

/** Stalls that sell 2 a day from a day on; the others have goods on the shelf and sell nothing. */
const days = (stalls: number, from: (at: number) => number | undefined): OutletProductSales[][] =>
  Array.from({ length: DAYS }, (_, day) =>
    Array.from({ length: stalls }, (_, at) => {
      const start = from(at);
      const sold = start !== undefined && day >= start ? 2 : 0;
      return { outlet: stall(at), product: PRODUCT, sold, exposure: 1 };
    }),
  );
const modelOf = (all: readonly OutletProductSales[][]): DemandModel =>
  all.reduce((model, closes, day) => addDayToModel(model, dayAt(day), closes), EMPTY_DEMAND_MODEL);

describe.each([1, 5, 50])('A pilot of %i of 1,000 stalls', (pilots) => {
  const joined = (at: number) => (at < pilots ? 0 : undefined);
  const model = modelOf(days(1_000, joined));

  it('The silent stalls lend and borrow nothing.', () => {
    expect(model).toEqual(modelOf(days(pilots, joined)));
    expect(model.outlets.map(([outlet]) => outlet)).toEqual(
      Array.from({ length: pilots }, (_, at) => stall(at)).sort(),
    );
  });

  it('A stall sells what it sells, and hears of others only where there are any.', () => {
    const { mean, others } = demandRateOf(model, stall(0), PRODUCT);
    expect(mean).toBeCloseTo(2, 0);
    if (pilots === 1) expect(others).toBeUndefined();
    else expect(others).toBeCloseTo(2, 0);
  });
});

describe('Stalls that join one by one', () => {
  it('Each is in the model from its first sale, and changes the rates of the others little.', () => {
    const model = modelOf(days(20, (at) => at));
    expect(model.outlets).toHaveLength(20);
    for (const at of [0, 10, 19]) expect(demandRateOf(model, stall(at), PRODUCT).mean).toBeCloseTo(2, 0);
  });

  it('Days before the first sale of anyone count for nothing, so it does not matter when the job first runs.', () => {
    const late = days(20, (at) => (at === 0 ? 15 : undefined));
    const { day: _, ...model } = modelOf(late);
    const { day: _day, ...fromFirstSale } = modelOf(late.slice(15));
    expect(model).toEqual(fromFirstSale);
    expect(model.days).toBe(DAYS - 15);
    expect(model.days).toBeGreaterThan(MODEL_PARAMETERS.warmUp);
  });
});
