import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import { TerminalCode } from '../../shared/domain/ids.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

export const listTerminals = operation(contract.listTerminals, async ({ path: { location }, query }, { registry }) => {
  const { rows, next } = await registry.terminalsOf(location, query.cursor);
  return ok({
    location,
    terminals: rows.map(({ id, entry }) => ({ terminal: TerminalCode.parse(id), ...entry })),
    ...more(next),
  });
});
