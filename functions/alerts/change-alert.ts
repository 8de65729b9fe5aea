import { alertChanged, type Taken } from '../../shared/alerts/acknowledge.ts';
import type { Alert } from '../../shared/alerts/alert.ts';
import type { AlertKey } from '../../shared/alerts/alert-key.ts';
import type { ShownAlert } from '../../shared/alerts/alert-response.ts';
import type { Composition } from '../../shared/api/composition.ts';
import type { Place } from '../../shared/kernel/ids.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import { ok, type Reply } from '../../shared/platform/operation.ts';
import { shown } from './alert-response.ts';

type Path = { readonly location: Place; readonly alert: AlertKey };

/** One act on an alert, as it surely stands. Written on the version that it was decided on: a sweep meanwhile is not undone, and undoes nothing. */
export const takeOn = async (
  { location, alert }: Path,
  decide: (stored: Alert) => Taken | Refusal,
  tools: Composition,
): Promise<Reply<ShownAlert> | Refusal> => {
  const stored = await tools.alerts.find(location, alert);
  if (!stored) return refuse('NOT_FOUND', `${location} has no alert ${alert}.`);
  const taken = decide(stored);
  if (isRefusal(taken)) return taken;
  if (taken.changed && !(await tools.alerts.save(taken.alert))) {
    const now = await tools.alerts.find(location, alert);
    return alertChanged(now?.version ?? stored.version, stored.version);
  }
  const [reply] = await shown([taken.alert], tools);
  return reply ? ok(reply) : refuse('NOT_FOUND', `${location} has no alert ${alert}.`);
};
