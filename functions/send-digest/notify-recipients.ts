import type { Alert } from '../../shared/alerts/alert.ts';
import { askedSince, isUrgent } from '../../shared/alerts/escalation.ts';
import type { Clock, Day, Instant } from '../../shared/kernel/time.ts';
import { audienceOf } from '../../shared/notifications/audience.ts';
import type { LastTold, Told } from '../../shared/notifications/delivery.ts';
import { digestText, toldTo, untold } from '../../shared/notifications/digest.ts';
import { digestName, type Message, urgentName } from '../../shared/notifications/notification.ts';
import type { MessageStore } from '../../shared/notifications/notification-store.ts';
import type { Reader } from '../../shared/notifications/recipients.ts';
import type { SayOnce } from '../../shared/notifications/send-once-service.ts';
import type { Count } from '../../shared/platform/telemetry.ts';
import { type DigestLinesDeps, linesOf } from './digest-lines.ts';

export type NotifyRecipientsDeps = {
  readonly clock: Clock;
  readonly count: Count;
  readonly sayOnce: SayOnce;
  readonly told: MessageStore;
} & DigestLinesDeps;

/**
 * What is urgent is claimed by name before it is told here: whoever tells it at once, at this moment, tells it alone. If no digest goes after all, it is left to
 * the next.
 */
export const tell = async (reader: Reader, day: Day, deps: NotifyRecipientsDeps): Promise<void> => {
  const { to, of, contact } = reader;
  const { told, clock, sayOnce, count } = deps;
  const now = clock.now();
  const last = await told.lastTold(to);
  if (last.name === digestName(day)) return;
  const { lines, claimed, names } = await linesFor(reader, last, now, deps);
  if (lines.length === 0) return;
  const text = digestText(await linesOf(lines, deps), contact ? undefined : to);
  const message: Message = { to, message: digestName(day), at: now, ...text, ...(contact && { contact }) };
  const said = await sayOnce(message, { upTo: toldTo(now), of }).catch(async (error: unknown) => {
    // Surely refused, its own claim is gone.
    if ((await told.lastTold(to)).name !== message.message) await release();
    throw error;
  });
  if (said !== 'now') return release();
  count('MessagesSent', 1);
  for (const name of names) await told.sent({ to, message: name });

  async function release(): Promise<void> {
    for (const name of claimed) await told.release({ to, message: name });
  }
};

type Line = { readonly alert: Alert; readonly unsure: boolean };
type Lines = {
  readonly lines: readonly Line[];
  readonly claimed: readonly string[];
  readonly names: readonly string[];
};

/** What is new to them. `claimed`: names of what is urgent that are ours now; `names`: with those of which nobody knew whether they were said. */
const linesFor = async (
  { to, of, alerts }: Reader,
  last: LastTold,
  now: Instant,
  { told }: NotifyRecipientsDeps,
): Promise<Lines> => {
  // Whoever looks after a place only since then was told nothing of it.
  const toldBy = (digest: Told | undefined, alert: Alert) =>
    digest && (digest.of ?? of).includes(audienceOf(alert)) ? digest.upTo : undefined;
  const from = (alert: Alert) => last.sure.map((digest) => toldBy(digest, alert)).find((upTo) => upTo !== undefined);
  const lines: Line[] = [];
  const [claimed, names]: [string[], string[]] = [[], []];
  for (const alert of untold(alerts, { from, now })) {
    if (!isUrgent(alert.type)) {
      const unsureUpTo = toldBy(last.unsure, alert);
      lines.push({ alert, unsure: unsureUpTo !== undefined && askedSince(alert, now) <= unsureUpTo });
      continue;
    }
    const message = urgentName(alert, now);
    const said = await told.howSaid({ to, message }, now);
    if (said === 'yes') continue;
    if (said === 'no') {
      if (!(await told.claim({ to, message, at: now }))) continue;
      claimed.push(message);
    }
    names.push(message);
    lines.push({ alert, unsure: said === 'unsure' });
  }
  return { lines, claimed, names };
};
