import type { HeldStore } from '../../shared/ledger/held-store.ts';
import * as contract from '../../shared/ledger/sync-contract.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';

type ListHeldDeps = { readonly held: HeldStore };

export const listHeld = operation(contract.listHeld, async ({ path: { location }, query }, { held }: ListHeldDeps) => {
  const { settled, cursor } = query;
  const { rows, next } = settled ? await held.ofLocation(location, cursor) : await held.stillAt(location, cursor);
  return ok({ location, held: [...rows], ...cursorField(next) });
});
