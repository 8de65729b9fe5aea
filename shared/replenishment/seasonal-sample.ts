import type { ProductId, StockLocationId } from '../kernel/ids.ts';
import type { DemandRate } from './demand-rate.ts';
import type { SeasonalSample } from './seasonal-calibration.ts';
import { type OutletProductSales, salesByOutlet } from './update-demand-model.ts';

/**
 * One of its days, those closes that it is of. `eve` reads the snapshot of the day before it began: later paces have already learned
 * from it, and would expect a part of what it brings. The `season` of a close is what other festivals bring that day.
 */
export const addDayToSample = (
  seen: SeasonalSample,
  eve: (outlet: StockLocationId, product: ProductId) => Pick<DemandRate, 'mean'>,
  closes: readonly OutletProductSales[],
): SeasonalSample => {
  let { sold, expected } = seen;
  for (const [outlet, products] of salesByOutlet(closes))
    for (const [product, there] of products) {
      sold += there.sold;
      expected += there.exposure * there.season * eve(outlet, product).mean;
    }
  return { sold, expected };
};
