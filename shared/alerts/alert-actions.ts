import type { Version } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';
import type { Alert } from './alert.ts';
import { alertAsOf, nextVersionOf } from './alert-state.ts';
import { isResolvedByOfficerOnly, isSettledByOfficer } from './decide-exception-alert.ts';

/** Who takes an alert on or puts it off, when, and at which version they saw it. */
export type AlertAction = {
  readonly at: Instant;
  readonly by: string;
  readonly ifMatch: Version | undefined;
  readonly isOfficer?: boolean;
};

/** An alert is put off for so many days at most: what is not wanted for longer has another reason. */
export const MAX_SNOOZE_DAYS = 30;

/** The alert as it becomes, or as it was where this was done already. */
export type AlertActionResult = { readonly alert: Alert; readonly changed: boolean };

/**
 * Someone has it in hand: it does not go up. Said again by anybody, it stays with the first. Where nothing else can end an alert, an officer who acknowledges it resolves it.
 */
export const acknowledge = (stored: Alert, act: AlertAction): AlertActionResult | Refusal => {
  const settles = act.isOfficer === true && isResolvedByOfficerOnly(stored);
  if (settles && isSettledByOfficer(stored)) return { alert: stored, changed: false };
  if (stored.state === 'acknowledged' && !settles) return { alert: stored, changed: false };
  const refused = refuseAlertAction(stored, act);
  if (refused) return refused;
  const { snoozed: _over, ...alert } = stored;
  const acknowledged = { at: act.at, by: act.by };
  if (settles)
    return {
      alert: { ...alert, state: 'resolved', acknowledged, resolvedAt: act.at, version: nextVersionOf(stored) },
      changed: true,
    };
  return { alert: { ...alert, state: 'acknowledged', acknowledged, version: nextVersionOf(stored) }, changed: true };
};

/** Nobody is to hear of it until then, for a reason. The same said again by the same is that same snooze, over or not. */
export const snooze = (
  stored: Alert,
  { until, why }: { readonly until: Instant; readonly why: string },
  act: AlertAction,
): AlertActionResult | Refusal => {
  const { snoozed } = stored;
  if (snoozed && snoozed.until === until && snoozed.why === why && snoozed.by === act.by && stored.state !== 'resolved')
    return { alert: alertAsOf(stored, act.at), changed: false };
  const refused = refuseAlertAction(stored, act);
  if (refused) return refused;
  const latest = instantOf(millisecondsOf(act.at) + MAX_SNOOZE_DAYS * 24 * 3_600_000);
  if (until <= act.at || until > latest) {
    const fields = [{ path: 'until', problem: `is to be after now and not after ${latest}` }];
    return refuse('INVALID_REQUEST', 'It cannot be snoozed until then.', { fields });
  }
  const { acknowledged: _before, ...alert } = stored;
  const next = { at: act.at, by: act.by, until, why };
  return { alert: { ...alert, state: 'snoozed', snoozed: next, version: nextVersionOf(stored) }, changed: true };
};

const refuseAlertAction = ({ state, version, resolvedAt }: Alert, { ifMatch }: AlertAction): Refusal | undefined => {
  if (state === 'resolved') return refuse('ALERT_RESOLVED', `It was resolved at ${resolvedAt}.`);
  if (ifMatch === undefined) return refuse('PRECONDITION_REQUIRED', `The alert is at version ${version}.`);
  return ifMatch === version ? undefined : refuseChangedAlert(version, ifMatch);
};

export const refuseChangedAlert = (version: Version, ifMatch: Version): Refusal =>
  refuse('VERSION_MISMATCH', `The alert is at version ${version}, not ${ifMatch}.`, { version });
