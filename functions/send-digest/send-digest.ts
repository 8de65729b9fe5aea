import type { AreaMessage } from '../../shared/contract/jobs.ts';
import type { Alert } from '../../shared/domain/alerts/alert.ts';
import { isUrgent } from '../../shared/domain/alerts/escalation.ts';
import { byRecipient, digestText, toldTo, untold } from '../../shared/domain/messages/digest.ts';
import { digestName, type Recipient, urgentName } from '../../shared/domain/messages/message.ts';
import { isWaking } from '../../shared/domain/messages/waking.ts';
import type { Day } from '../../shared/domain/time.ts';
import type { Composition } from '../../shared/runtime/composition.ts';
import { linesOf } from './lines-of.ts';
import { openIn } from './open-in.ts';

/** One message a day to each recipient of an area to whom there is something new to say: a district's places and its officers, or the state's. */
export const sendDigest = async ({ area, day }: AreaMessage, tools: Composition): Promise<void> => {
  if (!isWaking(tools.clock.now())) return;
  for (const [to, alerts] of byRecipient(await openIn(area, tools)))
    if ((to === 'state') === (area === 'state')) await tell(to, alerts, day, tools);
};

/**
 * What is urgent is claimed by name before it is told here: whoever tells it at once, at this moment, tells it alone. If no digest goes after all, it is left to
 * the next.
 */
const tell = async (to: Recipient, alerts: readonly Alert[], day: Day, tools: Composition): Promise<void> => {
  const { told, clock, sayOnce, count } = tools;
  const now = clock.now();
  const last = await told.lastDigest(to);
  if (last?.message === digestName(day)) return;
  const lines: Alert[] = [];
  const claimed: string[] = [];
  for (const alert of untold(alerts, { from: last?.upTo, now })) {
    const name = isUrgent(alert.type) ? urgentName(alert, now) : undefined;
    if (name !== undefined && !(await told.claim({ to, message: name, at: now }))) continue;
    lines.push(alert);
    if (name !== undefined) claimed.push(name);
  }
  if (lines.length === 0) return;
  const message = { to, message: digestName(day), at: now, ...digestText(to, await linesOf(lines, tools)) };
  let sent = false;
  try {
    sent = await sayOnce(message, toldTo(now));
  } catch (error) {
    if (await isUnsaid(message, tools)) await release();
    throw error;
  }
  if (sent) count('MessagesSent', 1);
  else await release();

  async function release(): Promise<void> {
    for (const name of claimed) await told.release({ to, message: name });
  }
};

/** It was surely refused: its own claim is gone. */
const isUnsaid = async (
  { to, message }: { readonly to: Recipient; readonly message: string },
  { told }: Composition,
): Promise<boolean> => (await told.lastDigest(to))?.message !== message;
