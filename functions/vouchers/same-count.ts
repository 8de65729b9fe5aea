import type { ItemId, LocationId } from '../../shared/domain/ids.ts';
import type { StockRow } from '../../shared/domain/stock.ts';
import type { VoucherNumber } from '../../shared/domain/vouchers/number.ts';
import { numberIn } from '../../shared/domain/vouchers/order.ts';
import { isCancelled, type Voucher } from '../../shared/domain/vouchers/voucher.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

/** Items whose last count is another sheet of the same count, with its number. */
export const sameCountOf = async (
  location: LocationId,
  claim: Extract<Voucher['claim'], { kind: 'C' }>,
  shelf: ReadonlyMap<ItemId, StockRow>,
  { ledger }: Composition,
): Promise<ReadonlyMap<ItemId, VoucherNumber>> => {
  const last = [...shelf].flatMap(([item, { countedAt }]) => (countedAt ? [[item, numberIn(countedAt)] as const] : []));
  if (isCancelled(claim) || last.length === 0) return new Map();
  const sheets = await ledger.among(location, [...new Set(last.map(([, number]) => number))]);
  const same = new Set(
    sheets.flatMap((sheet) => ('count' in sheet.claim && sheet.claim.count === claim.count ? [sheet.number] : [])),
  );
  return new Map(last.filter(([, number]) => same.has(number)));
};
