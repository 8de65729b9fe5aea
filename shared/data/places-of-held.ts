import { isProducer, type Place } from '../domain/ids.ts';
import { namedIn } from '../domain/vouchers/decide.ts';
import type { Held } from '../domain/vouchers/held.ts';
import type { TransferStore } from './transfer-store.ts';

/** Whose officers are told of what is held: its location's; of a receipt at a third location, the sender's and the addressee's too. */
export const placesOfHeld = async (
  { location, problem, claim }: Held,
  { transfers }: { readonly transfers: TransferStore },
): Promise<readonly Place[]> => {
  const dispatch = problem.code === 'NOT_ADDRESSEE' ? namedIn(claim).dispatch : undefined;
  const sent = dispatch && (await transfers.find(dispatch))?.sent;
  return sent ? [...new Set([location, sent.from, sent.to].filter((place) => !isProducer(place)))] : [location];
};
