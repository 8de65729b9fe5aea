import * as z from 'zod';
import { type DistrictId, ItemId, LocationId, locationKind } from '../kernel/ids.ts';
import { Balance, Version } from '../kernel/quantity.ts';
import type { Instant } from '../kernel/time.ts';
import {
  isBelowZero,
  isShort,
  Pace,
  type ReorderPoint,
  reorderPointOf,
  type StockPlan,
  type StockRow,
} from '../stock/stock.ts';
import { AlertLife, after, type Did, sameEpisode, stands } from './alert-state.ts';
import { StockAlertType } from './alert-type.ts';
import { moved, told } from './changed-evidence.ts';
import { aged, agedBy, startsAt } from './escalation.ts';

/** What the alert was judged on. `overdue`: how much of what is inbound should have come by now. `target` and `pace`: where the place has a plan for the item. */
export const StockFigures = z.strictObject({
  ...{ onHand: Balance, free: Balance, inbound: Balance, reorderPoint: z.int(), overdue: z.int().min(1).optional() },
  ...{ target: z.int().optional(), pace: Pace.optional() },
});
export type StockFigures = z.infer<typeof StockFigures>;

/**
 * One alert per location, item and type, with an `episode` for each time it opened. Its versions say which stock row, and which entries
 * of item and place, it was judged on: only a judgement of something newer, and of nothing older, may change it.
 */
export const StockAlert = z.strictObject({
  ...AlertLife.shape,
  location: LocationId,
  item: ItemId,
  type: StockAlertType,
  ...told(StockFigures),
  stockVersion: Version,
  itemVersion: Version,
});
export type StockAlert = z.infer<typeof StockAlert>;

export type Judged = {
  readonly row: StockRow;
  readonly reorderPoint: ReorderPoint;
  /** Of what is inbound; only looked for where it makes a difference. It grows by time alone, and falls by what changes the row. */
  readonly overdue?: number | undefined;
  readonly plan?: Omit<StockPlan, 'reorderPoint'> | undefined;
  readonly itemVersion: Version;
  readonly district: DistrictId;
  readonly placeVersion: Version;
  readonly now: Instant;
};

type Kept<Entry> = { readonly version: Version; readonly entry: Entry };

/** A row beside what the registry says of its item and its place. */
export const judgedBy = (
  row: StockRow,
  item: Kept<{ readonly reorderPoint: number }>,
  place: Kept<{ readonly district: DistrictId }>,
  { now, overdue }: { readonly now: Instant; readonly overdue?: number | undefined },
): Judged => ({
  row,
  overdue,
  reorderPoint: reorderPointOf(row, item.entry.reorderPoint),
  plan: row.plan && { target: row.plan.target, pace: row.plan.pace },
  itemVersion: item.version,
  district: place.entry.district,
  placeVersion: place.version,
  now,
});

/** So many times what is planned is more than will be sold in good time. Without a plan nobody knows what that is. */
const OVERSTOCK = 3;

/** What is on its way and not overdue. */
const comingOf = ({ row, overdue = 0 }: Judged): Balance => Balance.parse(Math.max(0, row.inbound - overdue));

/** What is free at a depot is what can be given: the rest is promised. */
const isMaterialShort = (judged: Judged): boolean => {
  const { row, reorderPoint } = judged;
  return isDepot(row.location) && isShort({ onHand: row.free, inbound: comingOf(judged) }, reorderPoint);
};

const isShortAtOutlet = (judged: Judged): boolean => {
  const { row, reorderPoint } = judged;
  return !isDepot(row.location) && isShort({ onHand: row.onHand, inbound: comingOf(judged) }, reorderPoint);
};

const isDepot = (location: LocationId): boolean => locationKind(location) === 'depots';

/**
 * What is on its way is counted, so that nobody is told of what a dispatch is about to mend, until it is overdue. Below zero the book is wrong, and whether anything is left is for
 * a count to say.
 */
