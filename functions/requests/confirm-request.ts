import { AGAIN, type Composition, issuerShareAt, STALE, untilAnswered } from '../../shared/api/composition.ts';
import { contract } from '../../shared/api/contract.ts';
import type { Caller } from '../../shared/kernel/access.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import { type Confirmation, refuseVoid, refuseWrong } from '../../shared/materials/confirmation.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import type { Proof } from '../../shared/materials/request-contract.ts';
import { confirm } from '../../shared/materials/request-transitions.ts';
import { isIssuer, refuseIssuer } from '../../shared/materials/separation-of-duties.ts';
import { operation } from '../../shared/platform/operation.ts';
import { refusePin } from './check-pin.ts';
import { reachesDepot } from './depot-in-reach.ts';
import { mayTryPin, notServed } from './depot-serves.ts';
import { refuseMover } from './refuse-mover.ts';
import { move } from './transition-request.ts';

export const confirmRequest = operation(contract.confirmRequest, async ({ path, body, caller, ifMatch }, tools) => {
  const found = await tools.requests.findWithCode(path.number);
  const theirs = found?.request.producer === path.producer && (await reachesDepot(caller, found.request.depot, tools));
  return untilAnswered(async () => {
    const confirmed = await move(
      theirs ? found.request : undefined,
      ifMatch,
      async (standing) => {
        const at = tools.clock.now();
        const why = body.proof === 'signature' ? body.signature : undefined;
        const { proof, by: staff } = body;
        const byIssuer = proof === 'signature' && isIssuer(standing, { account: caller.sub, staff });
        const said = { ...(staff && { staff }), ...(byIssuer && { byIssuer: true as const }) };
        const doing = { at, by: caller.sub, proof, why, ...said };
        const next = confirm(standing, doing);
        // First whether it may be confirmed at all: no try is taken for nothing.
        if (isRefusal(next)) return next;
        const refused = await refuseProof(standing, found?.confirmation, body, caller, tools);
        if (refused) return refused;
        const counted = { depot: standing.depot, at, proof, byIssuer };
        if (!byIssuer) return { ...next, confirmation: counted };
        const expected = await tools.confirmations.of(standing.depot, at);
        return (
          refuseIssuer(expected, await issuerShareAt(standing.depot, tools)) ?? {
            ...next,
            confirmation: { ...counted, expected },
          }
        );
      },
      tools,
    );
    // Not the request but the depot's count moved: it is decided again on what it is now.
    return isRefusal(confirmed) && isAtVersion(confirmed, ifMatch) ? AGAIN : confirmed;
  });
});

const isAtVersion = ({ refused, facts }: Refusal, version: number | undefined): boolean =>
  refused === 'VERSION_MISMATCH' && facts !== undefined && 'version' in facts && facts.version === version;

const refuseProof = async (
  request: MaterialRequest,
  confirmation: Confirmation | undefined,
  said: Proof,
  caller: Caller,
  tools: Composition,
): Promise<Refusal | typeof STALE | undefined> => {
  const { role } = caller;
  if (said.proof !== 'code' && role === 'producer')
    return refuse('FORBIDDEN', 'Card and signature are taken at the depot; a producer confirms with the code.');
  const stranger = await refuseMover(caller, said.by, request.depot, tools);
  if (stranger) return stranger;
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
