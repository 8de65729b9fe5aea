import type { SellerId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import type { FieldProblem } from '../../shared/kernel/problems.ts';
import { type Item, isItemEntry } from '../../shared/registry/item.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type CheckItemCodesDeps = { readonly registry: Pick<RegistryStore, 'catalogue'> };

type EditedEntry = { readonly id: string; readonly entry: object; readonly stored: object | undefined };
type EditedItem = { readonly id: string; readonly entry: Item; readonly stored: object | undefined };

const CODES = ['keypad', 'barcode'] as const;

/** Problems by id. Reads the seller's catalogue only if a code changes. */
export const findTakenCodes = async (
  edited: readonly EditedEntry[],
  { registry }: CheckItemCodesDeps,
): Promise<ReadonlyMap<string, readonly FieldProblem[]>> => {
  const items = edited.flatMap(({ entry, ...one }): EditedItem[] => (isItemEntry(entry) ? [{ ...one, entry }] : []));
  const changed = items.filter(changesCode);
  const owners = new Map<string, { readonly id: string; readonly name: string }>();
  const editedIds = new Set(items.map(({ id }) => id));
  for (const seller of new Set(changed.map(({ entry }) => entry.seller)))
    for (const { id, entry } of await allPages((after) => registry.catalogue(seller, undefined, after)))
      if (!editedIds.has(id)) for (const key of keysOf(seller, entry)) owners.set(key, { id, name: entry.name });
  const problems = new Map<string, FieldProblem[]>();
  for (const { id, entry } of items)
    for (const [at, key] of keysOf(entry.seller, entry).entries()) {
      const owner = owners.get(key);
      if (!owner) owners.set(key, { id, name: entry.name });
      else if (owner.id !== id) {
        const path = CODES.filter((code) => entry[code] !== undefined)[at] ?? 'barcode';
        const problem = `${entry[path]} is the ${path} of ${owner.id} (${owner.name}) already`;
        problems.set(id, [...(problems.get(id) ?? []), { path, problem }]);
      }
    }
  return problems;
};

const changesCode = ({ entry, stored }: EditedItem): boolean =>
  CODES.some((code) => entry[code] !== undefined && !(stored && isItemEntry(stored) && stored[code] === entry[code]));

const keysOf = (seller: SellerId, entry: Item): string[] =>
  CODES.flatMap((code) => (entry[code] === undefined ? [] : [`${seller}/${code}/${entry[code]}`]));
