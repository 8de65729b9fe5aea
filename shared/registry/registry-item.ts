import * as z from 'zod';
import { Version } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';
import { EarlierDistrict } from './dated-field.ts';
import type { RegistryEntry } from './registry-contract.ts';
import { type EntryByKind, REGISTRY, type RegistryKind } from './registry-kinds.ts';

export type EntryOf<Kind extends RegistryKind> = Omit<RegistryEntry, 'kind' | 'entry'> & {
  readonly kind: Kind;
  readonly entry: EntryByKind[Kind];
};

/** `catalogueSeller` and `terminalOf` are keys of sparse indexes. */
export const toRegistryItem = <Kind extends RegistryKind>(registered: EntryOf<Kind>) => ({
  ...registered,
  ...(isItem(registered) && { catalogueSeller: registered.entry.seller }),
  ...(isTerminal(registered) && { terminalOf: registered.entry.location }),
});

const isItem = (registered: EntryOf<RegistryKind>): registered is EntryOf<'items'> => registered.kind === 'items';

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
