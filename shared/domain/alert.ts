import * as z from 'zod';
import { DistrictId, ItemId, LocationId } from './ids.ts';
import { Balance, Version } from './quantity.ts';
import { isBelowZero, isShort, type StockRow } from './stock.ts';
import { Instant } from './time.ts';

export const ALERT_TYPES = ['short', 'discrepancy'] as const;
export const AlertType = z.enum(ALERT_TYPES);
export type AlertType = z.infer<typeof AlertType>;

export const AlertState = z.enum(['open', 'resolved']);
export type AlertState = z.infer<typeof AlertState>;

/** What the alert was judged on. */
export const AlertFigures = z.strictObject({ onHand: Balance, free: Balance, inbound: Balance, reorderPoint: z.int() });
export type AlertFigures = z.infer<typeof AlertFigures>;

/**
 * One alert per location, item and type, with an `episode` for each time it opened. `stockVersion` and `itemVersion` say which stock
 * row and which registry entry it was judged on: only a judgement of something newer may change it.
 */
export const Alert = z.strictObject({
  location: LocationId,
  item: ItemId,
  type: AlertType,
  district: DistrictId,
  state: AlertState,
  episode: z.int().min(1),
  openedAt: Instant,
  resolvedAt: Instant.optional(),
  figures: AlertFigures,
  stockVersion: Version,
  itemVersion: Version,
});
export type Alert = z.infer<typeof Alert>;

export type Judged = {
  readonly row: StockRow;
  readonly reorderPoint: number;
  readonly itemVersion: Version;
  readonly district: DistrictId;
  readonly now: Instant;
};

const CAUSES = {
  short: ({ row, reorderPoint }) => isShort(row, reorderPoint),
  discrepancy: ({ row }) => isBelowZero(row),
} satisfies Record<AlertType, (judged: Judged) => boolean>;

/** Is there cause for an alert of this type? */
export const hasCause = (type: AlertType, judged: Judged): boolean => CAUSES[type](judged);

/** Is what was judged newer than what the alert came from? Late and repeated news is not. */
export const isNewer = (judged: Judged, alert: Pick<Alert, 'stockVersion' | 'itemVersion'>): boolean =>
  judged.row.version > alert.stockVersion ||
  (judged.row.version === alert.stockVersion && judged.itemVersion > alert.itemVersion);

export type AlertChange = { readonly did: 'opened' | 'refreshed' | 'resolved'; readonly alert: Alert };

/** What the judged figures make of the alert as it stands: opened, refreshed, resolved; or nothing to write. */
export const decideAlert = (type: AlertType, stored: Alert | undefined, judged: Judged): AlertChange | undefined => {
  if (stored && !isNewer(judged, stored)) return undefined;
  const cause = hasCause(type, judged);
  const wasOpen = stored?.state === 'open';
  if (!cause && !wasOpen) return undefined;

  const { row, reorderPoint, itemVersion, district, now } = judged;
  const seen = {
    location: row.location,
    item: row.item,
    type,
    district,
    figures: { onHand: row.onHand, free: row.free, inbound: row.inbound, reorderPoint },
    stockVersion: row.version,
    itemVersion,
  };
  if (!cause)
    return { did: 'resolved', alert: { ...seen, ...lifeOf(stored, now), state: 'resolved', resolvedAt: now } };
  if (wasOpen) return { did: 'refreshed', alert: { ...seen, ...lifeOf(stored, now), state: 'open' } };
  return { did: 'opened', alert: { ...seen, state: 'open', episode: (stored?.episode ?? 0) + 1, openedAt: now } };
};

const lifeOf = (stored: Alert | undefined, now: Instant) => ({
  episode: stored?.episode ?? 1,
  openedAt: stored?.openedAt ?? now,
});
