import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { StockRow } from '../stock/stock.ts';
import { inTransitOf, type Transfer } from '../transfers/transfer.ts';
import type { DecisionContext } from './decision.ts';

/** The stock row less the sum of vouchers, open dispatches and reservations. */
export type StockDrift = { readonly inbound?: number; readonly free?: number };

/**
 * Vouchers move both sides alike, so true drift stays constant; a lagging index differs only
 * briefly. `written`: a transfer that the same voucher rebuilds.
 */
export const remainingDrift = (
  item: ItemId,
  { drift, stockRows, location }: DecisionContext,
  written: Transfer | undefined,
): StockDrift => {
  const found = drift?.drifts.get(item);
  if (!drift || !found) return {};
  const row: StockRow | undefined = stockRows?.get(item);
  const open = [
    ...drift.incoming.filter(({ dispatch }) => dispatch !== written?.dispatch),
    ...(written ? [written] : []),
  ];
  const here = open.filter(({ sent }) => sent?.to === location);
  const inbound = (row?.inbound ?? 0) - sumOf(here.map((one) => inTransitOf(one).get(item) ?? 0));
  const free = (row?.free ?? 0) - ((row?.onHand ?? 0) - (drift.reserved.get(item) ?? 0));
  return {
    ...(found.inbound !== undefined && inbound === found.inbound && { inbound }),
    ...(found.free !== undefined && free === found.free && { free }),
  };
};
