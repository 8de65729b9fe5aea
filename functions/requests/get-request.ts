import { contract } from '../../shared/contract/operations.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';
import { reachesDepot } from './reaches-depot.ts';

export const getRequest = operation(
  contract.getRequest,
  async ({ path: { producer, number }, caller }, { requests }) => {
    const request = await requests.find(number);
    const theirs = request?.producer === producer && reachesDepot(caller, request.depot);
    return theirs ? ok(request) : refuse('NOT_FOUND', `${producer} has no request ${number}.`);
  },
);
