import { type Day, type Instant, millisecondsOf } from '../kernel/time.ts';
import { lastTransitionAt, type MaterialRequest, reservedQuantitiesOf } from './material-request.ts';
import { seasonOf } from './season.ts';

const MILLISECONDS_PER_DAY = 24 * 3_600_000;

/** Days for which what is reserved waits for whom it is reserved for; coming for a part of it begins them anew. */
export const COLLECTION_DAYS = 7;

/** Days in which a producer should have confirmed what was issued. */
export const CONFIRMATION_DAYS = 14;

/** The last day on which what is reserved on this day is surely there. */
export const collectionDeadlineOf = (day: Day): Day =>
  new Date(Date.parse(day) + (COLLECTION_DAYS - 1) * MILLISECONDS_PER_DAY).toISOString().slice(0, 10) as Day;

const hasElapsed = (since: Instant | undefined, days: number, now: Instant): boolean =>
  since !== undefined && millisecondsOf(now) - millisecondsOf(since) >= days * MILLISECONDS_PER_DAY;

/** Something is reserved that nobody came for in time. */
export const isUncollected = (request: MaterialRequest, now: Instant): boolean =>
  reservedQuantitiesOf(request).size > 0 &&
  hasElapsed(lastTransitionAt(request, 'approve', 'allocate', 'issue'), COLLECTION_DAYS, now);

/** It waits, and the day it was needed by, or the season whose passbook it draws on, is over. */
export const isTooLate = ({ state, neededBy, season }: MaterialRequest, today: Day): boolean =>
  state === 'submitted' && (neededBy < today || season < seasonOf(today));

/** Something was issued that nobody said they received: an officer should ask. */
export const isUnconfirmed = (request: MaterialRequest, now: Instant): boolean =>
  request.state === 'issued' && hasElapsed(firstUnconfirmed(request), CONFIRMATION_DAYS, now);

/** When the first was issued of what nobody has confirmed: to issue more does not make it younger. */
const firstUnconfirmed = ({ history }: MaterialRequest): Instant | undefined =>
  history.slice(history.findLastIndex(({ did }) => did === 'confirm') + 1).find(({ did }) => did === 'issue')?.at;
