import { addDays, type Day } from '../../shared/kernel/time.ts';
import { type DemandModel, EMPTY_DEMAND_MODEL } from '../../shared/replenishment/demand-model.ts';
import { addDayToModel, type OutletProductSales } from '../../shared/replenishment/update-demand-model.ts';
import type { State } from './state.ts';
import { soldAt } from './trade.ts';

/** Computed here: writing closes takes too long. */
export const learned = (state: State, first: Day, days: number): DemandModel & { readonly day: Day } => {
  let [paces, day]: [DemandModel, Day] = [EMPTY_DEMAND_MODEL, first];
  for (let nth = 0; nth < days; nth++) {
    day = addDays(first, nth);
    const sold = state.outlets.flatMap((outlet): OutletProductSales[] =>
      soldAt(outlet, day, state.items).map(({ item, sold, exposure }) => ({
        outlet,
        product: item as never,
        sold,
        exposure,
      })),
    );
    paces = addDayToModel(paces, day, sold);
  }
  return { ...paces, day };
};
