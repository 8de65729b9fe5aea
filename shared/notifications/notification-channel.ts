import type { AlertEvent } from '../alerts/alert-event.ts';
import type { DeliveryMethod, Notification, Recipient } from './notification.ts';

/** How people and other systems are told. `send` throws `NotSent` where it is sure that nobody was. */
export type NotificationChannel = {
  send(message: Notification, way: DeliveryMethod): Promise<void>;
  /** E-mail goes only to whoever said yes to it. */
  hasConfirmed(to: Recipient, email: string): Promise<boolean>;
  /** Asks them to. */
  invite(to: Recipient, email: string): Promise<void>;
  publish(events: readonly AlertEvent[]): Promise<void>;
};

/** Refused, not lost: it may be sent again without anyone hearing it twice. */
export class NotSentError extends Error {
  override readonly name = 'NotSent';
}
