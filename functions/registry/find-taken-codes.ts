import type { FieldProblem } from '../../shared/kernel/problems.ts';
import type { EditableKind } from '../../shared/registry/registry-kinds.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { uniqueCodesOf } from '../../shared/registry/unique-codes.ts';

export type FindTakenCodesDeps = { readonly registry: Pick<RegistryStore, 'codeHolders' | 'entries'> };

type EditedEntry = { readonly id: string; readonly entry: object; readonly stored: object | undefined };

/**
 * Problems by id. Reads only codes that change. A code that another line of the file gives up is
 * still taken: lines are written in any order.
 */
export const findTakenCodes = async (
  kind: EditableKind,
  edited: readonly EditedEntry[],
  { registry }: FindTakenCodesDeps,
): Promise<ReadonlyMap<string, readonly FieldProblem[]>> => {
  const taken = edited.flatMap(({ id, entry, stored }) => {
    const known = new Set(uniqueCodesOf(kind, stored).map(({ key }) => key));
    return uniqueCodesOf(kind, entry)
      .filter(({ key }) => !known.has(key))
      .map((code) => ({ id, ...code }));
  });
  const holders = new Map(await registry.codeHolders(taken.map(({ key }) => key)));
  const names = await registry.entries(kind, holders.values());
  const nameOf = (id: string): string => {
    const { entry } = names.get(id) ?? {};
    return entry && 'name' in entry ? ` (${entry.name})` : '';
  };
  const problems = new Map<string, FieldProblem[]>();
  for (const { id, key, path, value } of taken) {
    const holder = holders.get(key) ?? id;
    holders.set(key, holder);
    if (holder === id) continue;
    const problem = `${value} is the ${path} of ${holder}${nameOf(holder)} already`;
    problems.set(id, [...(problems.get(id) ?? []), { path, problem }]);
  }
  return problems;
};
