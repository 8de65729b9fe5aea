import { contract } from '../../shared/api/contract.ts';
import { eachPage } from '../../shared/kernel/pages.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type VisibleEntriesDeps, visibleEntries } from './visible-entries.ts';

type ListEntriesDeps = { readonly registry: RegistryStore } & VisibleEntriesDeps;

/** With the page that goes above it, a file stays below the 256 KB of an import. */
const CSV_ROWS = 400;

/** Skips empty pages: clients take one for the end. */
export const listEntries = operation(
  contract.listEntries,
  async ({ path: { kind }, query, caller, csv }, deps: ListEntriesDeps) => {
    const all: Awaited<ReturnType<typeof visibleEntries>> = [];
    for await (const { rows, next } of eachPage((after) => deps.registry.list(kind, after), query.cursor)) {
      all.push(...(await visibleEntries(caller, rows, deps)));
      if (all.length > (csv ? CSV_ROWS : 0)) return ok({ entries: all, ...cursorField(next) });
    }
    return ok({ entries: all });
  },
);
