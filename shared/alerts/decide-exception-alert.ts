import type { DistrictId } from '../kernel/ids.ts';
import type { Version } from '../kernel/quantity.ts';
import type { Instant } from '../kernel/time.ts';
import { type AlertOutcome, episodeFieldsOf, isUnresolved, nextVersionOf } from './alert-state.ts';
import type { AlertType } from './alert-type.ts';
import { changedEvidence } from './changed-evidence.ts';
import { ageAlert, ageingOutcomeOf, initialLevelOf } from './escalation.ts';
import type { AlertSource, ExceptionAlert } from './exception-alert.ts';
import { isNoNews } from './sources/stranger.ts';

/** What the registry says of the place. */
type LocationEntry = { readonly district: DistrictId; readonly placeVersion: Version };

export type SourceEvaluation = LocationEntry & { readonly source: AlertSource; readonly now: Instant };

type ExceptionAlertVersions = Pick<ExceptionAlert, 'sourceVersion' | 'placeVersion'>;

const versionLeadsOf = (
  stored: ExceptionAlertVersions,
  { source, placeVersion }: SourceEvaluation,
): readonly number[] => [source.sourceVersion - stored.sourceVersion, placeVersion - stored.placeVersion];

/** Something in it is older than what the alert came from: it is to be read again. */
export const isSourceBehind = (looked: SourceEvaluation, stored: ExceptionAlertVersions): boolean =>
  versionLeadsOf(stored, looked).some((ahead) => ahead < 0);

/**
 * Late and repeated news changes nothing. Of the same versions only time makes a difference, and it only ever gives cause, such as that something is
 * overdue by now: so what was resolved may open on them, and what is open stays so.
 */
const mayChange = (looked: SourceEvaluation, stored: ExceptionAlert): boolean => {
  if (isSourceBehind(looked, stored)) return false;
  return versionLeadsOf(stored, looked).some((ahead) => ahead > 0) || stored.state === 'resolved';
};

type ResolvableAlert = Pick<ExceptionAlert, 'state' | 'acknowledged'> & { readonly type: AlertType };

/** A sale below the floor price stays so, and a person off the staff list did record: only an officer can say that it is well. */
export const isResolvedByOfficerOnly = ({ type }: Pick<ResolvableAlert, 'type'>): boolean =>
  type === 'underpriced' || type === 'stranger';

/** An officer acknowledged it. The same vouchers do not open it again. */
export const isSettledByOfficer = (alert: ResolvableAlert): boolean =>
  isResolvedByOfficerOnly(alert) && alert.state === 'resolved' && alert.acknowledged !== undefined;

const isOver = (stored: ExceptionAlert, seen: AlertSource): boolean =>
  stored.type === 'stranger' ? isNoNews(stored, seen) : isSettledByOfficer(stored);

export type ExceptionAlertChange = { readonly outcome: AlertOutcome; readonly alert: ExceptionAlert };

/**
 * What a look makes of the alert as it stands: opened, refreshed, resolved; woken or sent up by time alone; or nothing to write. While it stands
 * it moves with its place.
 */
export const decideExceptionAlert = (
  stored: ExceptionAlert | undefined,
  looked: SourceEvaluation,
): ExceptionAlertChange | undefined => {
  const { source, now, district, placeVersion } = looked;
  if (stored && isOver(stored, source)) return undefined;
  if (stored && !mayChange(looked, stored))
    return isSourceBehind(looked, stored) ? undefined : ageExceptionAlert(stored, now);
  const { cause, ...what } = source;
  const version = nextVersionOf(stored);
  if (!stored || !isUnresolved(stored)) {
    if (!cause) return undefined;
    const episode = (stored?.episode ?? 0) + 1;
    const life = { state: 'open' as const, level: initialLevelOf(source.type), episode, openedAt: now, version };
    return { outcome: 'opened', alert: { ...what, district, placeVersion, ...life } };
  }
  const older = ageAlert(stored, now);
  // What is stored is of the same type as what was seen: they have one key.
  const alert = {
    ...{ ...what, district, placeVersion, ...episodeFieldsOf(cause ? older : stored), version },
    ...changedEvidence<ExceptionAlert['figures']>(stored, what.figures, now),
  } as ExceptionAlert;
  if (!cause) return { outcome: 'resolved', alert: { ...alert, state: 'resolved', resolvedAt: now } };
  return { outcome: ageingOutcomeOf(stored, older) ?? 'refreshed', alert };
};

const ageExceptionAlert = (stored: ExceptionAlert, now: Instant): ExceptionAlertChange | undefined => {
  const older = ageAlert(stored, now);
  const did = ageingOutcomeOf(stored, older);
  return did && { outcome: did, alert: { ...older, version: nextVersionOf(stored) } };
};
