import type { Proof } from '../../shared/contract/operations/requests.ts';
import { contract } from '../../shared/contract/operations.ts';
import type { Caller } from '../../shared/domain/access.ts';
import { type Confirmation, refuseVoid, refuseWrong } from '../../shared/domain/materials/confirmation.ts';
import { confirm } from '../../shared/domain/materials/moves.ts';
import type { MaterialRequest } from '../../shared/domain/materials/request.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/domain/refusal.ts';
import { operation } from '../../shared/middleware/operation.ts';
import { type Composition, STALE } from '../../shared/runtime/composition.ts';
import { refusePin } from './check-pin.ts';
import { mayTryPin, notServed } from './depot-serves.ts';
import { move } from './move.ts';
import { reachesDepot } from './reaches-depot.ts';

export const confirmRequest = operation(contract.confirmRequest, async ({ path, body, caller, ifMatch }, tools) => {
  const found = await tools.requests.findWithCode(path.number);
  const theirs = found?.request.producer === path.producer && (await reachesDepot(caller, found.request.depot, tools));
  return move(
    theirs ? found.request : undefined,
    ifMatch,
    async (standing) => {
      const why = body.proof === 'signature' ? body.signature : undefined;
      const confirmed = confirm(standing, { at: tools.clock.now(), by: caller.sub, proof: body.proof, why });
      // First whether it may be confirmed at all: no try is taken for nothing.
      if (isRefusal(confirmed)) return confirmed;
      return (await refuseProof(standing, found?.confirmation, body, caller, tools)) ?? confirmed;
    },
    tools,
  );
});

const refuseProof = async (
  request: MaterialRequest,
  confirmation: Confirmation | undefined,
  said: Proof,
  { role }: Caller,
  tools: Composition,
): Promise<Refusal | typeof STALE | undefined> => {
  if (said.proof !== 'code' && role === 'producer')
    return refuse('FORBIDDEN', 'Card and signature are taken at the depot; a producer confirms with the code.');
  switch (said.proof) {
    case 'signature':
      return undefined;
    case 'card': {
      if (role === 'depot' && !(await mayTryPin(request, tools))) return notServed(request.producer);
      return refusePin({ ...request, card: said.card }, tools);
    }
    case 'code': {
      const isVoid = refuseVoid(confirmation, tools.clock.now());
      if (isVoid) return isVoid;
      const tried = await tools.codes.takeTry(request);
      if (tried === STALE) return STALE;
      return tried ? refuseWrong(tried, said.code) : refuse('CODE_VOID', 'Too many wrong codes were given.');
    }
  }
};
