import { contract } from '../../shared/contract/operations.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

export const getEntry = operation(contract.getEntry, async ({ path: { kind, id } }, { registry }) => {
  const found = await registry.read(kind, id);
  return found ? ok(found) : refuse('NOT_FOUND', `${kind} has no ${id}.`);
});
