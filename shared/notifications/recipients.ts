import type { Alert } from '../alerts/alert.ts';
import type { AreaId } from '../kernel/ids.ts';
import type { Audience, Contact, ContactPerson } from '../registry/staff.ts';
import type { Recipient } from './notification.ts';

/** A recipient of a digest, their audiences, and the open alerts of these. */
export type DigestRecipient = {
  readonly to: Recipient;
  readonly audiences: readonly Audience[];
  readonly alerts: readonly Alert[];
  readonly contact?: Contact;
};

/**
 * The recipients of an area's digest. A district: the topics of the district and its locations, and
 * persons with one audience there. The state: its topic, and persons with several audiences, which
 * may be in different districts.
 */
export const digestRecipientsIn = (
  area: AreaId,
  open: readonly Alert[],
  people: readonly ContactPerson[],
): readonly DigestRecipient[] => {
  const byAudience: ReadonlyMap<Audience, readonly Alert[]> = Map.groupBy(open, audienceOf);
  const isOfState = area === 'state';
  const topics = [...byAudience].filter(([audience]) => (audience === 'state') === isOfState);
  const persons = people.filter(({ looksAfter }) => (looksAfter.size > 1 || looksAfter.has('state')) === isOfState);
  return [
    ...topics.map(([audience, alerts]) => ({ to: audience, audiences: [audience], alerts })),
    ...persons.map(({ id, looksAfter, contact }) => {
      const of = [...looksAfter];
      return {
        to: `staff:${id}` as const,
        audiences: of,
        alerts: of.flatMap((one) => byAudience.get(one) ?? []),
        contact,
      };
    }),
  ].filter(({ alerts }) => alerts.length > 0);
};

/** Who must act on the alert now. */
export const audienceOf = ({ level, location, district }: Alert): Audience =>
  ({ outlet: location, district, state: 'state' as const })[level];
