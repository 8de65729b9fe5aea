import { refuse } from '../../shared/kernel/refusal.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import * as contract from '../../shared/registry/registry-contract.ts';
import { type VisibleEntriesDeps, visibleEntries } from './visible-entries.ts';

/** Only for those who may see the entry as it is now. */
export const getEntryHistory = operation(
  contract.getEntryHistory,
  async ({ path: { kind, id }, query, caller }, deps: VisibleEntriesDeps) => {
    const entry = await deps.registry.read(kind, id);
    const [visible] = await visibleEntries(caller, entry ? [entry] : [], deps);
    if (!visible) return refuse('NOT_FOUND', `${kind} has no ${id}.`);
    const { rows, next } = await deps.registry.history(kind, id, query.cursor);
    return ok({ kind, id, changes: [...rows], ...cursorField(next) });
  },
);
