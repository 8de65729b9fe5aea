/**
 * One producer's demand in whole base units. `weight`: the verified entitlement, at least 1.
 * `order` breaks ties. Neither may depend on the quantity asked.
 */
export type RationingDemand = {
  readonly id: string;
  readonly asked: number;
  readonly weight: number;
  readonly order: string;
};

/**
 * Weighted uniform rule, max-min fair in whole units. Nobody gains by asking for more than they
 * need (Sprumont 1991), unlike under proportional shares (Cachon and Lariviere 1999). Claims below
 * their weighted share are served whole, the others get its floor; the last units go one each to
 * the smallest (share + 1) / weight. Negative stock counts as none.
 */
export const ration = (stock: number, claims: readonly RationingDemand[]): Map<string, number> => {
  const sorted = claims.toSorted(
    (a, b) => compareFractions(a.asked, a.weight, b.asked, b.weight) || compareOrder(a, b),
  );
  let left = BigInt(Math.max(0, stock));
  let weight = claims.reduce((sum, claim) => sum + BigInt(claim.weight), 0n);
  const shares = new Map<string, number>();

  let servedCount = 0;
  for (const claim of sorted) {
    if (BigInt(claim.asked) * weight > left * BigInt(claim.weight)) break;
    shares.set(claim.id, claim.asked);
    left -= BigInt(claim.asked);
    weight -= BigInt(claim.weight);
    servedCount++;
  }

  const rest = sorted
    .slice(servedCount)
    .map((claim) => ({ claim, share: Number((left * BigInt(claim.weight)) / weight) }));
  const spare = Number(left) - rest.reduce((sum, { share }) => sum + share, 0);
  const withSpare = rest
    .toSorted(
      (a, b) =>
        compareFractions(a.share + 1, a.claim.weight, b.share + 1, b.claim.weight) || compareOrder(a.claim, b.claim),
    )
    .slice(0, Math.max(0, spare));
  for (const { claim, share } of rest) shares.set(claim.id, share);
  for (const { claim, share } of withSpare) shares.set(claim.id, share + 1);
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
