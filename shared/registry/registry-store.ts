import { isProducer, type LocationId, ProducerId, type SellerId, StaffId } from '../kernel/ids.ts';
import { allPages, type Page, type PagePosition } from '../kernel/pages.ts';
import type { Version } from '../kernel/quantity.ts';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts';
import type { Day, Instant } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { GetCommand } from '../platform/dynamodb-commands.ts';
import { partitionEquals, queryPage, queryReadablePage } from '../platform/query-page.ts';
import { monotonicClock } from '../platform/retry.ts';
import { oncePer } from '../platform/runtime.ts';
import { putWith } from '../platform/transact.ts';
import { nextEarlierDistricts } from './dated-field.ts';
import {
  decideEntryChange,
  type EntryChange,
  type EntryOf,
  fromRegistryItem,
  staffListOf,
  toRegistryItem,
  withStoredHistory,
} from './entry-change.ts';
import { historyActions, readHistory } from './entry-history-store.ts';
import { isOpenAt, isOpenOn } from './entry-status.ts';
import type { GstRateRow } from './gst-rate.ts';
import { CACHE_MILLISECONDS, findUnknownReferences, type IdentifiedEntry, registryCache } from './registry-cache.ts';
import {
  type EditableKind,
  type EntryByKind,
  type HistoryKind,
  REGISTRY,
  type RegistryKind,
} from './registry-kinds.ts';
import { type ContactPerson, contactPersonsOf } from './staff.ts';
import { readCodeHolders, takenCodeProblems, uniqueCodeActions } from './unique-code-store.ts';

export type EntryPut<Kind extends RegistryKind> = {
  readonly kind: Kind;
  readonly id: string;
  readonly entry: EntryByKind[Kind];
  readonly ifMatch: Version | undefined;
  readonly now: Instant;
  /** The caller: the `sub` of the token. */
  readonly by: string;
  /** The entry, if the caller has just read it. Without this field `put` reads it. */
  readonly stored?: { readonly entry: EntryOf<Kind> | undefined };
};

type EntryPutResult<Kind extends RegistryKind> = EntryOf<Kind> & Pick<EntryChange, 'did'>;

type OwnerEntry = EntryOf<'products' | 'sellers'>;

const isOwner = (found: EntryOf<RegistryKind> | undefined): found is OwnerEntry =>
  found?.kind === 'products' || found?.kind === 'sellers';

export type RegistryStore = ReturnType<typeof registryStore>;

