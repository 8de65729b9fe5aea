import { type Day, type Instant, millisecondsOf } from '../kernel/time.ts';
import { lastTransitionAt, type MaterialRequest, reservedQuantitiesOf } from './material-request.ts';
import { seasonOf } from './season.ts';

const MILLISECONDS_PER_DAY = 24 * 3_600_000;

/** A partial issue starts them anew. */
export const COLLECTION_DAYS = 7;

/** From issue to confirmation. */
export const CONFIRMATION_DAYS = 14;

export const collectionDeadlineOf = (day: Day): Day =>
  new Date(Date.parse(day) + (COLLECTION_DAYS - 1) * MILLISECONDS_PER_DAY).toISOString().slice(0, 10) as Day;

const hasElapsed = (since: Instant | undefined, days: number, now: Instant): boolean =>
  since !== undefined && millisecondsOf(now) - millisecondsOf(since) >= days * MILLISECONDS_PER_DAY;

export const isUncollected = (request: MaterialRequest, now: Instant): boolean =>
  reservedQuantitiesOf(request).size > 0 &&
  hasElapsed(lastTransitionAt(request, 'approve', 'allocate', 'issue'), COLLECTION_DAYS, now);

/** Beyond the day it was needed, or beyond its season. */
export const isTooLate = ({ state, neededBy, season }: MaterialRequest, today: Day): boolean =>
  state === 'submitted' && (neededBy < today || season < seasonOf(today));

export const isUnconfirmed = (request: MaterialRequest, now: Instant): boolean =>
  request.state === 'issued' && hasElapsed(firstUnconfirmed(request), CONFIRMATION_DAYS, now);

/** Later issues do not restart the days. */
const firstUnconfirmed = ({ history }: MaterialRequest): Instant | undefined =>
  history.slice(history.findLastIndex(({ did }) => did === 'confirm') + 1).find(({ did }) => did === 'issue')?.at;
