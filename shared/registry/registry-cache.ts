import { StockLocationId, stockLocationKind } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { monotonicClock } from '../platform/retry.ts';
import { type EntryOf, fromRegistryItem } from './entry-change.ts';
import { type EditableKind, REGISTRY, RegistryKind } from './registry-kinds.ts';

/**
 * From before the read. With a second of replica lag, a new price or revocation takes effect within
 * a minute.
 */
export const CACHE_MILLISECONDS = 58_000;

type EntryKey<Kind extends RegistryKind = RegistryKind> = { readonly kind: Kind; readonly id: string };
type CachedEntry = { readonly entry: EntryOf<RegistryKind>; readonly until: number };
/** Per call, because the cache may drop entries before the call ends. */
type FoundEntries = Map<string, EntryOf<RegistryKind>>;

export type RegistryCache = ReturnType<typeof registryCache>;

const keyText = ({ kind, id }: EntryKey): string => `${kind}/${id}`;

// Our own Map: lru-cache adds 19 KB (6 KB gzipped) to each of 17 bundles. The registry is a few MB.

/** Absence is never cached: an entry may be added at any moment. */
export const registryCache = (tables: Tables) => {
  const cache = new Map<string, CachedEntry>();
  const pendingReads = new Map<string, Promise<FoundEntries>>();

  const readCached = (keys: readonly EntryKey[]): FoundEntries => {
    const now = monotonicClock.now();
    const found: FoundEntries = new Map();
    for (const key of keys) {
      const cached = cache.get(keyText(key));
      if (cached && cached.until > now) found.set(keyText(key), cached.entry);
    }
    return found;
  };

  const fetch = async (keys: ReadonlyMap<string, EntryKey>, consistent: boolean): Promise<FoundEntries> => {
    const batchKeys = keys
      .values()
      .map(({ kind, id }) => ({ kind, id }))
      .toArray();
    const found: FoundEntries = new Map();
    const until = monotonicClock.now() + CACHE_MILLISECONDS;
    for (const item of await batchGet(tables, 'Registry', batchKeys, consistent)) {
      const entry = fromRegistryItem(RegistryKind.parse(item.kind), item);
      cache.set(keyText(entry), { entry, until });
      found.set(keyText(entry), entry);
    }
    return found;
  };

  /**
   * Concurrent messages want the same items: one call reads, the others await it. If it fails, each
   * reads for itself.
   */
  const fetchTogether = async (keys: ReadonlyMap<string, EntryKey>): Promise<FoundEntries> => {
    const awaitedReads = new Set([...keys.keys()].flatMap((text) => pendingReads.get(text) ?? []));
    const ownKeys = new Map([...keys].filter(([text]) => !pendingReads.has(text)));
    const ownRead = fetch(ownKeys, false);
    for (const text of ownKeys.keys()) pendingReads.set(text, ownRead);
    try {
      const all = await Promise.all([
        ownRead,
        ...[...awaitedReads].map((one) => one.catch((): FoundEntries => new Map())),
      ]);
      return new Map(all.flatMap((one) => [...one]));
    } finally {
      for (const text of ownKeys.keys()) if (pendingReads.get(text) === ownRead) pendingReads.delete(text);
    }
  };

  const fetchMissing = async (
    keys: readonly EntryKey[],
    consistent: boolean,
    found: FoundEntries,
  ): Promise<FoundEntries> => {
    // DynamoDB refuses a repeated key in a batch.
    const distinct = new Map(keys.map((key) => [keyText(key), key]));
    const missing = new Map([...distinct].filter(([text]) => !found.has(text)));
    if (missing.size === 0) return found;
    return new Map([...found, ...(await (consistent ? fetch(missing, true) : fetchTogether(missing)))]);
  };

  /**
   * Entries by `kind/id`, read in one batch: eventually consistent at half the price, then the
   * missing ones again, strongly consistent.
   */
  const recollect = async (keys: readonly EntryKey[]): Promise<FoundEntries> => {
    const cached = readCached(keys);
    if (keys.every((key) => cached.has(keyText(key)))) return cached;
    return fetchMissing(keys, true, await fetchMissing(keys, false, cached));
  };

  const forget = (kind: RegistryKind, id: string): void => {
    cache.delete(keyText({ kind, id }));
    pendingReads.delete(keyText({ kind, id }));
  };

  const byId = <Kind extends RegistryKind, Id extends string>(kind: Kind, ids: ReadonlySet<Id>, found: FoundEntries) =>
    new Map(
      [...ids].flatMap((id) => {
        const entry = found.get(keyText({ kind, id }));
        return entry ? [[id, entry as EntryOf<Kind>] as const] : [];
      }),
    );

  const entries = async <Kind extends RegistryKind, Id extends string>(
    kind: Kind,
    ids: Iterable<Id>,
  ): Promise<Map<Id, EntryOf<Kind>>> => {
    const wanted = new Set(ids);
    return byId(kind, wanted, await recollect([...wanted].map((id) => ({ kind, id }))));
  };

  /** As `recollect`, but strongly consistent, bypassing the cache. */
  const recollectNow = (keys: readonly EntryKey[]): Promise<FoundEntries> => fetchMissing(keys, true, new Map());

  /** Strongly consistent, bypassing the cache. */
  const entriesNow = async <Kind extends RegistryKind, Id extends string>(kind: Kind, ids: Iterable<Id>) => {
    const wanted = new Set(ids);
    return byId(kind, wanted, await recollectNow([...wanted].map((id) => ({ kind, id }))));
  };

  const entry = async <Kind extends RegistryKind>(kind: Kind, id: string): Promise<EntryOf<Kind> | undefined> =>
    (await entries(kind, [id])).get(id);

  return { recollect, recollectNow, entries, entriesNow, entry, forget };
};

type EntryReference = { readonly path: string; readonly kind: EditableKind; readonly id: string };

export type IdentifiedEntry = { readonly id: string; readonly entry: object };

const entryReferences = (kind: EditableKind, { id: ownId, entry }: IdentifiedEntry): EntryReference[] => {
  const fields = new Map<string, unknown>([['id', ownId], ...Object.entries(entry)]);
  return Object.entries(REGISTRY[kind].names).flatMap(([field, referenceKind]) =>
    [fields.get(field) ?? []].flat().flatMap((id) => {
      const kindOfId = referenceKind === 'lookedAfter' ? kindOfAudience(String(id)) : referenceKind;
      return kindOfId ? [{ path: field, kind: kindOfId, id: String(id) }] : [];
    }),
  );
};

const kindOfAudience = (id: string): EditableKind | undefined => {
  const { data: location } = StockLocationId.safeParse(id);
  if (location) return stockLocationKind(location);
  return id === 'state' ? undefined : 'districts';
};

/** Per entry, its unknown references; one lookup for all. */
export const findUnknownReferences = async (
  registry: RegistryCache,
  kind: EditableKind,
  entries: readonly IdentifiedEntry[],
): Promise<FieldProblem[][]> => {
  const references = entries.map((one) => entryReferences(kind, one));
  const distinct = new Map(references.flat().map((one) => [`${one.kind}/${one.id}`, one]));
  const found = await registry.recollect([...distinct.values()]);
  return references.map((ofEntry) =>
    ofEntry
      .filter((one) => !found.has(`${one.kind}/${one.id}`))
      .map(({ path, kind: other, id }) => ({ path, problem: `${other} has no ${id}` })),
  );
};