/** One per set of tables: all functions of a process share its cache. */
export const registryStore = oncePer((tables: Tables) => {
  const { client, name } = tables;
  const cache = registryCache(tables);
  const people = staffCache(tables);
  const rates = rateSchedule(tables);

  const read = async <Kind extends RegistryKind>(kind: Kind, id: string): Promise<EntryOf<Kind> | undefined> => {
    const get = new GetCommand({ TableName: name('Registry'), Key: { kind, id }, ConsistentRead: true });
    const { Item } = await client.send(get);
    return Item && fromRegistryItem(kind, Item);
  };

  /** The product and the seller of each item. */
  const ownersOf = async (items: readonly EntryOf<'items'>[], freshness: 'cached' | 'current' = 'cached') => {
    const keys = items.flatMap(({ entry }) => [
      { kind: 'products' as const, id: entry.product },
      { kind: 'sellers' as const, id: entry.seller },
    ]);
    const found = await (freshness === 'cached' ? cache.recollect : cache.recollectNow)(keys);
    return ({ entry }: EntryOf<'items'>): readonly OwnerEntry[] =>
      [found.get(`products/${entry.product}`), found.get(`sellers/${entry.seller}`)].filter(isOwner);
  };

  return {
    ...cache,

    /** Staff who have not left, cached for a minute. */
    people: people.all,

    /** Strongly consistent, bypassing the cache. */
    read,

    ownersOf,

    /** Ids of the items that have not ended on a day, nor their product or seller. */
    openItems: async (items: Iterable<EntryOf<'items'>>, day: Day): Promise<ReadonlySet<string>> => {
      const all = [...items];
      const ownersOfItem = await ownersOf(all);
      const isOpen = (item: EntryOf<'items'>) =>
        [item, ...ownersOfItem(item)].every(({ entry }) => isOpenOn(entry, day));
      return new Set(all.filter(isOpen).map(({ id }) => id));
    },

    /** The entries that hold these unique codes. Strongly consistent. */
    codeHolders: (keys: readonly string[]) => readCodeHolders(tables, keys),

    unknownReferences: (kind: EditableKind, entries: readonly IdentifiedEntry[]) =>
      findUnknownReferences(cache, kind, entries),

    list: <Kind extends RegistryKind>(kind: Kind, after?: PagePosition): Promise<Page<EntryOf<Kind>>> => {
      const pageKeys = { fixedKeys: { kind }, positionKeys: ['id'], after };
      return queryReadablePage(tables, 'Registry', pageKeys, partitionEquals('kind', kind), (item) =>
        fromRegistryItem(kind, item),
      );
    },

    /** Eventually consistent. */
    terminalsOf: (location: LocationId, after?: PagePosition): Promise<Page<EntryOf<'terminals'>>> => {
      const pageKeys = { fixedKeys: { kind: 'terminals', listedAt: location }, positionKeys: ['id'], after };
      const query = { ...partitionEquals('listedAt', location), IndexName: 'byPlace' };
      return queryPage(tables, 'Registry', pageKeys, query, (item) => fromRegistryItem('terminals', item));
    },

    /** Present and former staff. Eventually consistent. */
    staffOf: (location: LocationId, after?: PagePosition): Promise<Page<EntryOf<'staff'>>> => {
      const listedAt = staffListOf(location);
      const pageKeys = { fixedKeys: { kind: 'staff', listedAt }, positionKeys: ['id'], after };
      const query = { ...partitionEquals('listedAt', listedAt), IndexName: 'byPlace' };
      return queryPage(tables, 'Registry', pageKeys, query, (item) => fromRegistryItem('staff', item));
    },

    /** Producers with a terminal at their workshop: only they may have a day book. */
    workshops: (after?: PagePosition): Promise<Page<ProducerId>> => {
      const pageKeys = { fixedKeys: { kind: WORKSHOPS }, positionKeys: ['id'], after };
      return queryPage(tables, 'Registry', pageKeys, partitionEquals('kind', WORKSHOPS), ({ id }) =>
        ProducerId.parse(id),
      );
    },

    isWorkshop: async (location: LocationId): Promise<boolean> => {
      const get = new GetCommand({ TableName: name('Registry'), Key: workshopKey(location), ConsistentRead: true });
      return (await client.send(get)).Item !== undefined;
    },

    /** Rows of the rate schedule by chapters of the HSN, cached for a minute, even if none. */
    rates: (chapters: Iterable<string>): Promise<GstRateRow[]> => rates.of(new Set(chapters)),

    /** Strongly consistent. */
    ratesNow: (chapters: Iterable<string>): Promise<GstRateRow[]> => rates.ofNow(new Set(chapters)),

    history: (kind: HistoryKind, id: string, after?: PagePosition) => readHistory(tables, kind, id, after),

    /** In the order of change. */
    catalogue: (
      seller: SellerId,
      since: Instant | undefined,
      after?: PagePosition,
    ): Promise<Page<EntryOf<'items'>>> => {
      const pageKeys = {
        fixedKeys: { kind: 'items', catalogueSeller: seller },
        positionKeys: ['updatedAt', 'id'],
        after,
      };
      const query = {
        IndexName: 'bySeller',
        KeyConditionExpression: 'catalogueSeller = :seller AND updatedAt >= :since',
        ExpressionAttributeValues: { ':seller': seller, ':since': since ?? '0' },
      };
      return queryPage(tables, 'Registry', pageKeys, query, (item) => fromRegistryItem('items', item));
    },

    /** Reads and decides once more after a concurrent change. A second change gives `BUSY`. */
    put: async <Kind extends RegistryKind>(change: EntryPut<Kind>): Promise<EntryPutResult<Kind> | Refusal> => {
      const { kind, id, stored } = change;
      return (
        (await decideAndWrite(change, stored ? stored.entry : await read(kind, id))) ??
        (await decideAndWrite(change, await read(kind, id))) ??
        refuse('BUSY', 'The entry changed twice during the request.')
      );
    },
  };

  /** `undefined`: the version changed since the decision. */
  async function decideAndWrite<Kind extends RegistryKind>(
    { kind, id, entry: edited, ifMatch, now, by }: EntryPut<Kind>,
    stored: EntryOf<Kind> | undefined,
  ): Promise<EntryPutResult<Kind> | Refusal | undefined> {
    const entry = withStoredHistory(edited, stored?.entry, now);
    const decision = decideEntryChange(stored, entry, ifMatch, REGISTRY[kind].fixed);
    if (isRefusal(decision)) return decision;
    if (decision.did === 'unchanged' && stored) return { ...stored, did: 'unchanged' };
    const earlierDistricts = nextEarlierDistricts(stored, entry, now);
    const nextEntry = {
      kind,
      id,
      version: ((decision.from ?? 0) + 1) as Version,
      updatedAt: now,
      entry,
      ...(earlierDistricts.length > 0 && { earlierDistricts }),
    };
    const written = await write(nextEntry, stored, by);
    if (isRefusal(written)) return written;
    return written ? { ...nextEntry, did: decision.did } : undefined;
  }

  /** `false`: the version changed since the decision. */
  async function write<Kind extends RegistryKind>(
    nextEntry: EntryOf<Kind>,
    stored: EntryOf<Kind> | undefined,
    by: string,
  ): Promise<boolean | Refusal> {
    const TableName = name('Registry');
    const put = {
      TableName,
      Item: toRegistryItem(nextEntry),
      ConditionExpression: stored ? 'version = :from' : 'attribute_not_exists(id)',
      ...(stored && { ExpressionAttributeValues: { ':from': stored.version } }),
    };
    const codes = uniqueCodeActions(TableName, nextEntry, stored?.entry);
    const relatedActions = [...codes, ...historyActions(TableName, nextEntry, stored?.entry, by)];
    const written = await putWith(tables, put, relatedActions, (reasons): Refusal | undefined => {
      const fields = takenCodeProblems(nextEntry, stored?.entry, reasons);
      return fields.length > 0
        ? refuse('INVALID_REQUEST', 'Another entry has this number or code.', { fields })
        : undefined;
    });
    if (isRefusal(written)) return written;
    if (written) cache.forget(nextEntry.kind, nextEntry.id);
    if (written && nextEntry.kind === 'staff') people.forget();
    return written;
  }
});

