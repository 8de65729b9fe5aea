import type { Alert, AlertResponse } from '../../shared/alerts/alert.ts';
import { type AlertActionResult, refuseChangedAlert } from '../../shared/alerts/alert-life.ts';
import type { AlertKey } from '../../shared/alerts/alert-source.ts';
import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import { type OperationReply, ok } from '../../shared/platform/operation.ts';
import type { Audience } from '../../shared/registry/staff.ts';
import { type AlertResponseDeps, alertResponses } from './alert-response.ts';

type AlertPath = { readonly location: Audience; readonly alert: AlertKey };

export type ChangeAlertDeps = { readonly alerts: AlertStore } & AlertResponseDeps;

/** Saves on the version that it read, so that it never undoes a sweep. */
export const changeAlert = async (
  { location, alert }: AlertPath,
  decide: (stored: Alert) => AlertActionResult | Refusal,
  deps: ChangeAlertDeps,
): Promise<OperationReply<AlertResponse> | Refusal> => {
  const stored = await deps.alerts.find(location, alert);
  if (!stored) return refuse('NOT_FOUND', `${location} has no alert ${alert}.`);
  const result = decide(stored);
  if (isRefusal(result)) return result;
  if (result.changed && !(await deps.alerts.save(result.alert))) {
    const current = await deps.alerts.find(location, alert);
    return refuseChangedAlert(current?.version ?? stored.version, stored.version);
  }
  const [reply] = await alertResponses([result.alert], deps);
  return reply ? ok(reply) : refuse('NOT_FOUND', `${location} has no alert ${alert}.`);
};
