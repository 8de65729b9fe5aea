import { seenAs } from '../../shared/contract/operations/transfers.ts';
import { contract } from '../../shared/contract/operations.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { isOf } from '../../shared/domain/transfers/transfer.ts';
import { ok, operation } from '../../shared/middleware/operation.ts';

/** Of others' transfers nobody is told, not even that they are. */
export const getTransfer = operation(contract.getTransfer, async ({ path: { location, dispatch } }, { transfers }) => {
  const transfer = await transfers.find(dispatch);
  if (transfer && isOf(transfer, location)) return ok(seenAs(transfer));
  return refuse('NOT_FOUND', `No dispatch ${dispatch} was sent from ${location}, or to it, or received there.`);
});
