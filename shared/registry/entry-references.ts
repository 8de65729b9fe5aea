import { StockLocationId, stockLocationKind } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/refusal.ts';
import type { RegistryCache } from './registry-cache.ts';
import { type EditableKind, REGISTRY } from './registry-kinds.ts';

type EntryReference = { readonly path: string; readonly kind: EditableKind; readonly id: string };

const entryReferences = (kind: EditableKind, entry: Readonly<Record<string, unknown>>): EntryReference[] =>
  Object.entries(REGISTRY[kind].names).flatMap(([field, referenceKind]) =>
    [entry[field] ?? []].flat().flatMap((id) => {
      const kindOfId = referenceKind === 'lookedAfter' ? kindOfAudience(String(id)) : referenceKind;
      return kindOfId ? [{ path: field, kind: kindOfId, id: String(id) }] : [];
    }),
  );

const kindOfAudience = (id: string): EditableKind | undefined => {
  const { data: location } = StockLocationId.safeParse(id);
  if (location) return stockLocationKind(location);
  return id === 'state' ? undefined : 'districts';
};

/** Per entry, its unknown references; one lookup for all. */
export const findUnknownReferences = async (
  registry: RegistryCache,
  kind: EditableKind,
  entries: readonly object[],
): Promise<FieldProblem[][]> => {
  const references = entries.map((entry) => entryReferences(kind, { ...entry }));
  const distinct = new Map(references.flat().map((one) => [`${one.kind}/${one.id}`, one]));
  const found = await registry.recollect([...distinct.values()]);
  return references.map((ofEntry) =>
    ofEntry
      .filter((one) => !found.has(`${one.kind}/${one.id}`))
      .map(({ path, kind: other, id }) => ({ path, problem: `${other} has no ${id}` })),
  );
};
