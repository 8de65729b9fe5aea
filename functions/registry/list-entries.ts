import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

export const listEntries = operation(contract.listEntries, async ({ path: { kind }, query }, { registry }) => {
  const { rows, next } = await registry.list(kind, query.cursor);
  return ok({ entries: [...rows], ...more(next) });
});
