import * as z from 'zod';
import { ItemId, StockLocationId } from '../kernel/ids.ts';
import { Balance, Version } from '../kernel/quantity.ts';
import { VoucherSequence } from '../kernel/voucher-sequence.ts';
import { Lot } from './lots.ts';

/**
 * What others sell of it in a week, how this place compares, and how long delivery takes: why it should keep so many. `season`: how many times as much a
 * festival brings until then.
 */
export const DemandSummary = z.strictObject({
  othersPerWeek: z.number().min(0),
  factor: z.number().min(0),
  leadDays: z.number().min(0),
  season: z.number().min(0).optional(),
});
export type DemandSummary = z.infer<typeof DemandSummary>;

const plannedQuantity = z.int().min(0).max(1_000_000_000);

/** What is planned for an item here, in base units: at or below `reorderPoint`, so much is sent that `target` is there or on its way. */
export const StockPlan = z.strictObject({
  reorderPoint: plannedQuantity,
  target: plannedQuantity,
  pace: DemandSummary.optional(),
});
export type StockPlan = z.infer<typeof StockPlan>;

/** What one location has of one item, in base units. `version` rises by one with every write. */
export const StockRow = z.strictObject({
  location: StockLocationId,
  item: ItemId,
  onHand: Balance,
  free: Balance,
  inbound: Balance,
  /** At a depot, what is open of each delivery, the oldest first; together they are what is on hand. */
  lots: z.array(Lot).optional(),
  /** The last count that it starts from, as its place in the order of vouchers. */
  countedAt: VoucherSequence.optional(),
  /** As it was planned last; until then the registry's reorder point holds. */
  plan: StockPlan.optional(),
  version: Version,
});
export type StockRow = z.infer<typeof StockRow>;

/** What is told of the pace moves a little every night: by itself it is no new plan. */
export const isSamePlan = (one: StockPlan, other: StockPlan | undefined): boolean =>
  one.reorderPoint === other?.reorderPoint &&
  one.target === other.target &&
  one.pace?.leadDays === other.pace?.leadDays &&
  isFestive(one) === isFestive(other);

const isFestive = ({ pace }: StockPlan): boolean => pace?.season !== undefined;

/** `undefined`: the item is not replenished, so nobody is alerted and nothing is suggested. */
export type ReorderPoint = number | undefined;

/**
 * The plan's reorder point, else the registry's. A registered 0 is an officer's word that the item is not
 * replenished, and stands whatever is planned. A planned 0 means: reorder when the last one is gone.
 */
export const reorderPointOf = ({ plan }: Pick<StockRow, 'plan'>, registered: number): ReorderPoint =>
  registered === 0 ? undefined : (plan?.reorderPoint ?? registered);

/** At or below its reorder point, counting what is on its way. */
export const isShort = (
  { onHand, inbound }: Pick<StockRow, 'onHand' | 'inbound'>,
  reorderPoint: ReorderPoint,
): boolean => reorderPoint !== undefined && onHand + inbound <= reorderPoint;

/** The book says less than nothing: a sale of goods in hand ran ahead of a receipt, or a count is due. */
export const isBelowZero = ({ onHand, free }: Pick<StockRow, 'onHand' | 'free'>): boolean => Math.min(onHand, free) < 0;
