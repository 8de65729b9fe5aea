import type { ItemId, ProducerId, StockLocationId } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Decide, Decision } from './decision.ts';
import { decideAdjustment } from './kinds/adjustment.ts';
import { decideCount } from './kinds/count.ts';
import { decideDispatch } from './kinds/dispatch.ts';
import { decideHandOver } from './kinds/hand-over.ts';
import { decideIssue } from './kinds/issue.ts';
import { decideReceipt } from './kinds/receipt.ts';
import { decideReversal } from './kinds/reversal.ts';
import { decideSale } from './kinds/sale.ts';
import { decideShift } from './kinds/shift.ts';
import { claimLinesOf, isCancelled, type VoucherClaim, type VoucherOutcome } from './voucher.ts';

/** The one way from a claim to what it changes, whatever its kind. A cancelled number changes nothing. */
export const decideClaim = (
  claim: VoucherClaim,
  asked: Omit<Parameters<Decide<VoucherClaim, VoucherOutcome>>[0], 'claim'>,
): Decision<VoucherOutcome> | Refusal => {
  if (isCancelled(claim)) return { outcome: {}, stock: [] };
  switch (claim.kind) {
    case 'S':
      return decideSale({ ...asked, claim });
    case 'R':
      return decideReceipt({ ...asked, claim });
    case 'A':
      return decideAdjustment({ ...asked, claim });
    case 'I':
      return decideIssue({ ...asked, claim });
    case 'C':
      return decideCount({ ...asked, claim });
    case 'V':
      return decideReversal({ ...asked, claim });
    case 'D':
      return decideDispatch({ ...asked, claim });
    case 'K':
      return decideShift({ ...asked, claim });
    case 'H':
      return decideHandOver({ ...asked, claim });
  }
};

/** What a decision will ask the registry for: known before anything is read, so that it is read at once. */
export const claimReferences = (
  claim: VoucherClaim,
): {
  readonly items: ItemId[];
  readonly producers: ProducerId[];
  /** Where it is sent. */
  readonly to?: StockLocationId;
  /** The dispatch that it is a receipt of. */
  readonly dispatch?: VoucherNumber;
  readonly request?: VoucherNumber;
  readonly reverses?: VoucherNumber;
} => {
  if (isCancelled(claim)) return { items: [], producers: [] };
  const items = [...new Set(claimLinesOf(claim).map(({ item }) => item))];
  const producers = claim.kind === 'R' && 'producer' in claim.from ? [claim.from.producer] : [];
  return {
    items,
    producers,
    ...(claim.kind === 'D' && { to: claim.to }),
    ...(claim.kind === 'R' && 'dispatch' in claim.from && { dispatch: claim.from.dispatch }),
    ...(claim.kind === 'I' && { request: claim.request }),
    ...(claim.kind === 'V' && { reverses: claim.of }),
  };
};
