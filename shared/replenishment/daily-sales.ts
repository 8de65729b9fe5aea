import type { ClosedSales } from '../day-close/day-close.ts';
import { type ItemId, isProducer, type LocationId, locationKind, type ProductId } from '../kernel/ids.ts';
import type { SoldThere } from './update-demand-model.ts';

/** What the closes of one day say of demand: a mistake is none. What is not an outlet's, and items whose product is not known, are left out. */
export const soldOn = (
  closes: readonly ClosedSales[],
  productOf: (item: ItemId) => ProductId | undefined,
  seasonOf: (outlet: LocationId, product: ProductId) => number = () => 1,
  pieceOf: (item: ItemId) => number = () => 1,
): SoldThere[] =>
  closes.flatMap(({ location: outlet, items }) =>
    !isProducer(outlet) && locationKind(outlet) === 'outlets'
      ? items.flatMap(({ item, sold: all, exposure, mistaken = 0 }) => {
          const sold = all - mistaken;
          const product = productOf(item);
          return product
            ? [{ outlet, product, sold, exposure, season: seasonOf(outlet, product), piece: pieceOf(item) }]
            : [];
        })
      : [],
  );

/** Outlets whose day has no close: they are as if they had not opened, until it comes and the day is folded again. */
export const missingOn = (
  outlets: readonly LocationId[],
  closes: readonly Pick<ClosedSales, 'location'>[],
): LocationId[] => {
  const closed = new Set<string>(closes.map(({ location }) => location));
  return outlets.filter((outlet) => !closed.has(outlet)).sort();
};
