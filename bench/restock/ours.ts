import type { ProductId, StockLocationId } from '../../shared/kernel/ids.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import { addDayToModel, type OutletProductSales } from '../../shared/replenishment/add-day-to-model.ts';
import {
  type DemandModel,
  EMPTY_DEMAND_MODEL,
  MODEL_PARAMETERS,
  type ModelParameters,
} from '../../shared/replenishment/demand-model.ts';
import { demandRateReader } from '../../shared/replenishment/demand-rate.ts';
import { replenishmentPlanOf } from '../../shared/replenishment/replenishment-plan.ts';
import { cellsOf, type Demand, onDay, shelvedOn } from './demand.ts';
import { noLevels } from './fixed.ts';
import { COVER, LEAD, type Method, REVIEW } from './shop.ts';

const FIRST = '2026-01-01' as Day;

export const ours = (
  plan: typeof replenishmentPlanOf = replenishmentPlanOf,
  model: ModelParameters = MODEL_PARAMETERS,
) => {
  const known = new Map<number, DemandModel>();
  return (demand: Demand, from: number, service: number): Method => {
    const closes = closesOf(demand);
    const fold = (demandModel: DemandModel, day: number, sold: Uint8Array, exposure: Float32Array): DemandModel => {
      for (const [cell, close] of closes.entries())
        [close.sold, close.exposure] = [sold[cell] ?? 0, exposure[cell] ?? 0];
      return addDayToModel(demandModel, addDays(FIRST, day), closes, model);
    };
    let demandModel = known.get(from) ?? EMPTY_DEMAND_MODEL;
    if (demandModel === EMPTY_DEMAND_MODEL)
      for (let day = 0; day < from; day++)
        demandModel = fold(demandModel, day, onDay(demand, day), shelvedOn(demand, day));
    known.set(from, demandModel);

    const levels = noLevels(demand);
    const planAll = (): void => {
      const read = demandRateReader(demandModel, model);
      for (const [cell, { outlet, product }] of closes.entries()) {
        const { reorderPoint, target } = plan(read(outlet, product), {
          leadDays: LEAD,
          reviewDays: REVIEW,
          coverDays: COVER,
          serviceLevel: service,
        });
        [levels.reorder[cell], levels.target[cell]] = [reorderPoint, target];
      }
    };
    planAll();
    return {
      ...levels,
      learn: (day, sold, exposure) => {
        demandModel = fold(demandModel, day, sold, exposure);
        planAll();
      },
    };
  };
};

/** One service level for all: 1/mean never exceeds this cover. */
export const sameSureness: typeof replenishmentPlanOf = (pace, terms) => {
  const { reorderPoint } = replenishmentPlanOf(pace, { ...terms, coverDays: 1e8 });
  return { reorderPoint, target: reorderPoint + Math.max(1, Math.round(pace.mean * terms.coverDays)) };
};

const closesOf = (demand: Demand) =>
  Array.from(
    { length: cellsOf(demand) },
    (_, cell): { -readonly [K in keyof OutletProductSales]: OutletProductSales[K] } => ({
      outlet: `O-${String(cell % demand.outlets).padStart(2, '0')}` as StockLocationId,
      product: `I${String(Math.floor(cell / demand.outlets)).padStart(4, '0')}` as ProductId,
      sold: 0,
      exposure: 1,
    }),
  );
