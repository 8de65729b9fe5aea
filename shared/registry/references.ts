import { LocationId, locationKind } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/refusal.ts';
import type { RegistryMemory } from './registry-cache.ts';
import { type KeptKind, REGISTRY } from './registry-kinds.ts';

type Named = { readonly path: string; readonly kind: KeptKind; readonly id: string };

/** What an entry names of other kinds, field by field. */
const namedBy = (kind: KeptKind, entry: Readonly<Record<string, unknown>>): Named[] =>
  Object.entries(REGISTRY[kind].names).flatMap(([field, named]) =>
    [entry[field] ?? []].flat().flatMap((id) => {
      const of = named === 'lookedAfter' ? kindLookedAfter(String(id)) : named;
      return of ? [{ path: field, kind: of, id: String(id) }] : [];
    }),
  );

/** The state is in no list. */
const kindLookedAfter = (id: string): KeptKind | undefined => {
  const { data: location } = LocationId.safeParse(id);
  if (location) return locationKind(location);
  return id === 'state' ? undefined : 'districts';
};

/** What each of the entries names that the registry does not have; all looked up at once. */
export const unknownReferences = async (
  registry: RegistryMemory,
  kind: KeptKind,
  entries: readonly object[],
): Promise<FieldProblem[][]> => {
  const named = entries.map((entry) => namedBy(kind, { ...entry }));
  const distinct = new Map(named.flat().map((one) => [`${one.kind}/${one.id}`, one]));
  const found = await registry.recollect([...distinct.values()]);
  return named.map((of) =>
    of
      .filter((one) => !found.has(`${one.kind}/${one.id}`))
      .map(({ path, kind: other, id }) => ({ path, problem: `${other} has no ${id}` })),
  );
};
