import type { Alert } from '../alerts/alert.ts';
import type { AreaId } from '../kernel/ids.ts';
import type { Audience, Contact, ContactPerson } from '../registry/contact.ts';
import type { Recipient } from './notification.ts';

/** Who reads a digest, what they look after, and what is open there and theirs to look at. */
export type DigestRecipient = {
  readonly to: Recipient;
  readonly audiences: readonly Audience[];
  readonly alerts: readonly Alert[];
  readonly contact?: Contact;
};

/**
 * Whose digest is written with an area's: the topics of a district and its places, or of the state, and each person once. Who looks after one thing is told with
 * its district; who looks after more, of different districts perhaps, is told with the state, whose alerts are all.
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

/** Whoever is to look at it now. */
export const audienceOf = ({ level, location, district }: Alert): Audience =>
  ({ outlet: location, district, state: 'state' as const })[level];
