import type { ItemUnit } from '../kernel/units.ts';
import { isShort, reorderPointOf, type StockPlan, type StockRow } from '../stock/stock.ts';
import type { ReplenishmentPlan } from './replenishment-plan.ts';

/** What is kept of an item at a place: as planned, and until it is, twice the registry's reorder point. */
export const minMaxLevelsOf = (plan: StockPlan | undefined, registered: number): ReplenishmentPlan =>
  plan ?? { reorderPoint: registered, target: Math.max(1, 2 * registered) };

/** What is to be sent, of what is short with all that is on its way; of what is not short or not replenished, nothing. */
export const replenishmentQuantityOf = (
  row: Pick<StockRow, 'onHand' | 'inbound' | 'plan'>,
  registered: number,
): number =>
  isShort(row, reorderPointOf(row, registered))
    ? Math.max(0, minMaxLevelsOf(row.plan, registered).target - row.onHand - row.inbound)
    : 0;

/** What it sells there a day, as far as a plan tells it. */
export const soldPerDay = (plan: StockPlan | undefined): number =>
  plan?.pace ? (plan.pace.othersPerWeek * plan.pace.factor) / 7 : 0;

const greatestCommonDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestCommonDivisor(other, one % other);

/** So many base units are a whole number of the smallest unit that is larger than one: a kilogram, a bundle. What has none is sent by the piece. */
export const packSizeOf = (units: readonly ItemUnit[] = []): number => {
  const packs = units.map(({ base, per }) => base / greatestCommonDivisor(base, per)).filter((pack) => pack > 1);
  return packs.length > 0 ? Math.min(...packs) : 1;
};
