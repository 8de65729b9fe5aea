/** A linear congruential generator (Numerical Recipes). */
export type DemoRandom = { next(): number; below(limit: number): number };

export const randomFrom = (seed: number): DemoRandom => {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return { next, below: (limit) => Math.floor(next() * limit) };
};
