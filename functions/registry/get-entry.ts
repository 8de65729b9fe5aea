import { refuse } from '../../shared/kernel/refusal.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import * as contract from '../../shared/registry/registry-contract.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type VisibleEntriesDeps, visibleEntries } from './visible-entries.ts';

type GetEntryDeps = { readonly registry: RegistryStore } & VisibleEntriesDeps;

export const getEntry = operation(contract.getEntry, async ({ path: { kind, id }, caller }, deps: GetEntryDeps) => {
  const entry = await deps.registry.read(kind, id);
  const [visible] = await visibleEntries(caller, entry ? [entry] : [], deps);
  return visible ? ok(visible) : refuse('NOT_FOUND', `${kind} has no ${id}.`);
});
