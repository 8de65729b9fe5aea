import type { AlertEvent } from '../alerts/alert-event.ts';
import type { DeliveryMethod, Notification, Recipient } from './notification.ts';

/** Sends messages and publishes events. `send` throws `NotSentError` if the message surely was not sent. */
export type NotificationChannel = {
  send(message: Notification, way: DeliveryMethod): Promise<void>;
  /** E-mail needs a confirmed subscription. */
  hasConfirmed(to: Recipient, email: string): Promise<boolean>;
  /** Asks for that confirmation. */
  invite(to: Recipient, email: string): Promise<void>;
  publish(events: readonly AlertEvent[]): Promise<void>;
};

/** The message was refused; sending it again cannot duplicate it. */
export class NotSentError extends Error {
  override readonly name = 'NotSent';
}
