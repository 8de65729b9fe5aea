import type { LocationId, ProductId } from '../kernel/ids.ts';
import type { Pace } from './demand-rate.ts';
import type { Seen } from './seasonal-calibration.ts';
import { byOutlet, type SoldThere } from './update-demand-model.ts';

/**
 * One of its days, those closes that it is of. `eve` reads the snapshot of the day before it began: later paces have already learned
 * from it, and would expect a part of what it brings. The `season` of a close is what other festivals bring that day.
 */
export const seenOn = (
  seen: Seen,
  eve: (outlet: LocationId, product: ProductId) => Pick<Pace, 'mean'>,
  closes: readonly SoldThere[],
): Seen => {
  let { sold, expected } = seen;
  for (const [outlet, products] of byOutlet(closes))
    for (const [product, there] of products) {
      sold += there.sold;
      expected += there.exposure * there.season * eve(outlet, product).mean;
    }
  return { sold, expected };
};