/** Cached, because every urgent alert needs the recipients. */
const staffCache = (tables: Tables) => {
  let cached: { readonly people: readonly ContactPerson[]; readonly until: number } | undefined;
  return {
    all: async (now: Instant): Promise<readonly ContactPerson[]> => {
      if (cached && cached.until > monotonicClock.now()) return cached.people;
      const staff = await allPages((after) => {
        const pageKeys = { fixedKeys: { kind: 'staff' }, positionKeys: ['id'], after };
        return queryPage(tables, 'Registry', pageKeys, partitionEquals('kind', 'staff'), (item) =>
          fromRegistryItem('staff', item),
        );
      });
      const present = staff.filter(({ entry }) => isOpenAt(entry, now));
      const people = contactPersonsOf(present.map(({ id, entry }) => ({ id: StaffId.parse(id), entry })));
      cached = { people, until: monotonicClock.now() + CACHE_MILLISECONDS };
      return people;
    },

    forget: (): void => {
      cached = undefined;
    },
  };
};

/**
 * One row per producer with a terminal, so that day books are found without reading all producers.
 */
const WORKSHOPS = 'workshops';

const workshopKey = (producer: LocationId) => ({ kind: WORKSHOPS, id: producer });

/** Part of an enrolment's transaction. */
export const openWorkshopActions = (TableName: string, location: LocationId, now: Instant) =>
  isProducer(location)
    ? [
        {
          Update: {
            TableName,
            Key: workshopKey(location),
            UpdateExpression: 'SET #since = if_not_exists(#since, :now)',
            ExpressionAttributeNames: { '#since': 'since' },
            ExpressionAttributeValues: { ':now': now },
          },
        },
      ]
    : [];

const rateSchedule = (tables: Tables) => {
  const cache = new Map<string, { readonly rows: readonly GstRateRow[]; readonly until: number }>();

  const read = async (chapter: string, ConsistentRead: boolean): Promise<readonly GstRateRow[]> => {
    const until = monotonicClock.now() + CACHE_MILLISECONDS;
    const query = {
      KeyConditionExpression: 'kind = :kind AND begins_with(id, :chapter)',
      ExpressionAttributeValues: { ':kind': 'rates', ':chapter': chapter },
      ConsistentRead,
    };
    const rows = await allPages((after) =>
      queryPage(tables, 'Registry', { fixedKeys: { kind: 'rates' }, positionKeys: ['id'], after }, query, (item) => {
        const { id, entry } = fromRegistryItem('rates', item);
        return { id, ...entry };
      }),
    );
    cache.set(chapter, { rows, until });
    return rows;
  };

  const cached = (chapter: string) => {
    const found = cache.get(chapter);
    return found && found.until > monotonicClock.now() ? found.rows : read(chapter, false);
  };

  return {
    of: async (chapters: ReadonlySet<string>) => (await Promise.all([...chapters].map(cached))).flat(),
    ofNow: async (chapters: ReadonlySet<string>) =>
      (await Promise.all([...chapters].map((chapter) => read(chapter, true)))).flat(),
  };
};
