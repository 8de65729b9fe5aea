import * as z from 'zod';
import { type DistrictId, ItemId, StockLocationId, stockLocationKind } from '../kernel/ids.ts';
import { Balance, Version } from '../kernel/quantity.ts';
import type { Instant } from '../kernel/time.ts';
import {
  DemandSummary,
  isBelowZero,
  isShort,
  type ReorderPoint,
  reorderPointOf,
  type StockPlan,
  type StockRow,
} from '../stock/stock.ts';
import { AlertLifecycle, type AlertOutcome, episodeFieldsOf, isUnresolved, nextVersionOf } from './alert-state.ts';
import { StockAlertType } from './alert-type.ts';
import { changedEvidence, evidenceFields } from './changed-evidence.ts';
import { ageAlert, ageingOutcomeOf, initialLevelOf } from './escalation.ts';

/** What the alert was judged on. `overdue`: how much of what is inbound should have come by now. `target` and `pace`: where the place has a plan for the item. */
export const StockEvidence = z.strictObject({
  ...{ onHand: Balance, free: Balance, inbound: Balance, reorderPoint: z.int(), overdue: z.int().min(1).optional() },
  ...{ target: z.int().optional(), pace: DemandSummary.optional() },
});
export type StockEvidence = z.infer<typeof StockEvidence>;

/**
 * One alert per location, item and type, with an `episode` for each time it opened. Its versions say which stock row, and which entries
 * of item and place, it was judged on: only a judgement of something newer, and of nothing older, may change it.
 */
export const StockAlert = z.strictObject({
  ...AlertLifecycle.shape,
  location: StockLocationId,
  item: ItemId,
  type: StockAlertType,
  ...evidenceFields(StockEvidence),
  stockVersion: Version,
  itemVersion: Version,
});
export type StockAlert = z.infer<typeof StockAlert>;

export type StockEvaluation = {
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

type VersionedEntry<Entry> = { readonly version: Version; readonly entry: Entry };

/** A row beside what the registry says of its item and its place. */
export const stockEvaluationOf = (
  row: StockRow,
  item: VersionedEntry<{ readonly reorderPoint: number }>,
  place: VersionedEntry<{ readonly district: DistrictId }>,
  { now, overdue }: { readonly now: Instant; readonly overdue?: number | undefined },
): StockEvaluation => ({
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
const OVERSTOCK_FACTOR = 3;

/** What is on its way and not overdue. */
const inboundInTimeOf = ({ row, overdue = 0 }: StockEvaluation): Balance =>
  Balance.parse(Math.max(0, row.inbound - overdue));

/** What is free at a depot is what can be given: the rest is promised. */
const isMaterialShort = (judged: StockEvaluation): boolean => {
  const { row, reorderPoint } = judged;
  return isDepot(row.location) && isShort({ onHand: row.free, inbound: inboundInTimeOf(judged) }, reorderPoint);
};

const isShortAtOutlet = (judged: StockEvaluation): boolean => {
  const { row, reorderPoint } = judged;
  return !isDepot(row.location) && isShort({ onHand: row.onHand, inbound: inboundInTimeOf(judged) }, reorderPoint);
};

const isDepot = (location: StockLocationId): boolean => stockLocationKind(location) === 'depots';

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
    row.onHand > OVERSTOCK_FACTOR * plan.target,
  material: isMaterialShort,
} satisfies Record<StockAlertType, (judged: StockEvaluation) => boolean>;

/** What is there does not do: there is cause to look at once, at what is on its way too. What is too much can wait for the sweep. */
export const isLowOrNegative = (row: StockRow, reorderPoint: ReorderPoint): boolean =>
  isBelowZero(row) || (reorderPoint !== undefined && (isDepot(row.location) ? row.free : row.onHand) <= reorderPoint);

/** Only what is on its way keeps it from being told: whether that is overdue makes the difference. */
export const dependsOnInbound = (row: StockRow, reorderPoint: ReorderPoint): boolean =>
  row.inbound > 0 && isLowOrNegative(row, reorderPoint);

/** Is there cause for an alert of this type? */
export const hasCause = (type: StockAlertType, judged: StockEvaluation): boolean => CAUSES[type](judged);

type StockAlertVersions = Pick<StockAlert, 'stockVersion' | 'itemVersion' | 'placeVersion'>;

/** How far what was judged is ahead of what the alert came from: its row, its item, its place. */
const versionLeadsOf = (
  alert: StockAlertVersions,
  { row, itemVersion, placeVersion }: StockEvaluation,
): readonly number[] => [
  row.version - alert.stockVersion,
  itemVersion - alert.itemVersion,
  placeVersion - alert.placeVersion,
];

/** Something in it is older than what the alert came from, such as a reorder point that is remembered: it is to be read again. */
export const isEvaluationBehind = (judged: StockEvaluation, alert: StockAlertVersions): boolean =>
  versionLeadsOf(alert, judged).some((ahead) => ahead < 0);

/** Late and repeated news is not. That more is overdue is news of the same versions. */
export const isEvaluationNewer = (
  judged: StockEvaluation,
  alert: StockAlertVersions & Pick<StockAlert, 'figures'>,
): boolean =>
  !isEvaluationBehind(judged, alert) &&
  (versionLeadsOf(alert, judged).some((ahead) => ahead > 0) || (judged.overdue ?? 0) > (alert.figures.overdue ?? 0));

export type StockAlertChange = { readonly outcome: AlertOutcome; readonly alert: StockAlert };

/**
 * What the judged figures make of the alert as it stands: opened, refreshed, resolved; woken or sent up by time alone; or nothing to write. It
 * moves with its place.
 */
export const decideStockAlert = (
  type: StockAlertType,
  stored: StockAlert | undefined,
  judged: StockEvaluation,
): StockAlertChange | undefined => {
  const { row, reorderPoint = 0, overdue, plan, itemVersion, district, placeVersion, now } = judged;
  const version = nextVersionOf(stored);
  if (stored && !isEvaluationNewer(judged, stored)) {
    const older = isEvaluationBehind(judged, stored) ? stored : ageAlert(stored, now);
    const did = ageingOutcomeOf(stored, older);
    return did && { outcome: did, alert: { ...older, version } };
  }
  const cause = hasCause(type, judged);
  if (!cause && !isUnresolved(stored)) {
    if (!stored || stored.district === district) return undefined;
    return { outcome: 'refreshed', alert: { ...stored, district, placeVersion, version } };
  }

  const { onHand, free, inbound } = row;
  const figures = { onHand, free, inbound, reorderPoint, ...(overdue && { overdue }), ...plan };
  const seen = {
    ...{ location: row.location, item: row.item, type, district, figures, version },
    ...{ stockVersion: row.version, itemVersion, placeVersion },
  };
  if (!stored || !isUnresolved(stored)) {
    const life = {
      state: 'open' as const,
      level: initialLevelOf(type),
      episode: (stored?.episode ?? 0) + 1,
      openedAt: now,
    };
    return { outcome: 'opened', alert: { ...seen, ...life } };
  }
  const older = ageAlert(stored, now);
  const alert = { ...seen, ...episodeFieldsOf(cause ? older : stored), ...changedEvidence(stored, figures, now) };
  if (!cause) return { outcome: 'resolved', alert: { ...alert, state: 'resolved', resolvedAt: now } };
  return { outcome: ageingOutcomeOf(stored, older) ?? 'refreshed', alert };
};
