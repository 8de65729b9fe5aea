import * as z from 'zod';
import { type Alert, isStockAlert } from '../alerts/alert.ts';
import { keyOf } from '../alerts/alert-key.ts';
import { askedSince } from '../alerts/escalation.ts';
import { AreaId } from '../closes/totals.ts';
import { Place } from '../ids.ts';
import { Told } from '../materials/request.ts';
import { type Day, Instant } from '../time.ts';

/** Who hears: those at a place, the officers of a district, or those of the state. Each is one topic. */
export const Recipient = z.union([Place, AreaId]);
export type Recipient = z.infer<typeof Recipient>;

/** What one recipient is told once: its `message` is the name under which nothing is said again. */
export const Message = z.strictObject({
  to: Recipient,
  message: z.string().min(1).max(200),
  at: Instant,
  subject: Told,
  text: Told,
});
export type Message = z.infer<typeof Message>;

/** Whoever is to look at it now. */
export const recipientOf = ({ level, location, district }: Alert): Recipient =>
  ({ outlet: location, district, state: 'state' as const })[level];

/** An urgent alert is told once for each time that its level is asked to look: it opened, went up, or woke. */
export const urgentName = (alert: Alert, now: Instant): string =>
  `urgent#${alert.location}#${keyOf(alert)}#${askedSince(alert, now)}`;

export const DIGEST = 'digest#';
export const digestName = (day: Day): string => `${DIGEST}${day}`;

type Names = { readonly name: string; readonly nameHi: string };

/** An alert's sentence, with where it is and what it is about. */
export const lineOf = (alert: Alert, said: Told, item: Names): Told =>
  isStockAlert(alert)
    ? { en: `${alert.location}, ${item.name}: ${said.en}`, hi: `${alert.location}, ${item.nameHi}: ${said.hi}` }
    : { en: `${alert.location}: ${said.en}`, hi: `${alert.location}: ${said.hi}` };
