import * as z from 'zod';
import type { Registered } from '../contract/operations/registry.ts';
import { type Entries, REGISTRY, type RegistryKind } from '../contract/registry-kinds.ts';
import { Version } from '../domain/quantity.ts';
import { EarlierDistrict } from '../domain/registry/district-history.ts';
import { Instant } from '../domain/time.ts';

/** An entry with the type of its kind. */
export type EntryOf<Kind extends RegistryKind> = Omit<Registered, 'kind' | 'entry'> & {
  readonly kind: Kind;
  readonly entry: Entries[Kind];
};

/** Only items have a `catalogueSeller`, and only terminals a `terminalOf`: their indexes hold nothing else. */
export const toRegistryItem = <Kind extends RegistryKind>(registered: EntryOf<Kind>) => ({
  ...registered,
  ...(isItem(registered) && { catalogueSeller: registered.entry.seller }),
  ...(isTerminal(registered) && { terminalOf: registered.entry.location }),
});

const isItem = (registered: EntryOf<RegistryKind>): registered is EntryOf<'items'> => registered.kind === 'items';

const isTerminal = (registered: EntryOf<RegistryKind>): registered is EntryOf<'terminals'> =>
  registered.kind === 'terminals';

/** Parsed by the schema of its kind, so that what comes from the table is what its type says. */
export const fromRegistryItem = <Kind extends RegistryKind>(
  kind: Kind,
  item: Record<string, unknown>,
): EntryOf<Kind> => ({
  kind,
  id: String(item.id),
  version: Version.parse(item.version),
  updatedAt: Instant.parse(item.updatedAt),
  entry: REGISTRY[kind].entry.parse(item.entry) as Entries[Kind],
  ...(item.earlierDistricts !== undefined && {
    earlierDistricts: z.array(EarlierDistrict).parse(item.earlierDistricts),
  }),
});
