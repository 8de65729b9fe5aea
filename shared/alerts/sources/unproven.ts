import type { IncompleteTerminal } from '../../day-close/missing-numbers.ts';
import type { LocationId, TerminalCode } from '../../kernel/ids.ts';
import { addDays, type Day, dayOf, type Instant, instantOf, millisecondsOf } from '../../kernel/time.ts';
import type { AlertSource } from '../exception-alert.ts';
import { TerminalDay } from '../terminal-day.ts';

/** A night's closes are made by then: what yesterday's vouchers prove of the days before is known. */
const MORNING_OFFSET = 6 * 3_600_000;

type ClosedDay = {
  readonly location: LocationId;
  readonly day: Day;
  readonly edition: number;
  /** The last day that is closed there. */
  readonly closedTo: Day;
};

/**
 * What a terminal is asked for of a day is said to an officer when a day has passed: the day after is over and closed, and morning has come. Nothing
 * of it `asked`: it came, or was proven.
 */
export const unprovenSource = (
  { location, day, edition, closedTo }: ClosedDay,
  terminal: TerminalCode,
  asked: IncompleteTerminal | undefined,
  now: Instant,
): AlertSource => {
  const isTold = closedTo > day && dayOf(instantOf(millisecondsOf(now) - MORNING_OFFSET)) > addDays(day, 1);
  const { state = 'proven', missing = [], many = 0, last } = asked ?? {};
  return {
    ...{ location, type: 'unproven', about: TerminalDay.parse(`${terminal}-${day}`), sourceVersion: edition },
    figures: { terminal, day, state, missing, many, ...(last && { last }) },
    cause: asked !== undefined && isTold,
  };
};
