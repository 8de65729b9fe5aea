import type { ProductId, StockLocationId } from '../kernel/ids.ts';
import type { DemandRate } from './demand-rate.ts';
import type { SeasonalSample } from './seasonal-calibration.ts';
import { type OutletProductSales, salesByOutlet } from './update-demand-model.ts';

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
