import { isProducer, type Place } from '../kernel/ids.ts';
import type { TransferStore } from '../transfers/transfer-store.ts';
import { namedIn } from './decide.ts';
import type { Held } from './held.ts';

/** Whose officers are told of what is held: its location's; of a receipt at a third location, the sender's and the addressee's too. */
export const placesOfHeld = async (
  { location, problem, claim }: Held,
  { transfers }: { readonly transfers: TransferStore },
): Promise<readonly Place[]> => {
  const dispatch = problem.code === 'NOT_ADDRESSEE' ? namedIn(claim).dispatch : undefined;
  const sent = dispatch && (await transfers.find(dispatch))?.sent;
  return sent ? [...new Set([location, sent.from, sent.to].filter((place) => !isProducer(place)))] : [location];
};
