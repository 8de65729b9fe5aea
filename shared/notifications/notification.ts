import * as z from 'zod';
import { ALERT_SOURCES, type Alert, alertKeyOf, isStockAlert } from '../alerts/alert.ts';
import { levelSinceOf } from '../alerts/alert-life.ts';
import { BilingualText } from '../kernel/bilingual-text.ts';
import { StaffId } from '../kernel/ids.ts';
import { type Day, Instant } from '../kernel/time.ts';
import { Audience, Contact } from '../registry/staff.ts';
import { renderSms, Sms } from './sms.ts';

/** The topic of an audience, or a person. */
export const Recipient = z.union([Audience, z.templateLiteral(['staff:', StaffId])]);
export type Recipient = z.infer<typeof Recipient>;

/** One message to one recipient. `message` is its name: a name is sent once. `contact`: of a person. */
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

/** The ways to a recipient, the best first; one is used. Urgent messages prefer SMS, digests e-mail. */
export const deliveryMethodsOf = ({
  contact,
  sms,
}: Pick<Notification, 'contact' | 'sms'>): readonly DeliveryMethod[] => {
  if (!contact) return ['topic'];
  const has = { sms: contact.phone !== undefined, email: contact.email !== undefined };
  return (sms.kind === 'urgent' ? (['sms', 'email'] as const) : (['email', 'sms'] as const)).filter((way) => has[way]);
};

/** An urgent alert is sent once each time that it opens, escalates or wakes. */
export const urgentNotificationName = (alert: Alert, now: Instant): string =>
  `urgent#${alert.location}#${alertKeyOf(alert)}#${levelSinceOf(alert, now)}`;

export const DIGEST_PREFIX = 'digest#';
export const digestName = (day: Day): string => `${DIGEST_PREFIX}${day}`;

export type BilingualName = { readonly name: string; readonly nameHi: string };

/** An alert's sentence, with its location and item. */
export const renderAlertLine = (alert: Alert, said: BilingualText, item: BilingualName): BilingualText =>
  isStockAlert(alert)
    ? { en: `${alert.location}, ${item.name}: ${said.en}`, hi: `${alert.location}, ${item.nameHi}: ${said.hi}` }
    : { en: `${alert.location}: ${said.en}`, hi: `${alert.location}: ${said.hi}` };

/** The short form for an SMS: `none left: Chikan kurta, M`. */
export const renderShort = (alert: Alert, item: BilingualName): BilingualText => {
  const { en, hi } = ALERT_SOURCES[alert.type].short;
  return isStockAlert(alert) ? { en: `${en}: ${item.name}`, hi: `${hi}: ${item.nameHi}` } : { en, hi };
};

/** With the location: `LKO-01, none left: Chikan kurta, M`. */
export const renderWithLocation = ({ location }: Alert, { en, hi }: BilingualText): BilingualText => ({
  en: `${location}, ${en}`,
  hi: `${location}, ${hi}`,
});

/** The texts of an urgent notification. */
export const renderUrgent = (
  alert: Alert,
  line: BilingualText,
  item: BilingualName,
): Pick<Notification, 'subject' | 'text' | 'sms'> => ({
  subject: { en: `Bahi, ${alert.location}: urgent`, hi: `बही, ${alert.location}: ज़रूरी` },
  text: line,
  sms: renderSms('urgent', [{ en: alert.location, hi: alert.location }, renderShort(alert, item)]),
});
