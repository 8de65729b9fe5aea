import { rowsIn, type SellerAtLocation } from './outlets.ts';

export type OpeningStock = SellerAtLocation & {
  readonly lines: readonly { item: string; quantity: number | string; lot?: string }[];
};

/** Per receipt. */
const MAX_LINES = 40;
const LOTS = ['OPEN-1', 'OPEN-2', 'OPEN-3'];

/** Above their reorder points. */
export const stallOpeningStock = (trading: readonly SellerAtLocation[], items: string): OpeningStock[] => {
  const bySeller = Map.groupBy(rowsIn(items), ({ seller }) => seller ?? '');
  return trading.map((one) => ({
    ...one,
    lines: (bySeller.get(one.seller) ?? [])
      .slice(0, MAX_LINES)
      .map(({ id = '', reorderPoint }, at) => ({ item: id, quantity: Number(reorderPoint) + 2 + ((at * 7) % 11) })),
  }));
};

/** Item ids begin with their district. */
export const depotOpeningStock = (depots: string, items: string): OpeningStock[] => {
  const all = rowsIn(items);
  return rowsIn(depots).flatMap(({ id: location = '', district, sellers = '' }) =>
    sellers.split(';').map((seller) => ({
      location,
      seller,
      lines: all
        .filter((item) => item.seller === seller && item.id?.startsWith(`${district}-`))
        .flatMap(({ id = '', reorderPoint, unit }) =>
          LOTS.map((lot) => ({ item: id, quantity: `${2 * Number(reorderPoint)} ${unit}`, lot })),
        )
        .slice(0, MAX_LINES),
    })),
  );
};
