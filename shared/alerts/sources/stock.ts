import * as z from 'zod';
import { type DistrictId, ItemId, type SellerId, StockLocationId, stockLocationKind } from '../../kernel/ids.ts';
import { Balance, sumOf, Version } from '../../kernel/quantity.ts';
import { dayOf, type Instant } from '../../kernel/time.ts';
import { isOpenOn, type StatusFields } from '../../registry/entry-status.ts';
import { type SellersFields, sellersAt } from '../../registry/location-sellers.ts';
import {
  isBelowZero,
  isShort,
  type ReorderPoint,
  reorderPointOf,
  type StockPlan,
  type StockRow,
} from '../../stock/stock.ts';
import { type AlertSource, replyFields, type StateOf, urgentSeverity, usualSeverity } from '../alert-source.ts';
import { AlertLifecycle, evidenceFields } from '../alert-state.ts';
import { type RenderStock, STOCK_SENTENCES, StockEvidence } from '../stock-sentences.ts';

export const STOCK_ALERT_TYPES = ['short', 'out', 'discrepancy', 'overstock', 'material'] as const;
export const StockAlertType = z.enum(STOCK_ALERT_TYPES);
export type StockAlertType = z.infer<typeof StockAlertType>;

/** A reading with older versions must not change it. */
const stockAlertShape = {
  ...AlertLifecycle.shape,
  location: StockLocationId,
  item: ItemId,
  type: StockAlertType,
  ...evidenceFields(StockEvidence),
  stockVersion: Version,
  itemVersion: Version,
};
export const StockAlert = z.strictObject(stockAlertShape);
export type StockAlert = z.infer<typeof StockAlert>;
export const StockAlertReply = z.strictObject({ ...stockAlertShape, ...replyFields });

export type StockReading = {
  readonly row: StockRow;
  readonly reorderPoint: ReorderPoint;
  /** The overdue part of `inbound`. Read only if an alert depends on it. */
  readonly overdue?: number | undefined;
  readonly plan?: Omit<StockPlan, 'reorderPoint'> | undefined;
  readonly itemVersion: Version;
  readonly district: DistrictId;
  readonly placeVersion: Version;
  readonly now: Instant;
  /** False: item or product is discontinued, seller or location closed, or the seller left it. */
  readonly isOpen: boolean;
};

type VersionedEntry<Entry> = { readonly version: Version; readonly entry: Entry };

/** `owners`: product and seller of the item. */
type ReadingFacts = {
  readonly now: Instant;
  readonly overdue?: number | undefined;
  readonly owners?: readonly VersionedEntry<StatusFields>[];
};

export const stockReadingOf = (
  row: StockRow,
  item: VersionedEntry<StatusFields & { readonly reorderPoint: number; readonly seller: SellerId }>,
  location: VersionedEntry<StatusFields & SellersFields & { readonly district: DistrictId }>,
  { now, overdue, owners = [] }: ReadingFacts,
): StockReading => ({
  row,
  overdue,
  reorderPoint: reorderPointOf(row, item.entry.reorderPoint),
  plan: row.plan && { target: row.plan.target, pace: row.plan.pace },
  itemVersion: Version.parse(item.version + sumOf(owners.map(({ version }) => version - 1))),
  district: location.entry.district,
  placeVersion: location.version,
  now,
  isOpen:
    sellersAt(location.entry, now).includes(item.entry.seller) &&
    [item, location, ...owners].every(({ entry }) => isOpenOn(entry, dayOf(now))),
});

/** Multiple of the target. Without a plan there is no overstock. */
const OVERSTOCK_FACTOR = 3;

/** Inbound stock counts until it is overdue. */
const inboundInTimeOf = ({ row, overdue = 0 }: StockReading): Balance =>
  Balance.parse(Math.max(0, row.inbound - overdue));

const isDepot = (location: StockLocationId): boolean => stockLocationKind(location) === 'depots';

