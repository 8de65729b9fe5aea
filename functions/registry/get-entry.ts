import { contract } from '../../shared/contract/operations.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';
import { shownTo } from './shown-to.ts';

export const getEntry = operation(contract.getEntry, async ({ path: { kind, id }, caller }, tools) => {
  const found = await tools.registry.read(kind, id);
  const [shown] = await shownTo(caller, found ? [found] : [], tools);
  return shown ? ok(shown) : refuse('NOT_FOUND', `${kind} has no ${id}.`);
});
