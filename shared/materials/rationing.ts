/**
 * One producer's demand in whole base units. `weight`: the verified entitlement, at least 1.
 * `order` breaks ties. Neither may depend on the quantity asked.
 */
export type RationingDemand = {
  readonly id: string;
  readonly requested: number;
  readonly weight: number;
  readonly order: string;
};

/**
 * Weighted uniform rule, max-min fair in whole units. Nobody gains by asking for more than they
 * need (Sprumont 1991), unlike under proportional shares (Cachon and Lariviere 1999). Demands below
 * their weighted share are served whole, the others get its floor; the last units go one each to
 * the smallest (share + 1) / weight. Negative stock counts as none.
 */
export const ration = (stock: number, demands: readonly RationingDemand[]): Map<string, number> => {
  const sorted = demands.toSorted(
    (a, b) => compareFractions(a.requested, a.weight, b.requested, b.weight) || compareOrder(a, b),
  );
  let left = BigInt(Math.max(0, stock));
  let weight = demands.reduce((sum, demand) => sum + BigInt(demand.weight), 0n);
  const shares = new Map<string, number>();

  let servedCount = 0;
  for (const demand of sorted) {
    if (BigInt(demand.requested) * weight > left * BigInt(demand.weight)) break;
    shares.set(demand.id, demand.requested);
    left -= BigInt(demand.requested);
    weight -= BigInt(demand.weight);
    servedCount++;
  }

  const rationed = sorted
    .slice(servedCount)
    .map((demand) => ({ demand, share: Number((left * BigInt(demand.weight)) / weight) }));
  const spare = Number(left) - rationed.reduce((sum, { share }) => sum + share, 0);
  const roundedUp = rationed
    .toSorted(
      (a, b) =>
        compareFractions(a.share + 1, a.demand.weight, b.share + 1, b.demand.weight) ||
        compareOrder(a.demand, b.demand),
    )
    .slice(0, Math.max(0, spare));
  for (const { demand, share } of rationed) shares.set(demand.id, share);
  for (const { demand, share } of roundedUp) shares.set(demand.id, share + 1);
  return shares;
};

/** Exact: the products exceed a double. */
const compareFractions = (a: number, b: number, c: number, d: number): number => {
  const left = BigInt(a) * BigInt(d);
  const right = BigInt(c) * BigInt(b);
  return left < right ? -1 : left > right ? 1 : 0;
};

const compareOrder = (a: RationingDemand, b: RationingDemand): number => {
  const [left, right] = a.order === b.order ? [a.id, b.id] : [a.order, b.order];
  return left < right ? -1 : 1;
};
