import type { DistrictId } from '../../shared/kernel/ids.ts';
import { eachPage } from '../../shared/kernel/pages.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { csvOperation } from '../../shared/platform/csv.ts';
import { ok } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import type { EntryOf } from '../../shared/registry/entry-change.ts';
import * as contract from '../../shared/registry/registry-contract.ts';
import type { RegistryKind } from '../../shared/registry/registry-kinds.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { districtReader } from './check-keeper.ts';
import { type VisibleEntriesDeps, visibleEntries } from './visible-entries.ts';

type ListEntriesDeps = { readonly registry: RegistryStore } & VisibleEntriesDeps;

/** With the page that goes above it, a file stays below the 256 KB of an import. */
const CSV_ROWS = 400;

const KINDS_OF_DISTRICTS = [
  'districts',
  'sellers',
  'items',
  'outlets',
  'depots',
  'clusters',
  'producers',
  'registrations',
  'staff',
] as const;

const hasDistricts = (kind: RegistryKind): kind is (typeof KINDS_OF_DISTRICTS)[number] =>
  KINDS_OF_DISTRICTS.some((one) => one === kind);

const ofDistrict = async (
  kind: RegistryKind,
  rows: readonly EntryOf<RegistryKind>[],
  area: DistrictId,
  deps: ListEntriesDeps,
): Promise<readonly EntryOf<RegistryKind>[]> => {
  if (!hasDistricts(kind)) return rows;
  const entries = rows as readonly EntryOf<typeof kind>[];
  const districtsOf = await districtReader(kind, entries, deps);
  return entries.filter((registered) => districtsOf(registered).includes(area));
};

/** Skips empty pages: clients take one for the end. */
export const listEntries = csvOperation(
  contract.listEntries,
  async ({ path: { kind }, query, caller, csv }, deps: ListEntriesDeps) => {
    if (query.area !== undefined && query.area !== 'state' && !hasDistricts(kind)) {
      const fields = [{ path: 'area', problem: `${kind} belong to no district` }];
      return refuse('INVALID_REQUEST', `${kind} belong to no district: leave out area.`, { fields });
    }
    const all: Awaited<ReturnType<typeof visibleEntries>> = [];
    for await (const { rows, next } of eachPage((after) => deps.registry.list(kind, after), query.cursor)) {
      const inArea =
        query.area === undefined || query.area === 'state' ? rows : await ofDistrict(kind, rows, query.area, deps);
      all.push(...(await visibleEntries(caller, inArea, deps)));
      if (all.length > (csv ? CSV_ROWS : 0)) return ok({ entries: all, ...cursorField(next) });
    }
    return ok({ entries: all });
  },
);
