import * as z from 'zod';
import type { LocationId } from '../kernel/ids.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { Version } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { Instant } from '../kernel/time.ts';
import { EarlierDistrict } from './dated-field.ts';
import { backdatedEndProblems, statusStartProblems, withStatusHistory } from './entry-status.ts';
import { hsnStartProblems, type Item, isItemEntry, withItemHistory } from './item.ts';
import {
  backdatedRemovalProblems,
  hasSellers,
  type SellersFields,
  sellersStartProblems,
  withSellersHistory,
} from './location-sellers.ts';
import type { RegistryEntry } from './registry-contract.ts';
import { type EntryByKind, REGISTRY, type RegistryKind } from './registry-kinds.ts';
import { registrationStartProblems, type Seller, withRegistrationHistory } from './seller.ts';

type StoredEntry = { readonly version: Version; readonly entry: object };

/** `from`: the version replaced. */
export type EntryChange = { readonly did: 'created' | 'changed' | 'unchanged'; readonly from: Version | undefined };

/**
 * An equal entry is unchanged whatever version is named, so that a repeat after a lost answer
 * succeeds.
 */
export const decideEntryChange = (
  stored: StoredEntry | undefined,
  entry: object,
  ifMatch: Version | undefined,
  fixed: readonly string[] = [],
): EntryChange | Refusal => {
  if (!stored) {
    if (ifMatch !== undefined)
      return refuse('VERSION_MISMATCH', 'The entry does not exist yet: leave out If-Match.', { version: 0 });
    return { did: 'created', from: undefined };
  }
  const { version } = stored;
  if (toCanonicalJson(stored.entry) === toCanonicalJson(entry)) return { did: 'unchanged', from: version };
  if (ifMatch === undefined)
    return refuse('PRECONDITION_REQUIRED', `The entry exists at version ${version}: send it in If-Match.`);
  if (ifMatch !== version)
    return refuse('VERSION_MISMATCH', `The entry is at version ${version} (got ${ifMatch}).`, { version });
  const fields = changedFixedFields(fixed, stored.entry, entry);
  if (fields.length > 0)
    return refuse('ENTRY_FIXED', 'These fields cannot change, because vouchers or other entries depend on them.', {
      fields,
    });
  return { did: 'changed', from: version };
};

export const changedFixedFields = (fixed: readonly string[], stored: object, entry: object): FieldProblem[] => {
  const oldFields = new Map(Object.entries(stored));
  const newFields = new Map(Object.entries(entry));
  return fixed
    .filter((field) => toCanonicalJson(oldFields.get(field)) !== toCanonicalJson(newFields.get(field)))
    .map((path) => ({ path, problem: `is ${oldFields.get(path)} and cannot change` }));
};

/** Replaced prices, registrations, sellers and statuses stay as history. */
export const withStoredHistory = <Entry extends object>(
  edited: Entry,
  stored: object | undefined,
  now: Instant,
): Entry => {
  const entry = withStatusHistory(edited, stored ?? edited, now);
  if (!stored) return entry;
  if (isItemEntry(entry) && isItemEntry(stored)) return withItemHistory(entry, stored, now) as Entry & Item;
  if (hasSellers(entry) && hasSellers(stored)) return withSellersHistory(entry, stored, now) as Entry & SellersFields;
  if (isSeller(entry) && isSeller(stored)) return withRegistrationHistory(entry, stored, now) as Entry & Seller;
  return entry;
};

/** Dated fields that start at an unclear time. */
export const startProblems = (edited: object, stored: object | undefined, now: Instant): FieldProblem[] => {
  if (!stored) return [];
  return [
    ...statusStartProblems(edited, stored, now),
    ...(isItemEntry(edited) && isItemEntry(stored) ? hsnStartProblems(edited, stored, now) : []),
    ...(isSeller(edited) && isSeller(stored) ? registrationStartProblems(edited, stored, now) : []),
    ...(hasSellers(edited) && hasSellers(stored) ? sellersStartProblems(edited, stored, now) : []),
  ];
};

/** An entry, or a seller at a location, that ends before today. */
export const endProblems = (edited: object, stored: object | undefined, now: Instant): FieldProblem[] => [
  ...backdatedEndProblems(edited, stored, now),
  ...(stored && hasSellers(edited) && hasSellers(stored) ? backdatedRemovalProblems(edited, stored, now) : []),
];

const isSeller = (entry: object): entry is Seller => 'registration' in entry;

export type EntryOf<Kind extends RegistryKind> = Omit<RegistryEntry, 'kind' | 'entry'> & {
  readonly kind: Kind;
  readonly entry: EntryByKind[Kind];
};

/** `catalogueSeller` and `listedAt` are keys of sparse indexes. */
export const toRegistryItem = <Kind extends RegistryKind>(registered: EntryOf<Kind>) => ({
  ...registered,
  ...(isItem(registered) && { catalogueSeller: registered.entry.seller }),
  ...(isTerminal(registered) && { listedAt: registered.entry.location }),
  ...(isStaff(registered) && registered.entry.location && { listedAt: staffListOf(registered.entry.location) }),
});

const isItem = (registered: EntryOf<RegistryKind>): registered is EntryOf<'items'> => registered.kind === 'items';

/** Apart from the location's terminals. */
export const staffListOf = (location: LocationId): string => `staff ${location}`;

const isStaff = (registered: EntryOf<RegistryKind>): registered is EntryOf<'staff'> => registered.kind === 'staff';

const isTerminal = (registered: EntryOf<RegistryKind>): registered is EntryOf<'terminals'> =>
  registered.kind === 'terminals';

export const fromRegistryItem = <Kind extends RegistryKind>(
  kind: Kind,
  item: Record<string, unknown>,
): EntryOf<Kind> => ({
  kind,
  id: String(item.id),
  version: Version.parse(item.version),
  updatedAt: Instant.parse(item.updatedAt),
  entry: REGISTRY[kind].entry.parse(item.entry) as EntryByKind[Kind],
  ...(item.earlierDistricts !== undefined && {
    earlierDistricts: z.array(EarlierDistrict).parse(item.earlierDistricts),
  }),
});
