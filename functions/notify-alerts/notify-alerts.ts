import { type Alert, isStockAlert } from '../../shared/alerts/alert.ts';
import { happened } from '../../shared/alerts/alert-change.ts';
import { alertEvent } from '../../shared/alerts/alert-event.ts';
import { keyOf } from '../../shared/alerts/alert-key.ts';
import { asOf } from '../../shared/alerts/alert-state.ts';
import type { AlertStore } from '../../shared/alerts/alert-store.ts';
import { isUrgent } from '../../shared/alerts/escalation.ts';
import { says } from '../../shared/alerts/sentences.ts';
import { ItemId } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { named } from '../../shared/materials/request-sentences.ts';
import { audienceOf } from '../../shared/notifications/audience.ts';
import type { Messages } from '../../shared/notifications/channel.ts';
import { lineOf, urgentName, urgentText } from '../../shared/notifications/notification.ts';
import type { SayOnce } from '../../shared/notifications/send-once-service.ts';
import { isWaking } from '../../shared/notifications/waking-hours.ts';
import type { RowChange } from '../../shared/platform/stream.ts';
import type { Count } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

type NotifyAlertsDeps = {
  readonly alerts: AlertStore;
  readonly clock: Clock;
  readonly count: Count;
  readonly messages: Messages;
  readonly registry: RegistryStore;
  readonly sayOnce: SayOnce;
};

/**
 * What happened to an alert goes to the bus, as it happened; what is urgent to whoever is to look at it, as it stands. At night nobody is written to: the
 * digest of the morning tells it.
 */
export const notifyAlerts = async ({ before, after }: RowChange<Alert>, deps: NotifyAlertsDeps): Promise<void> => {
  const what = after ? happened(before, after) : [];
  if (!after || what.length === 0) return;
  const { messages, clock, count } = deps;
  const told = await sentences(after, deps);
  await messages.publish(what.map((one) => alertEvent(one, after, told.says)));
  count('EventsPublished', what.length);
  if (isUrgent(after.type) && isWaking(clock.now())) await tellNow(after, deps);
};

/** A record is a hint, and may be late: the alert may be resolved or taken on by now. Who cannot be told keeps nobody else from it. */
const tellNow = async (seen: Alert, deps: NotifyAlertsDeps): Promise<void> => {
  const now = deps.clock.now();
  const stored = await deps.alerts.find(seen.location, keyOf(seen));
  const alert = stored && asOf(stored, now);
  if (alert?.state !== 'open') return;
  const { line, item } = await sentences(alert, deps);
  const message = { message: urgentName(alert, now), at: now, ...urgentText(alert, line, item) };
  const audience = audienceOf(alert);
  const people = (await deps.registry.people()).filter(({ looksAfter }) => looksAfter.has(audience));
  const readers = [{ to: audience }, ...people.map(({ id, contact }) => ({ to: `staff:${id}` as const, contact }))];
  const failures: unknown[] = [];
  for (const reader of readers)
    await deps
      .sayOnce({ ...reader, ...message })
      .then((said) => said === 'now' && deps.count('MessagesSent', 1))
      .catch((error: unknown) => failures.push(error));
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} were not told at once`, { cause: failures[0] });
};

/** A matter is told without an item. */
const NO_ITEM = ItemId.parse('NONE');

const sentences = async (alert: Alert, { registry }: NotifyAlertsDeps) => {
  const id = isStockAlert(alert) ? alert.item : NO_ITEM;
  const item = named(id, isStockAlert(alert) ? (await registry.entry('items', id))?.entry : undefined);
  const said = says(alert, item);
  return { says: said, line: lineOf(alert, said, item), item };
};
