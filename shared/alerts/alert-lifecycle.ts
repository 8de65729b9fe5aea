import type { AreaId } from '../kernel/ids.ts';
import type { Version } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';
import { ALERT_SOURCES, type Alert, type AlertType, isStockAlert, type SourceState } from './alert.ts';
import type { AlertSource } from './alert-source.ts';
import {
  type AlertLifecycle,
  type AlertOutcome,
  alertAsOf,
  changedEvidence,
  episodeFieldsOf,
  isUnresolved,
  nextVersionOf,
} from './alert-state.ts';

export type AlertEvaluation<One extends Alert = Alert> = {
  readonly source: SourceState<One>;
  readonly district: AreaId;
  readonly placeVersion: Version;
  readonly now: Instant;
};

export type AlertChange<One extends Alert = Alert> = { readonly outcome: AlertOutcome; readonly alert: One };

const VERSION_FIELDS = ['sourceVersion', 'stockVersion', 'itemVersion', 'placeVersion'] as const;
type Versions = { readonly [Field in (typeof VERSION_FIELDS)[number]]?: number };

const versionLeadsOf = (stored: Versions, { source, placeVersion }: AlertEvaluation): readonly number[] => {
  const evaluated: Versions = { ...source, placeVersion };
  return VERSION_FIELDS.flatMap((field) => {
    const from = stored[field];
    const to = evaluated[field];
    return from === undefined || to === undefined ? [] : [to - from];
  });
};

/** Whether a version is older than the stored one. */
export const isBehind = (evaluation: AlertEvaluation, stored: Alert): boolean =>
  versionLeadsOf(stored, evaluation).some((lead) => lead < 0);

/**
 * At equal versions only time changes an alert: more inbound stock becomes overdue, an entry ends,
 * or the condition of a resolved alert holds again.
 */
const isNewer = (evaluation: AlertEvaluation, stored: Alert): boolean => {
  if (versionLeadsOf(stored, evaluation).some((lead) => lead > 0)) return true;
  const { source } = evaluation;
  if (isStockAlert(stored) && isStockAlert(source))
    return (
      (source.figures.overdue ?? 0) > (stored.figures.overdue ?? 0) ||
      (source.hasEnded === true && isUnresolved(stored))
    );
  return stored.state === 'resolved';
};

/** `stored` and `figures` must have the alert's own type. */
type SourceRules = Pick<AlertSource, 'severity' | 'resolvedByOfficer' | 'movesWhenResolved'> & {
  readonly staysResolved?: (stored: Alert, figures: Alert['figures']) => boolean;
};

const rulesOf = (type: AlertType): SourceRules => ALERT_SOURCES[type] as SourceRules;

const staysResolved = (stored: Alert, source: SourceState): boolean =>
  stored.state === 'resolved' && (rulesOf(stored.type).staysResolved?.(stored, source.figures) ?? false);

/**
 * Decides the next alert. `undefined`: write nothing. An older evaluation never undoes a newer one.
 */
export const decideAlert = <One extends Alert>(
  stored: One | undefined,
  evaluation: AlertEvaluation<One>,
): AlertChange<One> | undefined => {
  const { district, placeVersion, now } = evaluation;
  const { isActive, hasEnded: _hasEnded, ...facts }: SourceState = evaluation.source;
  const untypedEvaluation: AlertEvaluation = { ...evaluation, source: evaluation.source };
  if (stored) {
    if (staysResolved(stored, evaluation.source) || isBehind(untypedEvaluation, stored)) return undefined;
    if (!isNewer(untypedEvaluation, stored)) return timedChange(stored, now);
  }
  const version = nextVersionOf(stored);
  if (!stored || !isUnresolved(stored)) {
    if (isActive) {
      const opened = { ...facts, district, placeVersion, ...openingFieldsOf(stored, evaluation), version };
      return { outcome: 'opened', alert: opened as Alert as One };
    }
    if (!stored || stored.district === district || !rulesOf(stored.type).movesWhenResolved) return undefined;
    return { outcome: 'refreshed', alert: { ...stored, district, placeVersion, version } as One };
  }
  const afterTime = escalateOrWake(stored, now);
  const alert = {
    ...facts,
    district,
    placeVersion,
    ...episodeFieldsOf(isActive ? afterTime : stored),
    version,
    ...changedEvidence<Alert['figures']>(stored, facts.figures, now),
  } as Alert as One;
  if (!isActive) return { outcome: 'resolved', alert: { ...alert, state: 'resolved', resolvedAt: now } };
  return { outcome: timedOutcomeOf(stored, afterTime) ?? 'refreshed', alert };
};

export const needsEvaluation = <One extends Alert>(
  stored: One | undefined,
  evaluation: AlertEvaluation<One>,
): boolean =>
  decideAlert(stored, evaluation) !== undefined ||
  (stored !== undefined && isBehind(evaluation as AlertEvaluation, stored));

const openingFieldsOf = (stored: Alert | undefined, { source, district, now }: AlertEvaluation) => ({
  state: 'open' as const,
  // Only the state's officer can act on a state alert.
  level: district === 'state' ? district : rulesOf(source.type).severity.level,
  episode: (stored?.episode ?? 0) + 1,
  openedAt: now,
});

