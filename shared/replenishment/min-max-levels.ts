import type { ItemUnit } from '../kernel/units.ts';
import { isShort, reorderPointOf, type StockPlan, type StockRow } from '../stock/stock.ts';
import type { ReplenishmentPlan } from './replenishment-plan.ts';

/** The planned levels, or until planned the registry's reorder point and twice that. */
export const minMaxLevelsOf = (plan: StockPlan | undefined, registered: number): ReplenishmentPlan =>
  plan ?? { reorderPoint: registered, target: Math.max(1, 2 * registered) };

/** Base units missing to the target, less inbound; 0 if not short or not replenished. */
export const replenishmentQuantityOf = (
  row: Pick<StockRow, 'onHand' | 'inbound' | 'plan'>,
  registered: number,
): number =>
  isShort(row, reorderPointOf(row, registered))
    ? Math.max(0, minMaxLevelsOf(row.plan, registered).target - row.onHand - row.inbound)
    : 0;

/** Planned sales a day; 0 without a plan. */
export const soldPerDay = (plan: StockPlan | undefined): number =>
  plan?.pace ? (plan.pace.othersPerWeek * plan.pace.factor) / 7 : 0;

const greatestCommonDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestCommonDivisor(other, one % other);

/** The smallest unit above one base unit, such as a kilogram, in base units; 1 without one. */
export const packSizeOf = (units: readonly ItemUnit[] = []): number => {
  const packs = units.map(({ base, per }) => base / greatestCommonDivisor(base, per)).filter((pack) => pack > 1);
  return packs.length > 0 ? Math.min(...packs) : 1;
};
