import type { ClosedSales } from '../day-close/day-close.ts';
import { type ItemId, isProducer, type ProductId, type StockLocationId, stockLocationKind } from '../kernel/ids.ts';
import type { OutletProductSales } from './update-demand-model.ts';

/** Skips depots, workshops and items without a product. */
export const dailySalesOf = (
  closes: readonly ClosedSales[],
  productOf: (item: ItemId) => ProductId | undefined,
  seasonOf: (outlet: StockLocationId, product: ProductId) => number = () => 1,
  pieceOf: (item: ItemId) => number = () => 1,
): OutletProductSales[] =>
  closes.flatMap(({ location: outlet, items }) =>
    !isProducer(outlet) && stockLocationKind(outlet) === 'outlets'
      ? items.flatMap(({ item, sold: all, exposure, mistaken = 0 }) => {
          const sold = all - mistaken;
          const product = productOf(item);
          return product
            ? [{ outlet, product, sold, exposure, season: seasonOf(outlet, product), piece: pieceOf(item) }]
            : [];
        })
      : [],
  );

/** They count as closed shops until the close arrives. */
export const outletsWithoutClose = (
  outlets: readonly StockLocationId[],
  closes: readonly Pick<ClosedSales, 'location'>[],
): StockLocationId[] => {
  const closed = new Set<string>(closes.map(({ location }) => location));
  return outlets.filter((outlet) => !closed.has(outlet)).sort();
};
