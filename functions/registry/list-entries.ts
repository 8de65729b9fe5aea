import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';
import { shownTo } from './shown-to.ts';

export const listEntries = operation(contract.listEntries, async ({ path: { kind }, query, caller }, { registry }) => {
  const { rows, next } = await registry.list(kind, query.cursor);
  return ok({ entries: rows.map((row) => shownTo(caller, row)), ...more(next) });
});