const NEXT_LEVEL = { outlet: 'district', district: 'state' } as const;

type TimedAlert = AlertLifecycle & { readonly type: AlertType };

export const levelSinceOf = ({ openedAt, escalatedAt, snoozed }: AlertLifecycle, now: Instant): Instant =>
  [escalatedAt, snoozed && snoozed.until <= now ? snoozed.until : undefined]
    .filter((at) => at !== undefined)
    .reduce((latest, at) => (at > latest ? at : latest), openedAt);

/**
 * Ends a snooze and escalates a late alert by one level. Returns the same object if nothing
 * changes.
 */
export const escalateOrWake = <One extends TimedAlert>(stored: One, now: Instant): One => {
  const awake = alertAsOf(stored, now);
  const { level, state, type } = awake;
  if (state !== 'open' || level === 'state') return awake;
  const hours = rulesOf(type).severity.hours[level];
  if (millisecondsOf(now) - millisecondsOf(levelSinceOf(awake, now)) < hours * 3_600_000) return awake;
  return { ...awake, level: NEXT_LEVEL[level], escalatedAt: now };
};

export const timedOutcomeOf = (before: AlertLifecycle, after: AlertLifecycle): AlertOutcome | undefined => {
  if (after.level !== before.level) return 'escalated';
  return after.state === before.state ? undefined : 'woken';
};

const timedChange = <One extends Alert>(stored: One, now: Instant): AlertChange<One> | undefined => {
  const afterTime = escalateOrWake(stored, now);
  const outcome = timedOutcomeOf(stored, afterTime);
  return outcome && { outcome, alert: { ...afterTime, version: nextVersionOf(stored) } };
};

/** `ifMatch`: the alert version that the person saw. */
export type AlertAction = {
  readonly at: Instant;
  readonly by: string;
  readonly ifMatch: Version | undefined;
  readonly isOfficer?: boolean;
};

const MAX_SNOOZE_DAYS = 30;

/** `changed` is false for a repeated action. */
export type AlertActionResult = { readonly alert: Alert; readonly changed: boolean };

/**
 * An acknowledged alert does not escalate. The first acknowledgement stays. An officer resolves a
 * `resolvedByOfficer` alert.
 */
export const acknowledge = (stored: Alert, action: AlertAction): AlertActionResult | Refusal => {
  const resolves = action.isOfficer === true && rulesOf(stored.type).resolvedByOfficer === true;
  if (resolves && stored.state === 'resolved' && stored.acknowledged) return { alert: stored, changed: false };
  if (stored.state === 'acknowledged' && !resolves) return { alert: stored, changed: false };
  const refused = refuseAlertAction(stored, action);
  if (refused) return refused;
  const { snoozed: _snoozed, ...alert } = stored;
  const acknowledged = { at: action.at, by: action.by };
  const version = nextVersionOf(stored);
  if (resolves)
    return { alert: { ...alert, state: 'resolved', acknowledged, resolvedAt: action.at, version }, changed: true };
  return { alert: { ...alert, state: 'acknowledged', acknowledged, version }, changed: true };
};

/** A repeat by the same person changes nothing, even after the snooze ends. */
export const snooze = (
  stored: Alert,
  { until, why }: { readonly until: Instant; readonly why: string },
  action: AlertAction,
): AlertActionResult | Refusal => {
  const { at, by } = action;
  const { snoozed } = stored;
  const isRepeat = snoozed && snoozed.until === until && snoozed.why === why && snoozed.by === by;
  if (isRepeat && stored.state !== 'resolved') return { alert: alertAsOf(stored, at), changed: false };
  const refused = refuseAlertAction(stored, action);
  if (refused) return refused;
  const latest = instantOf(millisecondsOf(at) + MAX_SNOOZE_DAYS * 24 * 3_600_000);
  if (until <= at || until > latest) {
    const fields = [{ path: 'until', problem: `must be after now and at most ${latest}` }];
    return refuse('INVALID_REQUEST', `A snooze must end after now and at most 30 days later (got ${until}).`, {
      fields,
    });
  }
  const { acknowledged: _acknowledged, ...alert } = stored;
  const version = nextVersionOf(stored);
  return { alert: { ...alert, state: 'snoozed', snoozed: { at, by, until, why }, version }, changed: true };
};

const refuseAlertAction = ({ state, version, resolvedAt }: Alert, { ifMatch }: AlertAction): Refusal | undefined => {
  if (state === 'resolved') return refuse('ALERT_RESOLVED', `The alert was resolved at ${resolvedAt}.`);
  if (ifMatch === undefined) return refuse('PRECONDITION_REQUIRED', `The alert is at version ${version}.`);
  return ifMatch === version ? undefined : refuseChangedAlert(version, ifMatch);
};

export const refuseChangedAlert = (version: Version, ifMatch: Version): Refusal =>
  refuse('VERSION_MISMATCH', `The alert is at version ${version}, not ${ifMatch}.`, { version });
