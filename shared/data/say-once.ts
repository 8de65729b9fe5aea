import type { Message } from '../domain/messages/message.ts';
import type { Instant } from '../domain/time.ts';
import { type Messages, NotSent } from './message-port.ts';
import type { MessageStore } from './message-store.ts';

type Ports = { readonly told: MessageStore; readonly messages: Messages };

export type SayOnce = (message: Message, upTo?: Instant) => Promise<boolean>;

/**
 * Claimed, then sent: whoever dies in between, or hears no answer, leaves it unsaid rather than said twice; an alert that nobody heard of goes up by its clock.
 * What was surely refused is released, and may be said again. `false`: it was said before.
 */
export const sayOnce =
  ({ told, messages }: Ports): SayOnce =>
  async (message, upTo) => {
    const { to, at } = message;
    if (!(await told.claim({ to, message: message.message, at, ...(upTo && { upTo }) }))) return false;
    try {
      await messages.send(message);
      return true;
    } catch (error) {
      if (error instanceof NotSent) await told.release({ to, message: message.message });
      throw error;
    }
  };
