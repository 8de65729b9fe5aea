import * as z from 'zod';
import { type Alert, isStockAlert } from '../alerts/alert.ts';
import { keyOf } from '../alerts/alert-key.ts';
import { askedSince } from '../alerts/escalation.ts';
import { Told } from '../kernel/bilingual-text.ts';
import { StaffId } from '../kernel/ids.ts';
import { type Day, Instant } from '../kernel/time.ts';
import { Audience, Contact } from '../registry/contact.ts';
import { SHORTLY, Sms, smsOf } from './sms.ts';

/** Who hears: whoever subscribes to the topic of an audience, or a person. */
export const Recipient = z.union([Audience, z.templateLiteral(['staff:', StaffId])]);
export type Recipient = z.infer<typeof Recipient>;

/** What one recipient is told once: its `message` is the name under which nothing is said again. `contact`: of a person. */
export const Message = z.strictObject({
  to: Recipient,
  message: z.string().min(1).max(200),
  at: Instant,
  subject: Told,
  text: Told,
  sms: Sms,
  contact: Contact.optional(),
});
export type Message = z.infer<typeof Message>;

export const Way = z.enum(['topic', 'email', 'sms']);
export type Way = z.infer<typeof Way>;

/**
 * How it may go, the best first; it goes one way only. What is urgent is to ring in a pocket; a digest is read whole where there is e-mail.
 */
export const waysOf = ({ contact, sms }: Pick<Message, 'contact' | 'sms'>): readonly Way[] => {
  if (!contact) return ['topic'];
  const has = { sms: contact.phone !== undefined, email: contact.email !== undefined };
  return (sms.kind === 'urgent' ? (['sms', 'email'] as const) : (['email', 'sms'] as const)).filter((way) => has[way]);
};

/** An urgent alert is told once for each time that its level is asked to look: it opened, went up, or woke. */
export const urgentName = (alert: Alert, now: Instant): string =>
  `urgent#${alert.location}#${keyOf(alert)}#${askedSince(alert, now)}`;

export const DIGEST = 'digest#';
export const digestName = (day: Day): string => `${DIGEST}${day}`;

export type Names = { readonly name: string; readonly nameHi: string };

/** An alert's sentence, with where it is and what it is about. */
export const lineOf = (alert: Alert, said: Told, item: Names): Told =>
  isStockAlert(alert)
    ? { en: `${alert.location}, ${item.name}: ${said.en}`, hi: `${alert.location}, ${item.nameHi}: ${said.hi}` }
    : { en: `${alert.location}: ${said.en}`, hi: `${alert.location}: ${said.hi}` };

/** What it is about, for an SMS: `none left: Chikan kurta, M`. */
export const shortly = (alert: Alert, item: Names): Told => {
  const { en, hi } = SHORTLY[alert.type];
  return isStockAlert(alert) ? { en: `${en}: ${item.name}`, hi: `${hi}: ${item.nameHi}` } : { en, hi };
};

/** With where it is: `LKO-01, none left: Chikan kurta, M`. */
export const placed = ({ location }: Alert, { en, hi }: Told): Told => ({
  en: `${location}, ${en}`,
  hi: `${location}, ${hi}`,
});

/** What is said of one urgent alert at once. */
export const urgentText = (alert: Alert, line: Told, item: Names): Pick<Message, 'subject' | 'text' | 'sms'> => ({
  subject: { en: `Bahi, ${alert.location}: urgent`, hi: `बही, ${alert.location}: ज़रूरी` },
  text: line,
  sms: smsOf('urgent', [{ en: alert.location, hi: alert.location }, shortly(alert, item)]),
});
