import { contract } from '../../shared/contract/operations.ts';
import { cancel } from '../../shared/domain/materials/moves.ts';
import { operation } from '../../shared/middleware/operation.ts';
import { move } from './move.ts';

export const cancelRequest = operation(contract.cancelRequest, async ({ path, body, caller, ifMatch }, tools) => {
  const found = await tools.requests.find(path.number);
  const request = found?.producer === path.producer ? found : undefined;
  const doing = { at: tools.clock.now(), by: caller.sub, ...body };
  return move(request, ifMatch, (standing) => cancel(standing, doing), tools);
});
