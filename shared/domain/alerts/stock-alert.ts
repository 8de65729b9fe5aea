import * as z from 'zod';
import { type DistrictId, ItemId, LocationId, locationKind } from '../ids.ts';
import { Balance, Version } from '../quantity.ts';
import { isBelowZero, isShort, Pace, reorderPointOf, type StockPlan, type StockRow } from '../stock.ts';
import type { Instant } from '../time.ts';
import { StockAlertType } from './alert-type.ts';
import { aged, agedBy, startsAt } from './escalation.ts';
import { AlertLife, after, type Did, sameEpisode, stands } from './life.ts';
import { moved, told } from './moved.ts';

/** What the alert was judged on. `target` and `pace`: where the place has a plan for the item. */
export const StockFigures = z.strictObject({
  ...{ onHand: Balance, free: Balance, inbound: Balance, reorderPoint: z.int() },
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
  readonly reorderPoint: number;
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
  now: Instant,
): Judged => ({
  row,
  reorderPoint: reorderPointOf(row, item.entry.reorderPoint),
  plan: row.plan && { target: row.plan.target, pace: row.plan.pace },
  itemVersion: item.version,
  district: place.entry.district,
  placeVersion: place.version,
  now,
});

/** So many times what is planned, or what calls for more, is more than will be sold in good time. */
const OVERSTOCK = { target: 3, reorderPoint: 12 };

/** What is free at a depot is what can be given: the rest is promised. */
const isMaterialShort = ({ location, free, inbound }: StockRow, reorderPoint: number): boolean =>
  isDepot(location) && free + inbound <= reorderPoint;

const isShortAtOutlet = (row: StockRow, reorderPoint: number): boolean =>
  !isDepot(row.location) && isShort(row, reorderPoint);

const isDepot = (location: LocationId): boolean => locationKind(location) === 'depots';

/**
 * What is on its way is counted, so that nobody is told of what a dispatch is about to mend. Below zero the book is wrong, and whether anything is left is for
 * a count to say.
 */
const CAUSES = {
  short: ({ row, reorderPoint }) => isShortAtOutlet(row, reorderPoint),
  out: ({ row, reorderPoint }) => row.onHand === 0 && isShortAtOutlet(row, reorderPoint),
  discrepancy: ({ row }) => isBelowZero(row),
  overstock: ({ row, reorderPoint, plan }) => {
    const most = plan ? OVERSTOCK.target * plan.target : OVERSTOCK.reorderPoint * reorderPoint;
    return !isDepot(row.location) && most > 0 && row.onHand > most;
  },
  material: ({ row, reorderPoint }) => isMaterialShort(row, reorderPoint),
} satisfies Record<StockAlertType, (judged: Judged) => boolean>;

/** There is cause to look at once. What is too much can wait for the sweep. */
export const isInWant = (row: StockRow, reorderPoint: number): boolean =>
  isBelowZero(row) || isShortAtOutlet(row, reorderPoint) || isMaterialShort(row, reorderPoint);

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

/** Late and repeated news is not. */
export const isNewer = (judged: Judged, alert: Versions): boolean =>
  !isBehind(judged, alert) && aheadOf(alert, judged).some((ahead) => ahead > 0);

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
  const { row, reorderPoint, plan, itemVersion, district, placeVersion, now } = judged;
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
  const figures = { onHand, free, inbound, reorderPoint, ...plan };
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
