import { contract } from '../../shared/contract/operations.ts';
import { more } from '../../shared/contract/parameters.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

export const listRequests = operation(contract.listRequests, async ({ path: { depot }, query }, { requests }) => {
  const { rows, next } = await requests.queue(depot, query.cursor);
  return ok({ depot, requests: [...rows], ...more(next) });
});
