import { isProducer, type LocationId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';

/** Beside the entries: a row for each producer at whose workshop a terminal was ever enrolled, so that nobody looks for day books among all producers, or among all terminals. */
export const WORKSHOPS = 'workshops';

export const workshopKey = (producer: LocationId) => ({ kind: WORKSHOPS, id: producer });

/** A terminal's share in its enrolment: the workshop has, or may have, a day book from then on. */
export const openWorkshopActions = (TableName: string, location: LocationId, now: Instant) =>
  isProducer(location)
    ? [
        {
          Update: {
            TableName,
            Key: workshopKey(location),
            UpdateExpression: 'SET #since = if_not_exists(#since, :now)',
            ExpressionAttributeNames: { '#since': 'since' },
            ExpressionAttributeValues: { ':now': now },
          },
        },
      ]
    : [];
