import { allStores } from '../../local/all-stores.ts';
import type { DayClose } from '../../shared/day-close/day-close.ts';
import { LocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { workOff } from './jobs.ts';

/** Closes what is to be closed there, by the clock as it stands. */
export const closeAt = (location: string): Promise<void> => workOff('close-day', location);

/** All closes of a location, in the order of its chain. */
export const closesAt = async (location: string): Promise<DayClose[]> => {
  const all = await allPages((after) => allStores().closes.all(LocationId.parse(location), after));
  return all.toSorted((one, other) => one.sequence - other.sequence);
};

/** The latest of each day. */
export const latestAt = async (location: string): Promise<Map<string, DayClose>> =>
  new Map((await closesAt(location)).map((close) => [close.day, close]));

/** What does not hang on when anything came, or when it was closed. */
export const settled = ({
  edition: _e,
  sequence: _s,
  closedAt: _c,
  before: _b,
  books: _k,
  hash: _h,
  ...rest
}: DayClose) => rest;