const CAUSES = {
  short: isShortAtOutlet,
  out: (judged) => judged.row.onHand === 0 && isShortAtOutlet(judged),
  discrepancy: ({ row }) => isBelowZero(row),
  overstock: ({ row, reorderPoint, plan }) =>
    reorderPoint !== undefined &&
    !isDepot(row.location) &&
    plan !== undefined &&
    plan.target > 0 &&
    row.onHand > OVERSTOCK * plan.target,
  material: isMaterialShort,
} satisfies Record<StockAlertType, (judged: Judged) => boolean>;

/** What is there does not do: there is cause to look at once, at what is on its way too. What is too much can wait for the sweep. */
export const isInWant = (row: StockRow, reorderPoint: ReorderPoint): boolean =>
  isBelowZero(row) || (reorderPoint !== undefined && (isDepot(row.location) ? row.free : row.onHand) <= reorderPoint);

/** Only what is on its way keeps it from being told: whether that is overdue makes the difference. */
export const leansOnInbound = (row: StockRow, reorderPoint: ReorderPoint): boolean =>
  row.inbound > 0 && isInWant(row, reorderPoint);

/** Is there cause for an alert of this type? */
export const hasCause = (type: StockAlertType, judged: Judged): boolean => CAUSES[type](judged);

type Versions = Pick<StockAlert, 'stockVersion' | 'itemVersion' | 'placeVersion'>;

/** How far what was judged is ahead of what the alert came from: its row, its item, its place. */
const aheadOf = (alert: Versions, { row, itemVersion, placeVersion }: Judged): readonly number[] => [
  row.version - alert.stockVersion,
  itemVersion - alert.itemVersion,
  placeVersion - alert.placeVersion,
];

/** Something in it is older than what the alert came from, such as a reorder point that is remembered: it is to be read again. */
export const isBehind = (judged: Judged, alert: Versions): boolean => aheadOf(alert, judged).some((ahead) => ahead < 0);

/** Late and repeated news is not. That more is overdue is news of the same versions. */
export const isNewer = (judged: Judged, alert: Versions & Pick<StockAlert, 'figures'>): boolean =>
  !isBehind(judged, alert) &&
  (aheadOf(alert, judged).some((ahead) => ahead > 0) || (judged.overdue ?? 0) > (alert.figures.overdue ?? 0));

export type StockAlertChange = { readonly did: Did; readonly alert: StockAlert };

/**
 * What the judged figures make of the alert as it stands: opened, refreshed, resolved; woken or sent up by time alone; or nothing to write. It
 * moves with its place.
 */
export const decideStockAlert = (
  type: StockAlertType,
  stored: StockAlert | undefined,
  judged: Judged,
): StockAlertChange | undefined => {
  const { row, reorderPoint = 0, overdue, plan, itemVersion, district, placeVersion, now } = judged;
  const version = after(stored);
  if (stored && !isNewer(judged, stored)) {
    const older = isBehind(judged, stored) ? stored : aged(stored, now);
    const did = agedBy(stored, older);
    return did && { did, alert: { ...older, version } };
  }
  const cause = hasCause(type, judged);
  if (!cause && !stands(stored)) {
    if (!stored || stored.district === district) return undefined;
    return { did: 'refreshed', alert: { ...stored, district, placeVersion, version } };
  }

  const { onHand, free, inbound } = row;
  const figures = { onHand, free, inbound, reorderPoint, ...(overdue && { overdue }), ...plan };
  const seen = {
    ...{ location: row.location, item: row.item, type, district, figures, version },
    ...{ stockVersion: row.version, itemVersion, placeVersion },
  };
  if (!stored || !stands(stored)) {
    const life = { state: 'open' as const, level: startsAt(type), episode: (stored?.episode ?? 0) + 1, openedAt: now };
    return { did: 'opened', alert: { ...seen, ...life } };
  }
  const older = aged(stored, now);
  const alert = { ...seen, ...sameEpisode(cause ? older : stored), ...moved(stored, figures, now) };
  if (!cause) return { did: 'resolved', alert: { ...alert, state: 'resolved', resolvedAt: now } };
  return { did: agedBy(stored, older) ?? 'refreshed', alert };
};
