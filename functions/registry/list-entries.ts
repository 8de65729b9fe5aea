import { contract } from '../../shared/api/contract.ts';
import { eachPage } from '../../shared/kernel/pages.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type VisibleEntriesDeps, visibleEntries } from './visible-entries.ts';

type ListEntriesDeps = { readonly registry: RegistryStore } & VisibleEntriesDeps;

/** Skips empty pages: clients take one for the end. */
export const listEntries = operation(
  contract.listEntries,
  async ({ path: { kind }, query, caller }, deps: ListEntriesDeps) => {
    for await (const { rows, next } of eachPage((after) => deps.registry.list(kind, after), query.cursor)) {
      const entries = await visibleEntries(caller, rows, deps);
      if (entries.length > 0) return ok({ entries, ...cursorField(next) });
    }
    return ok({ entries: [] });
  },
);
