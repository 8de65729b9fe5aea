/**
 * One claim on what is short. `weight` is the verified entitlement, at least 1, never what was asked; `order` breaks ties and must not
 * depend on what was asked. Whole base units.
 */
export type RationingDemand = {
  readonly id: string;
  readonly asked: number;
  readonly weight: number;
  readonly order: string;
};

/**
 * Shares a stock among claims by the weighted uniform rule: max-min fair in whole units. Sharing in proportion to what was asked pays
 * those who inflate (Cachon and Lariviere 1999); under this rule nobody gains by a lie (Sprumont 1991). Whoever asks less than their
 * weighted share is served whole, and frees the rest for the others; these get the floor of their share, and the last units go one each
 * to the smallest (share + 1) / weight. A stock below zero is none; of one order, the id decides.
 */
export const ration = (stock: number, claims: readonly RationingDemand[]): Map<string, number> => {
  const modest = claims.toSorted(
    (a, b) => compareFractions(a.asked, a.weight, b.asked, b.weight) || compareOrder(a, b),
  );
  let left = BigInt(Math.max(0, stock));
  let weight = claims.reduce((sum, claim) => sum + BigInt(claim.weight), 0n);
  const shares = new Map<string, number>();

  let served = 0;
  for (const claim of modest) {
    if (BigInt(claim.asked) * weight > left * BigInt(claim.weight)) break;
    shares.set(claim.id, claim.asked);
    left -= BigInt(claim.asked);
    weight -= BigInt(claim.weight);
    served++;
  }

  const rest = modest.slice(served).map((claim) => ({ claim, share: Number((left * BigInt(claim.weight)) / weight) }));
  const last = Number(left) - rest.reduce((sum, { share }) => sum + share, 0);
  const lucky = rest
    .toSorted(
      (a, b) =>
        compareFractions(a.share + 1, a.claim.weight, b.share + 1, b.claim.weight) || compareOrder(a.claim, b.claim),
    )
    .slice(0, Math.max(0, last));
  for (const { claim, share } of rest) shares.set(claim.id, share);
  for (const { claim, share } of lucky) shares.set(claim.id, share + 1);
  return shares;
};

/** a/b against c/d, exactly: the products are beyond what a double holds. */
const compareFractions = (a: number, b: number, c: number, d: number): number => {
  const [left, right] = [BigInt(a) * BigInt(d), BigInt(c) * BigInt(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

const compareOrder = (a: RationingDemand, b: RationingDemand): number => {
  const [left, right] = a.order === b.order ? [a.id, b.id] : [a.order, b.order];
  return left < right ? -1 : 1;
};
