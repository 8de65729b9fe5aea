import { contract } from '../../shared/contract/operations.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';
import { shownTo } from './shown-to.ts';

export const getEntry = operation(contract.getEntry, async ({ path: { kind, id }, caller }, { registry }) => {
  const found = await registry.read(kind, id);
  return found ? ok(shownTo(caller, found)) : refuse('NOT_FOUND', `${kind} has no ${id}.`);
});
