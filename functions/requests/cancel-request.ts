import { contract } from '../../shared/api/contract.ts';
import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import { cancel } from '../../shared/materials/request-transitions.ts';
import { operation } from '../../shared/platform/operation.ts';
import { refusePin } from './check-pin.ts';
import { reachesDepot } from './depot-in-reach.ts';
import { mayTryPin, notServed } from './depot-serves.ts';
import { refuseMover } from './refuse-mover.ts';
import { move } from './transition-request.ts';

/** It is the producer's to take back: at a depot's counter they show it with card and PIN. */
export const cancelRequest = operation(contract.cancelRequest, async ({ path, body, caller, ifMatch }, tools) => {
  const { producer, number } = path;
  const found = await tools.requests.find(number);
  const theirs = found?.producer === producer && (await reachesDepot(caller, found.depot, tools));
  const doing = { at: tools.clock.now(), by: caller.sub, why: body.why, ...(body.by && { staff: body.by }) };
  return move(
    theirs ? found : undefined,
    ifMatch,
    async (standing) => {
      const cancelled = cancel(standing, doing);
      if (isRefusal(cancelled)) return cancelled;
      const stranger = () => refuseMover(caller, body.by, standing.depot, tools);
      if (caller.role !== 'depot') return (await stranger()) ?? cancelled;
      if (!body.card)
        return refuse('FORBIDDEN', 'At the depot, a request is taken back with the card and PIN of its producer.');
      if (!(await mayTryPin(standing, tools))) return notServed(producer);
      return (
        (await stranger()) ??
        (await refusePin({ producer, card: body.card, depot: standing.depot }, tools)) ??
        cancelled
      );
    },
    tools,
  );
});
