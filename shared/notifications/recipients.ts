import type { Alert } from '../alerts/alert.ts';
import type { AreaId } from '../kernel/ids.ts';
import type { Audience, Contact, ContactPerson } from '../registry/staff.ts';
import type { Recipient } from './notification.ts';

export type DigestRecipient = {
  readonly to: Recipient;
  readonly audiences: readonly Audience[];
  readonly alerts: readonly Alert[];
  readonly contact?: Contact;
};

/**
 * A district: its topics and persons with one audience. The state: its topic and all other persons.
 */
export const digestRecipientsIn = (
  area: AreaId,
  open: readonly Alert[],
  people: readonly ContactPerson[],
): readonly DigestRecipient[] => {
  const byAudience: ReadonlyMap<Audience, readonly Alert[]> = Map.groupBy(open, audienceOf);
  const isOfState = area === 'state';
  const topics = [...byAudience].filter(([audience]) => (audience === 'state') === isOfState);
  const persons = people.filter(({ audiences }) => (audiences.size > 1 || audiences.has('state')) === isOfState);
  return [
    ...topics.map(([audience, alerts]) => ({ to: audience, audiences: [audience], alerts })),
    ...persons.map(({ id, audiences, contact }) => {
      const of = [...audiences];
      return {
        to: `staff:${id}` as const,
        audiences: of,
        alerts: of.flatMap((one) => byAudience.get(one) ?? []),
        contact,
      };
    }),
  ].filter(({ alerts }) => alerts.length > 0);
};

/** The audience that must act now. */
export const audienceOf = ({ level, location, district }: Alert): Audience =>
  ({ outlet: location, district, state: 'state' as const })[level];
