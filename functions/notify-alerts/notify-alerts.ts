import {
  type Alert,
  alertKeyOf,
  isStockAlert,
  isUrgent,
  itemOfAlert,
  renderAlert,
  renderNamedAlert,
} from '../../shared/alerts/alert.ts';
import { alertEventNames, alertEventOf } from '../../shared/alerts/alert-event.ts';
import { alertAsOf } from '../../shared/alerts/alert-state.ts';
import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { namedItem } from '../../shared/materials/request-sentences.ts';
import {
  isWakingHour,
  type NotificationChannel,
  renderAlertLine,
  renderUrgent,
  urgentNotificationName,
} from '../../shared/notifications/notification.ts';
import { audienceOf } from '../../shared/notifications/recipients.ts';
import type { SendOnce } from '../../shared/notifications/send-once-service.ts';
import type { RowChange } from '../../shared/platform/stream-handler.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

type NotifyAlertsDeps = {
  readonly alerts: AlertStore;
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly messages: NotificationChannel;
  readonly registry: RegistryStore;
  readonly sendOnce: SendOnce;
};

/** Notifies nobody at night: the morning's digest lists the alert. */
export const notifyAlerts = async ({ before, after }: RowChange<Alert>, deps: NotifyAlertsDeps): Promise<void> => {
  const what = after ? alertEventNames(before, after) : [];
  if (!after || what.length === 0) return;
  const { messages, clock, count } = deps;
  const sentences = await renderSentences(after, deps);
  await messages.publish(what.map((one) => alertEventOf(one, after, sentences.says)));
  count('EventsPublished', what.length);
  if (isUrgent(after.type) && isWakingHour(clock.now())) await notifyUrgentAlert(after, deps);
};

/** The stream record may be late, so this reads the alert again. */
const notifyUrgentAlert = async (seen: Alert, deps: NotifyAlertsDeps): Promise<void> => {
  const now = deps.clock.now();
  const stored = await deps.alerts.find(seen.location, alertKeyOf(seen));
  const alert = stored && alertAsOf(stored, now);
  if (alert?.state !== 'open') return;
  const { line, item } = await renderSentences(alert, deps);
  const message = { message: urgentNotificationName(alert, now), at: now, ...renderUrgent(alert, line, item) };
  const audience = audienceOf(alert);
  const people = (await deps.registry.people(now)).filter(({ audiences }) => audiences.has(audience));
  const readers = [{ to: audience }, ...people.map(({ id, contact }) => ({ to: `staff:${id}` as const, contact }))];
  const failures: unknown[] = [];
  for (const reader of readers)
    await deps
      .sendOnce({ ...reader, ...message })
      .then((said) => said === 'now' && deps.count('MessagesSent', 1))
      .catch((error: unknown) => failures.push(error));
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} urgent notifications were not sent`, { cause: failures[0] });
};

const renderSentences = async (alert: Alert, { registry }: NotifyAlertsDeps) => {
  const id = itemOfAlert(alert);
  const item = namedItem(id, isStockAlert(alert) ? (await registry.entry('items', id))?.entry : undefined);
  const said = renderAlert(alert, item);
  return { says: renderNamedAlert(alert, item), line: renderAlertLine(alert, said, item), item };
};
