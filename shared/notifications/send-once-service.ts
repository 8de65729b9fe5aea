import { createHash } from 'node:crypto';
import { type Messages, NotSent } from './channel.ts';
import { type Message, type Way, waysOf } from './notification.ts';
import type { MessageStore, Tells } from './notification-store.ts';

type Ports = { readonly told: MessageStore; readonly messages: Messages };

/** `before`: someone said it, or is saying it. `unreachable`: there is no way to them yet. */
export type SaidNow = 'now' | 'before' | 'unreachable';
export type SayOnce = (message: Message, tells?: Tells) => Promise<SaidNow>;

/**
 * Claimed, then sent, then marked as sent: no message is ever sent twice. Whoever dies in between, or hears no answer, leaves it unsure, and what it told of is told
 * again by the next digest, as what may have been told. What was surely refused is released, and may be said again.
 */
export const sayOnce = ({ told, messages }: Ports): SayOnce => {
  return async (message, tells) => {
    const way = await wayTo(message);
    if (!way) return 'unreachable';
    const name = { to: message.to, message: message.message };
    if (!(await told.claim({ ...name, at: message.at, ...tells }))) return 'before';
    try {
      await messages.send(message, way);
    } catch (error) {
      if (error instanceof NotSent) await told.release(name);
      throw error;
    }
    await told.sent(name);
    return 'now';
  };

  /** Whose address takes no invitation may have a phone. */
  async function wayTo(message: Message): Promise<Way | undefined> {
    const refusals: NotSent[] = [];
    for (const way of waysOf(message)) {
      const email = message.contact?.email;
      if (way !== 'email' || email === undefined || (await messages.saidYes(message.to, email))) return way;
      await inviteOnce(message, email).catch((error: unknown) => {
        if (!(error instanceof NotSent)) throw error;
        refusals.push(error);
      });
    }
    if (refusals[0]) throw refusals[0];
    return undefined;
  }

  /** Once for each address: whoever does not answer is not asked every day. Again where nobody knows whether they were asked: else nothing would reach them. */
  async function inviteOnce({ to, at }: Message, email: string): Promise<void> {
    const message = `invite#${createHash('sha256').update(email).digest('hex').slice(0, 16)}`;
    const name = { to, message };
    if (!(await told.claimAgain({ ...name, at }))) return;
    await messages.invite(to, email).catch(async (error: unknown) => {
      if (error instanceof NotSent) await told.release(name);
      throw error;
    });
    await told.sent(name);
  }
};
