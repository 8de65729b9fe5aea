import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { StockRow } from '../stock/stock.ts';
import { inTransitOf, type Transfer } from '../transfers/transfer.ts';
import type { DecisionContext } from './decision.ts';

/** By how much more the book says than its vouchers, its open dispatches and its reservations come to. */
export type StockDrift = { readonly inbound?: number; readonly free?: number };

/**
 * Of an item, what of it is off by just as much as the last audit found. Vouchers move both sides alike, so what has drifted stays as far off whatever came since; what an
 * index does not show yet is off for a moment only, and hardly by as much as an audit saw twice. `written`: a transfer that the same voucher writes again.
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
