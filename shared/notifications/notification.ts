import * as z from 'zod';
import { ALERT_SOURCES, type Alert, alertKeyOf, isStockAlert } from '../alerts/alert.ts';
import type { AlertEvent } from '../alerts/alert-event.ts';
import { levelSinceOf } from '../alerts/alert-lifecycle.ts';
import { StaffId } from '../kernel/ids.ts';
import { type Day, Instant, millisecondsOf } from '../kernel/time.ts';
import { BilingualText } from '../kernel/units.ts';
import { Audience, Contact } from '../registry/staff.ts';
import { renderSms, Sms } from './sms.ts';

export const Recipient = z.union([Audience, z.templateLiteral(['staff:', StaffId])]);
export type Recipient = z.infer<typeof Recipient>;

/** `message`: unique name, sent once. `contact`: for a person. */
export const Notification = z.strictObject({
  to: Recipient,
  message: z.string().min(1).max(200),
  at: Instant,
  subject: BilingualText,
  text: BilingualText,
  sms: Sms,
  contact: Contact.optional(),
});
export type Notification = z.infer<typeof Notification>;

export const DeliveryMethod = z.enum(['topic', 'email', 'sms']);
export type DeliveryMethod = z.infer<typeof DeliveryMethod>;

/** Best first; one is used. */
export const deliveryMethodsOf = ({
  contact,
  sms,
}: Pick<Notification, 'contact' | 'sms'>): readonly DeliveryMethod[] => {
  if (!contact) return ['topic'];
  const has = { sms: contact.phone !== undefined, email: contact.email !== undefined };
  return (sms.kind === 'urgent' ? (['sms', 'email'] as const) : (['email', 'sms'] as const)).filter((way) => has[way]);
};

/** Once each time the alert opens, escalates or wakes. */
export const urgentNotificationName = (alert: Alert, now: Instant): string =>
  `urgent#${alert.location}#${alertKeyOf(alert)}#${levelSinceOf(alert, now)}`;

export const DIGEST_PREFIX = 'digest#';
export const digestName = (day: Day): string => `${DIGEST_PREFIX}${day}`;

export type BilingualName = { readonly name: string; readonly nameHi: string };

export const renderAlertLine = (alert: Alert, said: BilingualText, item: BilingualName): BilingualText =>
  isStockAlert(alert)
    ? { en: `${alert.location}, ${item.name}: ${said.en}`, hi: `${alert.location}, ${item.nameHi}: ${said.hi}` }
    : { en: `${alert.location}: ${said.en}`, hi: `${alert.location}: ${said.hi}` };

/** For SMS: `none left: Chikan kurta, M`. */
export const renderShort = (alert: Alert, item: BilingualName): BilingualText => {
  const { en, hi } = ALERT_SOURCES[alert.type].smsText;
  return isStockAlert(alert) ? { en: `${en}: ${item.name}`, hi: `${hi}: ${item.nameHi}` } : { en, hi };
};

export const renderWithLocation = ({ location }: Alert, { en, hi }: BilingualText): BilingualText => ({
  en: `${location}, ${en}`,
  hi: `${location}, ${hi}`,
});

export const renderUrgent = (
  alert: Alert,
  line: BilingualText,
  item: BilingualName,
): Pick<Notification, 'subject' | 'text' | 'sms'> => ({
  subject: { en: `Bahi, ${alert.location}: urgent`, hi: `बही, ${alert.location}: ज़रूरी` },
  text: line,
  sms: renderSms('urgent', [{ en: alert.location, hi: alert.location }, renderShort(alert, item)]),
});

/** IST hours. */
const WAKING_HOURS = { from: 7, until: 21 } as const;

const IST_MINUTES = 330;

/** At night, urgent alerts wait for the morning's digest. */
export const isWakingHour = (now: Instant): boolean => {
  const hour = Math.floor((millisecondsOf(now) / 60_000 + IST_MINUTES) / 60) % 24;
  return hour >= WAKING_HOURS.from && hour < WAKING_HOURS.until;
};

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