/** A depot can give only `free`; the rest is reserved. */
const isMaterialShort = (reading: StockReading): boolean => {
  const { row, reorderPoint } = reading;
  return isDepot(row.location) && isShort({ onHand: row.free, inbound: inboundInTimeOf(reading) }, reorderPoint);
};

const isShortAtOutlet = (reading: StockReading): boolean => {
  const { row, reorderPoint } = reading;
  return !isDepot(row.location) && isShort({ onHand: row.onHand, inbound: inboundInTimeOf(reading) }, reorderPoint);
};

/** Only inbound stock prevents an alert, so its overdue part matters. */
export const dependsOnInbound = (row: StockRow, reorderPoint: ReorderPoint): boolean =>
  row.inbound > 0 && isLowOrNegative(row, reorderPoint);

/** Evaluate at once, whatever is inbound. Overstock waits for the sweep. */
export const isLowOrNegative = (row: StockRow, reorderPoint: ReorderPoint): boolean =>
  isBelowZero(row) || (reorderPoint !== undefined && (isDepot(row.location) ? row.free : row.onHand) <= reorderPoint);

type StockSource = Pick<AlertSource, 'severity' | 'smsText'> & {
  readonly type: StockAlertType;
  readonly condition: (reading: StockReading) => boolean;
  readonly render: RenderStock;
};

const stockSource = (source: StockSource) => ({ ...source, schema: StockAlert, movesWhenResolved: true as const });

export const short = stockSource({
  type: 'short',
  severity: usualSeverity('outlet'),
  smsText: { en: 'low', hi: 'कम बचा' },
  condition: isShortAtOutlet,
  render: STOCK_SENTENCES.short,
});

export const out = stockSource({
  type: 'out',
  severity: urgentSeverity('outlet'),
  smsText: { en: 'none left', hi: 'ख़त्म' },
  condition: (reading) => reading.row.onHand === 0 && isShortAtOutlet(reading),
  render: STOCK_SENTENCES.out,
});

/** A negative book is wrong. Only a count shows the real stock. */
export const discrepancy = stockSource({
  type: 'discrepancy',
  severity: usualSeverity('outlet'),
  smsText: { en: 'to be counted', hi: 'गिनती करें' },
  condition: ({ row }) => isBelowZero(row),
  render: STOCK_SENTENCES.discrepancy,
});

export const overstock = stockSource({
  type: 'overstock',
  severity: usualSeverity('outlet'),
  smsText: { en: 'too much', hi: 'ज़्यादा' },
  condition: ({ row, reorderPoint, plan }) =>
    reorderPoint !== undefined &&
    !isDepot(row.location) &&
    plan !== undefined &&
    plan.target > 0 &&
    row.onHand > OVERSTOCK_FACTOR * plan.target,
  render: STOCK_SENTENCES.overstock,
});

export const material = stockSource({
  type: 'material',
  severity: usualSeverity('outlet'),
  smsText: { en: 'low', hi: 'कम बचा' },
  condition: isMaterialShort,
  render: STOCK_SENTENCES.material,
});

export const stockState = (
  { type, condition }: Pick<StockSource, 'type' | 'condition'>,
  reading: StockReading,
): StateOf<ReturnType<typeof stockSource>> => {
  const { row, reorderPoint = 0, overdue, plan, itemVersion } = reading;
  const { location, item, onHand, free, inbound } = row;
  return {
    location,
    item,
    type,
    figures: { onHand, free, inbound, reorderPoint, ...(overdue && { overdue }), ...plan },
    stockVersion: row.version,
    itemVersion,
    isActive: reading.isOpen && condition(reading),
    hasEnded: !reading.isOpen,
  };
};

export const stockEvaluationOf = (source: Pick<StockSource, 'type' | 'condition'>, reading: StockReading) => {
  const { district, placeVersion, now } = reading;
  return { source: stockState(source, reading), district, placeVersion, now };
};
