import type { ItemId } from '../ids.ts';
import { sumOf } from '../quantity.ts';
import { onTheWay, type Transfer } from '../transfers/transfer.ts';
import type { Known } from './decision.ts';

/**
 * By how much `inbound` is more than open dispatches say, of items of which the last audit found just that. Vouchers move both alike, so what has drifted
 * stays as far off whatever came since; what an index does not show yet is off for a moment only, and hardly by as much as an audit saw twice. `written`: a transfer
 * that the same voucher writes again.
 */
export const inboundOff = (
  { audited, shelf, location }: Known,
  written: Transfer | undefined,
): ReadonlyMap<ItemId, number> => {
  const { found = new Map<ItemId, number>(), coming = [] } = audited ?? {};
  const open = [...coming.filter(({ dispatch }) => dispatch !== written?.dispatch), ...(written ? [written] : [])];
  const here = open.filter(({ sent }) => sent?.to === location);
  return new Map(
    [...found].filter(([item, off]) => {
      const says = sumOf(here.map((one) => onTheWay(one).get(item) ?? 0));
      return (shelf?.get(item)?.inbound ?? 0) - says === off;
    }),
  );
};
