import { isItemEntry } from './item.ts';
import type { RegistryKind } from './registry-kinds.ts';

/** `key`: one row of the registry holds it. `path`: the field of the entry. */
export type UniqueCode = { readonly key: string; readonly path: string; readonly value: string };

/** Codes of which a seller, or the State, has each once. */
export const uniqueCodesOf = (kind: RegistryKind, entry: object | undefined): UniqueCode[] => {
  if (!entry) return [];
  if (isItemEntry(entry))
    return (['keypad', 'barcode'] as const).flatMap((path) => codeOf(`${entry.seller}/${path}`, path, entry[path]));
  return kind === 'registrations' && 'udyam' in entry ? codeOf('udyam', 'udyam', entry.udyam) : [];
};

const codeOf = (scope: string, path: string, value: unknown): UniqueCode[] =>
  typeof value === 'string' ? [{ key: `${scope}/${value}`, path, value }] : [];

/** Codes that an edit takes, and that it gives up. */
export const changedCodesOf = (
  kind: RegistryKind,
  entry: object,
  stored: object | undefined,
): { readonly taken: readonly UniqueCode[]; readonly released: readonly UniqueCode[] } => {
  const [before, after] = [uniqueCodesOf(kind, stored), uniqueCodesOf(kind, entry)];
  const isIn = (codes: readonly UniqueCode[]) => (one: UniqueCode) => codes.some(({ key }) => key === one.key);
  return {
    taken: after.filter((one) => !isIn(before)(one)),
    released: before.filter((one) => !isIn(after)(one)),
  };
};
