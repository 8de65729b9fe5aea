import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { StockRow } from '../stock/stock.ts';
import { inTransitOf, type Transfer } from '../transfers/transfer.ts';
import type { DecisionContext } from './decision.ts';

/** How much more the stock row says than vouchers, open dispatches and reservations add up to. */
export type StockDrift = { readonly inbound?: number; readonly free?: number };

/**
 * The drift of an item that the last reconciliation found and that is still exactly as large.
 * Vouchers move both sides alike, so true drift stays constant; a lagging index differs only for a
 * moment. `written`: a transfer that the same voucher rebuilds.
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
