import type { LocationId, ProductId } from '../../shared/kernel/ids.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import { NO_PACES, type Paces } from '../../shared/replenishment/demand-model.ts';
import { pacesOf } from '../../shared/replenishment/demand-rate.ts';
import { MODEL, type Model } from '../../shared/replenishment/model-parameters.ts';
import { planOf } from '../../shared/replenishment/plan.ts';
import { foldDay, type SoldThere } from '../../shared/replenishment/update-demand-model.ts';
import { cellsOf, type Demand, onDay, shelvedOn } from './demand.ts';
import { noLevels } from './fixed.ts';
import { COVER, LEAD, type Method, REVIEW } from './shop.ts';

const FIRST = '2026-01-01' as Day;

/** The very code that plans: closes are folded in, and each cell's plan is read off. */
export const ours = (plan: typeof planOf = planOf, model: Model = MODEL) => {
  // What was sold before it starts to trade is the same at every service: folded once.
  const known = new Map<number, Paces>();
  return (demand: Demand, from: number, service: number): Method => {
    const closes = closesOf(demand);
    const fold = (paces: Paces, day: number, sold: Uint8Array, exposure: Float32Array): Paces => {
      for (const [cell, close] of closes.entries())
        [close.sold, close.exposure] = [sold[cell] ?? 0, exposure[cell] ?? 0];
      return foldDay(paces, addDays(FIRST, day), closes, model);
    };
    let paces = known.get(from) ?? NO_PACES;
    if (paces === NO_PACES)
      for (let day = 0; day < from; day++) paces = fold(paces, day, onDay(demand, day), shelvedOn(demand, day));
    known.set(from, paces);

    const levels = noLevels(demand);
    const planAll = (): void => {
      const read = pacesOf(paces, model);
      for (const [cell, { outlet, product }] of closes.entries()) {
        const { reorderPoint, target } = plan(read(outlet, product), {
          lead: LEAD,
          review: REVIEW,
          cover: COVER,
          service,
        });
        [levels.reorder[cell], levels.target[cell]] = [reorderPoint, target];
      }
    };
    planAll();
    return {
      ...levels,
      learn: (day, sold, exposure) => {
        paces = fold(paces, day, sold, exposure);
        planAll();
      },
    };
  };
};

/** With one sureness for all, as it was before: 1 over the pace never makes a cycle longer than this. */
export const sameSureness: typeof planOf = (pace, terms) => {
  const { reorderPoint } = planOf(pace, { ...terms, cover: 1e8 });
  return { reorderPoint, target: reorderPoint + Math.max(1, Math.round(pace.mean * terms.cover)) };
};

const closesOf = (demand: Demand) =>
  Array.from({ length: cellsOf(demand) }, (_, cell): { -readonly [K in keyof SoldThere]: SoldThere[K] } => ({
    outlet: `O-${String(cell % demand.outlets).padStart(2, '0')}` as LocationId,
    product: `I${String(Math.floor(cell / demand.outlets)).padStart(4, '0')}` as ProductId,
    sold: 0,
    exposure: 1,
  }));
