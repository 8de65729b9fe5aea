import type { AlertEvent } from '../alerts/alert-event.ts';
import type { DeliveryMethod, Notification, Recipient } from './notification.ts';

/** `send` throws NotSentError if the message surely was not sent. */
export type NotificationChannel = {
  send(message: Notification, way: DeliveryMethod): Promise<void>;
  /** True if the subscription is confirmed. */
  hasConfirmed(to: Recipient, email: string): Promise<boolean>;
  invite(to: Recipient, email: string): Promise<void>;
  publish(events: readonly AlertEvent[]): Promise<void>;
};

/** A retry cannot duplicate the message. */
export class NotSentError extends Error {
  override readonly name = 'NotSent';
}
