import type { ProductId, StockLocationId } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import {
  type CellSums,
  type DemandModel,
  MODEL_PARAMETERS,
  type ModelParameters,
  type OutletProducts,
  type OutletSums,
  type ProductSums,
} from './demand-model.ts';
import { demandFactorsOf, localFactorOf } from './demand-rate.ts';

/** `season`: festival factor. */
export type OutletProductSales = {
  readonly outlet: StockLocationId;
  readonly product: ProductId;
  readonly sold: number;
  readonly exposure: number;
  readonly season?: number;
  /** Base units that customers take as one; default 1. */
  readonly piece?: number;
};

type ProductSales = Pick<OutletProductSales, 'sold' | 'exposure'> & { readonly season: number; readonly piece: number };

/** Yesterday's factors give today's expectation. Sums run in key order. */
export const addDayToModel = (
  paces: DemandModel,
  day: Day,
  closes: readonly OutletProductSales[],
  model: ModelParameters = MODEL_PARAMETERS,
): DemandModel => {
  const before = new Map(paces.outlets.map(([outlet, sold, expected]) => [outlet, { sold, expected }]));
  const today = tradingOutlets(salesByOutlet(closes), before);
  const factors = demandFactorsOf(paces, model);
  const learns = paces.days >= model.warmUp;
  const shelf = new Map<ProductId, { sold: number; exposed: number }>();
  let squared = paces.misses.squared * model.decay.local;
  let expectedInAll = paces.misses.expected * model.decay.local;

  const cellsBefore = new Map(paces.cells.map(({ outlet, products }) => [outlet, products]));
  const outlets: OutletSums[] = [];
  const cells: OutletProducts[] = [];
  for (const outlet of sortIds(new Set([...before.keys(), ...today.keys()]))) {
    const busier = factors.outlet(outlet);
    const was = before.get(outlet) ?? { sold: 0, expected: 0 };
    let soldHere = was.sold * model.decay.outlet;
    let expectedHere = was.expected * model.decay.outlet;
    const products: CellSums[] = [];
    for (const [product, sold, expected, ownSold, ownExposed, now] of mergeProducts(
      cellsBefore.get(outlet) ?? [],
      today.get(outlet) ?? [],
    )) {
      const there = now ? now.exposure * now.season : 0;
      const rate = factors.rate(product);
      const mean = there * rate * busier * localFactorOf(sold, expected, model);
      const counts = now ? Math.min(now.sold, outlierLimitOf(mean, now.piece, model)) : 0;
      if (now) {
        const seen = shelf.get(product) ?? { sold: 0, exposed: 0 };
        shelf.set(product, { sold: seen.sold + counts, exposed: seen.exposed + there * busier });
      }
      const own = [ownSold * model.decay.product + counts, ownExposed * model.decay.product + there * busier] as const;
      if (!learns) {
        products.push([product, 0, 0, ...own]);
        continue;
      }
      if (now) {
        soldHere += counts;
        expectedHere += there * rate;
        // A sold-out shelf hides demand and would lower the dispersion.
        if (now.exposure >= 1) {
          squared += (counts - mean) ** 2;
          expectedInAll += mean;
        }
      }
      products.push([
        product,
        sold * model.decay.local + counts,
        expected * model.decay.local + there * rate * busier,
        ...own,
      ]);
    }
    outlets.push([outlet, soldHere, expectedHere]);
    if (products.length > 0) cells.push({ outlet, products });
  }

  const productsBefore = new Map(paces.products.map(([product, sold, exposed]) => [product, { sold, exposed }]));
  const products = sortIds(new Set([...productsBefore.keys(), ...shelf.keys()])).map((product): ProductSums => {
    const was = productsBefore.get(product);
    const now = shelf.get(product);
    return [
      product,
      (was?.sold ?? 0) * model.decay.product + (now?.sold ?? 0),
      (was?.exposed ?? 0) * model.decay.product + (now?.exposed ?? 0),
    ];
  });
  return {
    day,
    days: paces.days + (before.size > 0 || today.size > 0 ? 1 : 0),
    products,
    outlets,
    cells,
    misses: { squared, expected: expectedInAll },
  };
};

/** A silent outlet's empty days would lower everyone's rates. It trades from its first sale on. */
const tradingOutlets = (
  sales: ReadonlyMap<StockLocationId, ProductEntry[]>,
  known: ReadonlyMap<StockLocationId, unknown>,
): ReadonlyMap<StockLocationId, ProductEntry[]> =>
  new Map([...sales].filter(([outlet, products]) => known.has(outlet) || products.some(([, { sold }]) => sold > 0)));

/** Base units that one day counts at most: more is a typing error or one large order. */
export const outlierLimitOf = (mean: number, piece: number, { outlierLimit } = MODEL_PARAMETERS): number =>
  Math.max(outlierLimit.pieces * piece, outlierLimit.times * mean);

const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const sortIds = <Id extends string>(ids: ReadonlySet<Id>): Id[] => [...ids].sort(compareIds);

type ProductEntry = readonly [product: ProductId, now: ProductSales];

/** Sales without stock count as half a day. */
export const salesByOutlet = (closes: readonly OutletProductSales[]): Map<StockLocationId, ProductEntry[]> => {
  const outlets = new Map<StockLocationId, Map<ProductId, ProductSales>>();
  for (const { outlet, product, sold, exposure, season = 1, piece = 1 } of closes) {
    const products = outlets.get(outlet) ?? new Map<ProductId, ProductSales>();
    if (products.size === 0) outlets.set(outlet, products);
    const other = products.get(product);
    const inAll = Math.max(0, sold) + (other?.sold ?? 0);
    products.set(product, {
      sold: inAll,
      exposure: Math.max(Math.min(1, exposure), other?.exposure ?? 0, inAll > 0 ? 0.5 : 0),
      season: Math.max(season, other?.season ?? 0),
      piece: Math.max(piece, other?.piece ?? 0),
    });
  }
  return new Map(
    [...outlets].map(([outlet, products]) => [outlet, [...products].sort(([one], [other]) => compareIds(one, other))]),
  );
};

/** Sorted. */
function* mergeProducts(
  before: readonly CellSums[],
  today: readonly ProductEntry[],
): Generator<[...CellSums, ProductSales | undefined]> {
  let at = 0;
  for (const [product, sold, expected, ownSold, ownExposed] of before) {
    for (let next = today[at]; next && next[0] < product; next = today[++at]) yield [next[0], 0, 0, 0, 0, next[1]];
    const same = today[at]?.[0] === product ? today[at++]?.[1] : undefined;
    yield [product, sold, expected, ownSold, ownExposed, same];
  }
  for (let next = today[at]; next; next = today[++at]) yield [next[0], 0, 0, 0, 0, next[1]];
}
