import type { Page, PagePosition } from '../kernel/pages.ts';
import { Version } from '../kernel/quantity.ts';
import { Instant } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import type { EntryOf } from './entry-change.ts';
import type { RecordedChange } from './registry-contract.ts';
import { type EntryByKind, HistoryKind, REGISTRY, type RegistryKind } from './registry-kinds.ts';

/** One row per version, beside the entries: its kind is no registry kind. */
const historyOf = (kind: RegistryKind, id: string): string => `history#${kind}#${id}`;

/** Versions sort as text. */
const VERSION_DIGITS = 8;

/** Part of the entry's own transaction. */
export const historyActions = (
  TableName: string,
  { kind, id, version, updatedAt: at, entry: after }: EntryOf<RegistryKind>,
  before: object | undefined,
  by: string,
) =>
  HistoryKind.safeParse(kind).success
    ? [
        {
          Put: {
            TableName,
            Item: {
              kind: historyOf(kind, id),
              id: String(version).padStart(VERSION_DIGITS, '0'),
              version,
              at,
              by,
              after,
              ...(before && { before }),
            },
          },
        },
      ]
    : [];

/** Newest first. */
export const readHistory = <Kind extends HistoryKind>(
  tables: Tables,
  kind: Kind,
  id: string,
  after?: PagePosition,
): Promise<Page<RecordedChange>> => {
  const partition = historyOf(kind, id);
  const pageKeys = { fixedKeys: { kind: partition }, positionKeys: ['id'], after };
  const query = { ...partitionEquals('kind', partition), ScanIndexForward: false };
  const entryOf = (stored: unknown) => REGISTRY[kind].entry.parse(stored) as EntryByKind[Kind];
  return queryPage(tables, 'Registry', pageKeys, query, ({ version, at, by, before, after: changed }) => ({
    version: Version.parse(version),
    at: Instant.parse(at),
    by: String(by),
    ...(before !== undefined && { before: entryOf(before) }),
    after: entryOf(changed),
  }));
};
