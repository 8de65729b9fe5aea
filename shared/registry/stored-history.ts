import type { Instant } from '../kernel/time.ts';
import { type Seller, withRegistrationHistory } from './entries.ts';
import { type Item, isItemEntry, withItemHistory } from './item.ts';

/** An entry as it is to be stored: what it replaces stays as history where sales of an earlier time are judged by it. */
export const withStoredHistory = <Entry extends object>(
  entry: Entry,
  stored: object | undefined,
  now: Instant,
): Entry => {
  if (!stored) return entry;
  if (isItemEntry(entry) && isItemEntry(stored)) return withItemHistory(entry, stored, now) as Entry & Item;
  if (isSeller(entry) && isSeller(stored)) return withRegistrationHistory(entry, stored, now) as Entry & Seller;
  return entry;
};

/** Sellers alone are registered. */
const isSeller = (entry: object): entry is Seller => 'registration' in entry;
