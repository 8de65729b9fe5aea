import type { ItemId, ProducerId } from '../ids.ts';
import type { Refusal } from '../refusal.ts';
import type { Day } from '../time.ts';
import { decideAdjustment } from './adjustment.ts';
import type { Admission, Decided, Known } from './decision.ts';
import { decideReceipt } from './receipt.ts';
import { decideSale } from './sale.ts';
import { type Claim, isCancelled, type Outcome } from './voucher.ts';

/** The one way from a claim to what it changes, whatever its kind. A cancelled number changes nothing. */
export const decide = (
  claim: Claim,
  asked: { readonly admission: Admission; readonly day: Day; readonly known: Known },
): Decided<Outcome> | Refusal => {
  if (isCancelled(claim)) return { outcome: {}, stock: [] };
  switch (claim.kind) {
    case 'S':
      return decideSale({ ...asked, claim });
    case 'R':
      return decideReceipt({ ...asked, claim });
    case 'A':
      return decideAdjustment({ ...asked, claim });
  }
};

/** What a decision will ask the registry for: known before anything is read, so that it is read at once. */
export const namedIn = (claim: Claim): { items: ItemId[]; producers: ProducerId[] } => {
  if (isCancelled(claim)) return { items: [], producers: [] };
  const items = [...new Set(claim.lines.map(({ item }) => item))];
  return { items, producers: claim.kind === 'R' && 'producer' in claim.from ? [claim.from.producer] : [] };
};
