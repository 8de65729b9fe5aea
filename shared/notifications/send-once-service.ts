import { createHash } from 'node:crypto';
import {
  type DeliveryMethod,
  deliveryMethodsOf,
  type Notification,
  type NotificationChannel,
  NotSentError,
} from './notification.ts';
import type { DigestScope, NotificationStore } from './notification-store.ts';

type SendOnceDependencies = { readonly notifications: NotificationStore; readonly channel: NotificationChannel };

/** `before`: sent or in flight. `unreachable`: no confirmed address. */
type SendResult = 'now' | 'before' | 'unreachable';

export type SendOnce = (message: Notification, tells?: DigestScope) => Promise<SendResult>;

/**
 * Claims, sends and marks a message, so that it is sent once. After a crash or timeout the delivery
 * is unknown: the next digest marks its alerts as unsure. A refused message is released.
 */
export const sendOnce = ({ notifications, channel }: SendOnceDependencies): SendOnce => {
  return async (message, tells) => {
    const way = await wayTo(message);
    if (!way) return 'unreachable';
    const name = { to: message.to, message: message.message };
    if (!(await notifications.claim({ ...name, at: message.at, ...tells }))) return 'before';
    try {
      await channel.send(message, way);
    } catch (error) {
      if (error instanceof NotSentError) await notifications.release(name);
      throw error;
    }
    await notifications.sent(name);
    return 'now';
  };

  /** After a refused invitation the next method is tried. */
  async function wayTo(message: Notification): Promise<DeliveryMethod | undefined> {
    const refusals: NotSentError[] = [];
    for (const way of deliveryMethodsOf(message)) {
      const email = message.contact?.email;
      if (way !== 'email' || email === undefined || (await channel.hasConfirmed(message.to, email))) return way;
      await inviteOnce(message, email).catch((error: unknown) => {
        if (!(error instanceof NotSentError)) throw error;
        refusals.push(error);
      });
    }
    if (refusals[0]) throw refusals[0];
    return undefined;
  }

  /** Repeated only if the delivery of the first is unknown. */
  async function inviteOnce({ to, at }: Notification, email: string): Promise<void> {
    const message = `invite#${createHash('sha256').update(email).digest('hex').slice(0, 16)}`;
    const name = { to, message };
    if (!(await notifications.claimAgain({ ...name, at }))) return;
    await channel.invite(to, email).catch(async (error: unknown) => {
      if (error instanceof NotSentError) await notifications.release(name);
      throw error;
    });
    await notifications.sent(name);
  }
};
