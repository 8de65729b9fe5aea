import { contract } from '../../shared/api/contract.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { shownTo } from './visible-entries.ts';

export const getEntry = operation(contract.getEntry, async ({ path: { kind, id }, caller }, tools) => {
  const found = await tools.registry.read(kind, id);
  const [shown] = await shownTo(caller, found ? [found] : [], tools);
  return shown ? ok(shown) : refuse('NOT_FOUND', `${kind} has no ${id}.`);
});
