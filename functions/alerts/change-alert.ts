import {
  type Alert,
  type AlertResponse,
  alertKeyOf,
  isStockAlert,
  itemOfAlert,
  renderNamedAlert,
} from '../../shared/alerts/alert.ts';
import { type AlertActionResult, refuseChangedAlert } from '../../shared/alerts/alert-lifecycle.ts';
import type { AlertKey } from '../../shared/alerts/alert-source.ts';
import { alertAsOf } from '../../shared/alerts/alert-state.ts';
import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { namedItem } from '../../shared/materials/request-sentences.ts';
import { type OperationReply, ok } from '../../shared/platform/operation.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { Audience } from '../../shared/registry/staff.ts';

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

export type AlertResponseDeps = { readonly clock: Clock; readonly registry: RegistryStore };

export const alertResponses = async (
  alerts: readonly Alert[],
  { registry, clock }: AlertResponseDeps,
): Promise<AlertResponse[]> => {
  const now = clock.now();
  const items = await registry.entries(
    'items',
    alerts.filter(isStockAlert).map(({ item }) => item),
  );
  return alerts.map((stored) => {
    const alert = alertAsOf(stored, now);
    const item = itemOfAlert(alert);
    const named = namedItem(item, items.get(item)?.entry);
    return { ...alert, alert: alertKeyOf(alert), says: renderNamedAlert(alert, named) };
  });
};
