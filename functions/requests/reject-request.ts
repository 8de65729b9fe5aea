import { contract } from '../../shared/api/contract.ts';
import { reject } from '../../shared/materials/request-transitions.ts';
import { operation } from '../../shared/platform/operation.ts';
import { refuseMover } from './refuse-mover.ts';
import { move } from './transition-request.ts';

export const rejectRequest = operation(contract.rejectRequest, async ({ path, body, caller, ifMatch }, tools) => {
  const found = await tools.requests.find(path.number);
  const request = found?.depot === path.depot ? found : undefined;
  const { why, by } = body;
  const doing = { at: tools.clock.now(), by: caller.sub, why, ...(by && { staff: by }) };
  return move(
    request,
    ifMatch,
    async (standing) => (await refuseMover(caller, by, standing.depot, tools)) ?? reject(standing, doing),
    tools,
  );
});
