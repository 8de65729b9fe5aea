import { type Alert, isUrgent } from '../../shared/alerts/alert.ts';
import { levelSinceOf } from '../../shared/alerts/alert-lifecycle.ts';
import type { Clock, Day, Instant } from '../../shared/kernel/time.ts';
import type { LastDigests, StoredDigestScope } from '../../shared/notifications/delivery.ts';
import { alertsToNotify, digestCutoffOf, renderDigest } from '../../shared/notifications/digest.ts';
import { digestName, type Notification, urgentNotificationName } from '../../shared/notifications/notification.ts';
import type { NotificationStore } from '../../shared/notifications/notification-store.ts';
import { audienceOf, type DigestRecipient } from '../../shared/notifications/recipients.ts';
import type { SendOnce } from '../../shared/notifications/send-once-service.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import { type DigestLinesDeps, renderDigestLines } from './digest-lines.ts';

export type NotifyRecipientsDeps = {
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly sendOnce: SendOnce;
  readonly notifications: NotificationStore;
} & DigestLinesDeps;

/**
 * Claims urgent alerts first, so that `notify-alerts` does not send them too. Releases them if it
 * sends no digest.
 */
export const notifyRecipient = async (reader: DigestRecipient, day: Day, deps: NotifyRecipientsDeps): Promise<void> => {
  const { to, audiences, contact } = reader;
  const { notifications, clock, sendOnce, count } = deps;
  const now = clock.now();
  const last = await notifications.lastDigests(to);
  if (last.name === digestName(day)) return;
  const { lines, claimed, names } = await claimDigestContent(reader, last, now, deps);
  if (lines.length === 0) return;
  const text = renderDigest(await renderDigestLines(lines, deps), contact ? undefined : to);
  const message: Notification = { to, message: digestName(day), at: now, ...text, ...(contact && { contact }) };
  const delivery = await sendOnce(message, { upTo: digestCutoffOf(now), of: audiences }).catch(
    async (error: unknown) => {
      // If the channel refused it, `sendOnce` released its claim.
      if ((await notifications.lastDigests(to)).name !== message.message) await release();
      throw error;
    },
  );
  if (delivery !== 'now') return release();
  count('MessagesSent', 1);
  for (const name of names) await notifications.sent({ to, message: name });

  async function release(): Promise<void> {
    for (const name of claimed) await notifications.release({ to, message: name });
  }
};

type DigestAlert = { readonly alert: Alert; readonly unsure: boolean };
type DigestContent = {
  readonly lines: readonly DigestAlert[];
  readonly claimed: readonly string[];
  readonly names: readonly string[];
};

/** `claimed`: urgent ones claimed here. `names`: those, and urgent ones of unknown delivery. */
const claimDigestContent = async (
  { to, audiences, alerts }: DigestRecipient,
  last: LastDigests,
  now: Instant,
  { notifications }: NotifyRecipientsDeps,
): Promise<DigestContent> => {
  // A digest without this audience did not mention the location.
  const upToOf = (digest: StoredDigestScope | undefined, alert: Alert) =>
    digest && (digest.of ?? audiences).includes(audienceOf(alert)) ? digest.upTo : undefined;
  const from = (alert: Alert) => last.sure.map((digest) => upToOf(digest, alert)).find((upTo) => upTo !== undefined);
  const lines: DigestAlert[] = [];
  const [claimed, names]: [string[], string[]] = [[], []];
  for (const alert of alertsToNotify(alerts, { from, now })) {
    if (!isUrgent(alert.type)) {
      const unsureUpTo = upToOf(last.unsure, alert);
      lines.push({ alert, unsure: unsureUpTo !== undefined && levelSinceOf(alert, now) <= unsureUpTo });
      continue;
    }
    const message = urgentNotificationName(alert, now);
    const status = await notifications.deliveryState({ to, message }, now);
    if (status === 'yes') continue;
    if (status === 'no') {
      if (!(await notifications.claim({ to, message, at: now }))) continue;
      claimed.push(message);
    }
    names.push(message);
    lines.push({ alert, unsure: status === 'unsure' });
  }
  return { lines, claimed, names };
};
