import { allStores } from '../../local/all-stores.ts';
import type { DayClose } from '../../shared/day-close/day-close.ts';
import { LocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { workOff } from './jobs.ts';

/** Runs the job that closes the due days of a location. */
export const closeAt = (location: string): Promise<void> => workOff('close-day', location);

/** All closes of a location, in the order of its chain. */
export const allClosesAt = async (location: string): Promise<DayClose[]> => {
  const all = await allPages((after) => allStores().closes.all(LocationId.parse(location), after));
  return all.toSorted((one, other) => one.sequence - other.sequence);
};

/** The latest edition of each day. */
export const latestCloseByDay = async (location: string): Promise<Map<string, DayClose>> =>
  new Map((await allClosesAt(location)).map((close) => [close.day, close]));

/** A close without the fields that depend on the order of arrival and the time of closing. */
export const closeContents = ({
  edition: _e,
  sequence: _s,
  closedAt: _c,
  before: _b,
  books: _k,
  hash: _h,
  ...rest
}: DayClose) => rest;
