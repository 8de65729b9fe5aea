import type { ClosedSales } from '../day-close/day-close.ts';
import { type ItemId, isProducer, type ProductId, type StockLocationId, stockLocationKind } from '../kernel/ids.ts';
import { type OutletProductSales, salesByOutlet } from './add-day-to-model.ts';
import type { DemandRate } from './demand-rate.ts';
import type { SeasonalSample } from './seasonal-calibration.ts';

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

/** `eve`: rates before the festival, because later ones include it. */
export const addDayToSample = (
  seen: SeasonalSample,
  eve: (outlet: StockLocationId, product: ProductId) => Pick<DemandRate, 'mean'>,
  closes: readonly OutletProductSales[],
): SeasonalSample => {
  let { sold, expected } = seen;
  for (const [outlet, products] of salesByOutlet(closes))
    for (const [product, sales] of products) {
      sold += sales.sold;
      expected += sales.exposure * sales.season * eve(outlet, product).mean;
    }
  return { sold, expected };
};
