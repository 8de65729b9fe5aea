import type { ProductId, StockLocationId } from '../kernel/ids.ts';
import { type DemandModel, MODEL_PARAMETERS, type ModelParameters, type OutletSums } from './demand-model.ts';

/** In base units a day. */
export type DemandRate = {
  /** rate × outlet × local */
  readonly mean: number;
  /** Sales a day at an average outlet. */
  readonly rate: number;
  /** The same at the other outlets; `undefined`: no other sells it, or had it for a day. */
  readonly others: number | undefined;
  /** How busy the outlet is; 1 is average. */
  readonly outlet: number;
  /** Sales here relative to rate × outlet. */
  readonly local: number;
  /** Evidence in units: prior weight plus own sales. */
  readonly known: number;
  /** Variance over mean, without the mean's own uncertainty. */
  readonly dispersion: number;
};

type DemandFactors = {
  rate(product: ProductId): number;
  outlet(outlet: StockLocationId): number;
  readonly dispersion: number;
};

const outletWeightOf = ([, sold, expected]: OutletSums, { weight }: ModelParameters): number =>
  (sold + weight.outlet) / (expected + weight.outlet);

/** Needs all outlets. */
export const outletScaleOf = (outlets: readonly OutletSums[], model: ModelParameters = MODEL_PARAMETERS): number => {
  let total = 0;
  for (const outlet of outlets) total += outletWeightOf(outlet, model);
  return total > 0 ? outlets.length / total : 1;
};

/** Unknown products and outlets get the average. */
export const demandFactorsOf = (
  paces: DemandModel,
  model: ModelParameters = MODEL_PARAMETERS,
  scale: number = outletScaleOf(paces.outlets, model),
): DemandFactors => {
  let sold = 0;
  let shelf = 0;
  for (const [, s, e] of paces.products) {
    sold += s;
    shelf += e;
  }
  const all = shelf > 0 ? sold / shelf : 0;
  const rates = new Map(
    paces.products.map(([product, s, e]) => [product, (s + model.weight.product * all) / (e + model.weight.product)]),
  );

  const outlets = new Map(paces.outlets.map((outlet) => [outlet[0], outletWeightOf(outlet, model) * scale]));

  const { squared, expected } = paces.misses;
  return {
    rate: (product) => rates.get(product) ?? all,
    outlet: (outlet) => outlets.get(outlet) ?? 1,
    dispersion: expected > 0 ? Math.max(1, squared / expected) : 1,
  };
};

/** Own sales over expectation, shrunk to 1. */
export const localFactorOf = (sold: number, expected: number, model: ModelParameters = MODEL_PARAMETERS): number =>
  (model.weight.local + sold) / (model.weight.local + expected);

/** With `scale`, one outlet's part of the model suffices. */
export const demandRateReader = (paces: DemandModel, model: ModelParameters = MODEL_PARAMETERS, scale?: number) => {
  const factors = demandFactorsOf(paces, model, scale);
  const cells = new Map(
    paces.cells.map(({ outlet, products }) => [outlet, new Map(products.map(([product, ...sums]) => [product, sums]))]),
  );
  const shelves = new Map(paces.products.map(([product, ...sums]) => [product, sums]));
  return (outlet: StockLocationId, product: ProductId): DemandRate => {
    const [sold, expected, ownSold, ownExposed] = cells.get(outlet)?.get(product) ?? [0, 0, 0, 0];
    const rate = factors.rate(product);
    const busier = factors.outlet(outlet);
    const local = localFactorOf(sold, expected, model);
    return {
      mean: rate * busier * local,
      rate,
      others: othersOf(shelves.get(product), [ownSold, ownExposed]),
      outlet: busier,
      local,
      known: model.weight.local + sold,
      dispersion: factors.dispersion,
    };
  };
};

type ShelfSums = readonly [sold: number, exposed: number];

const othersOf = (all: ShelfSums = [0, 0], own: ShelfSums): number | undefined => {
  const sold = all[0] - own[0];
  const exposed = all[1] - own[1];
  // Sums of many decays differ in their last bits.
  return exposed >= 1 && sold > 1e-6 ? sold / exposed : undefined;
};

export const demandRateOf = (
  paces: DemandModel,
  outlet: StockLocationId,
  product: ProductId,
  model: ModelParameters = MODEL_PARAMETERS,
): DemandRate => demandRateReader(paces, model)(outlet, product);
