import type { Client } from '../../shared/api/client.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import type { StockRow } from '../../shared/stock/stock.ts';
import { expectOk } from './book.ts';

/** All pages of a day book. */
export const dayBook = async (client: Client, location: string, day: string): Promise<Voucher[]> => {
  const vouchers: Voucher[] = [];
  let cursor: string | undefined;
  do {
    const page = expectOk(await client.getDay({ path: { location, day }, query: { cursor } }));
    vouchers.push(...page.vouchers);
    cursor = page.cursor;
  } while (cursor);
  return vouchers;
};

/** All rows of a location, by item. */
export const shelf = async (client: Client, location: string): Promise<Map<string, StockRow>> => {
  const rows: StockRow[] = [];
  let cursor: string | undefined;
  do {
    const page = expectOk(await client.getLocationStock({ path: { location }, query: { cursor } }));
    rows.push(...page.stock);
    cursor = page.cursor;
  } while (cursor);
  return new Map(rows.map((row) => [row.item, row]));
};

/** On hand and version of each item, computed from the claims alone. */
export const sumClaims = (vouchers: readonly Voucher[]): Map<string, { onHand: number; version: number }> => {
  const rows = new Map<string, { onHand: number; version: number }>();
  for (const { claim } of vouchers) {
    if (!('lines' in claim)) continue;
    const sign = claim.kind === 'R' || (claim.kind === 'A' && claim.reason === 'found') ? 1 : -1;
    const touched = new Set<string>();
    for (const { item, quantity } of claim.lines) {
      const { onHand, version } = rows.get(item) ?? { onHand: 0, version: 0 };
      rows.set(item, { onHand: onHand + sign * Number(quantity), version: version + (touched.has(item) ? 0 : 1) });
      touched.add(item);
    }
  }
  return rows;
};
