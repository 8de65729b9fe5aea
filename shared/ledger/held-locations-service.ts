import { isProducer, type LocationId } from '../kernel/ids.ts';
import type { TransferStore } from '../transfers/transfer-store.ts';
import { claimReferences } from './decide.ts';
import type { HeldVoucher } from './held.ts';

/** A receipt at a third location also notifies the sender and the addressee. */
export const locationsToNotify = async (
  { location, problem, claim }: HeldVoucher,
  { transfers }: { readonly transfers: TransferStore },
): Promise<readonly LocationId[]> => {
  const dispatch = problem.code === 'NOT_ADDRESSEE' ? claimReferences(claim).dispatch : undefined;
  const sent = dispatch && (await transfers.find(dispatch))?.sent;
  return sent ? [...new Set([location, sent.from, sent.to].filter((place) => !isProducer(place)))] : [location];
};
