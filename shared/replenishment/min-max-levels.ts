import type { ItemUnit } from '../kernel/units.ts';
import { isShort, reorderPointOf, type StockPlan, type StockRow } from '../stock/stock.ts';
import type { ReplenishmentPlan } from './replenishment-plan.ts';

/** Without a plan: the registered reorder point and twice that. */
export const minMaxLevelsOf = (plan: StockPlan | undefined, registered: number): ReplenishmentPlan =>
  plan ?? { reorderPoint: registered, target: Math.max(1, 2 * registered) };

/** Base units missing to the target; 0 if not short. */
export const replenishmentQuantityOf = (
  row: Pick<StockRow, 'onHand' | 'inbound' | 'plan'>,
  registered: number,
): number =>
  isShort(row, reorderPointOf(row, registered))
    ? Math.max(0, minMaxLevelsOf(row.plan, registered).target - row.onHand - row.inbound)
    : 0;

export const soldPerDay = (plan: StockPlan | undefined): number =>
  plan?.pace ? (plan.pace.othersPerWeek * plan.pace.factor) / 7 : 0;

const greatestCommonDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestCommonDivisor(other, one % other);

/** Base units of the smallest larger unit, such as a kilogram; else 1. */
export const packSizeOf = (units: readonly ItemUnit[] = []): number => {
  const packs = units.map(({ base, per }) => base / greatestCommonDivisor(base, per)).filter((pack) => pack > 1);
  return packs.length > 0 ? Math.min(...packs) : 1;
};
