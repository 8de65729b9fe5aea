import { isProducer, type LocationId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';

/**
 * One row per producer with a terminal, so that day books are found without reading all producers.
 */
export const WORKSHOPS = 'workshops';

export const workshopKey = (producer: LocationId) => ({ kind: WORKSHOPS, id: producer });

/** Part of an enrolment's transaction. */
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
