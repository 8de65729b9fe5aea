import * as z from 'zod';
import { ItemId, StockLocationId } from '../kernel/ids.ts';
import { Balance, type Quantity, sumOf, Version } from '../kernel/quantity.ts';
import { VoucherSequence } from '../kernel/voucher-number.ts';
import { Lot } from './lots.ts';

/**
 * Evidence for a plan. `alone`: no other outlet sells it, so `othersPerWeek` is the outlet's own.
 * `season` is a festival's multiplier.
 */
export const DemandSummary = z.strictObject({
  othersPerWeek: z.number().min(0),
  factor: z.number().min(0),
  alone: z.literal(true).optional(),
  leadDays: z.number().min(0),
  season: z.number().min(0).optional(),
});
export type DemandSummary = z.infer<typeof DemandSummary>;

const plannedQuantity = z.int().min(0).max(1_000_000_000);

/** Base units. At or below `reorderPoint`, replenish up to `target`, counting stock in transit. */
export const StockPlan = z.strictObject({
  reorderPoint: plannedQuantity,
  target: plannedQuantity,
  pace: DemandSummary.optional(),
});
export type StockPlan = z.infer<typeof StockPlan>;

/** Base units. `version` rises by one with every write. */
export const StockRow = z.strictObject({
  location: StockLocationId,
  item: ItemId,
  onHand: Balance,
  free: Balance,
  inbound: Balance,
  /** At a depot, oldest first; they sum to `onHand`. */
  lots: z.array(Lot).optional(),
  /** The last count that it includes. */
  countedAt: VoucherSequence.optional(),
  /** Without a plan the registry's reorder point applies. */
  plan: StockPlan.optional(),
  version: Version,
});
export type StockRow = z.infer<typeof StockRow>;

/** Demand varies a little every night; that alone is no new plan. */
export const isSamePlan = (one: StockPlan, other: StockPlan | undefined): boolean =>
  one.reorderPoint === other?.reorderPoint &&
  one.target === other.target &&
  one.pace?.leadDays === other.pace?.leadDays &&
  one.pace?.alone === other.pace?.alone &&
  isFestive(one) === isFestive(other);

const isFestive = ({ pace }: StockPlan): boolean => pace?.season !== undefined;

/** `undefined`: not replenished, so no alerts and no suggestions. */
export type ReorderPoint = number | undefined;

/**
 * A registered 0 is an officer's decision not to replenish and overrides the plan. A planned 0
 * means: reorder when the last one is sold.
 */
export const reorderPointOf = ({ plan }: Pick<StockRow, 'plan'>, registered: number): ReorderPoint =>
  registered === 0 ? undefined : (plan?.reorderPoint ?? registered);

export const isShort = (
  { onHand, inbound }: Pick<StockRow, 'onHand' | 'inbound'>,
  reorderPoint: ReorderPoint,
): boolean => reorderPoint !== undefined && onHand + inbound <= reorderPoint;

/** A sale of goods in hand came before its receipt, or a count is due. */
export const isBelowZero = ({ onHand, free }: Pick<StockRow, 'onHand' | 'free'>): boolean => Math.min(onHand, free) < 0;

/**
 * A change of one row. `requires`: condition on free stock. `lots` replaces a depot's lots and
 * needs the row at `version` (0: no row).
 */
export type StockChange = {
  readonly item: ItemId;
  /** The receiver of a dispatch; else the voucher's own location. */
  readonly location?: StockLocationId;
  readonly onHand: number;
  /** If it differs from `onHand`: an issue takes from free when it is reserved. */
  readonly free?: number;
  /** A count does not affect it. */
  readonly inbound?: number;
  readonly requires: 'nothing' | { readonly free: number } | { readonly freeAtMost: number };
  readonly lots?: { readonly become: readonly Lot[]; readonly version: number };
  /** The row version that was decided on. */
  readonly asRead?: Version;
  /** Covers all vouchers up to `order`, if the row is still at `version`. */
  readonly count?: { readonly order: VoucherSequence; readonly version: number };
};

export type ItemQuantity = { readonly item: ItemId; readonly quantity: Quantity };

/** A transaction may touch an item once. */
export const sumPerItem = (
  lines: readonly (ItemQuantity | (Pick<ItemQuantity, 'item'> & { readonly quantity: 0 }))[],
): ItemQuantity[] =>
  [...Map.groupBy(lines, ({ item }) => item)].map(([item, same]) => ({
    item,
    quantity: sumOf(same.map(({ quantity }) => quantity)) as Quantity,
  }));
