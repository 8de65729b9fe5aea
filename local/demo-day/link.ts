import type { Random } from './random.ts';

export type Link = { readonly fetch: typeof fetch; readonly lost: () => number };

/** A link that drops: some requests never arrive, and of some that did, the answer is lost. */
export const badLink = (random: Random): Link => {
  let lost = 0;
  const drop = (): never => {
    lost++;
    throw new TypeError('the link dropped');
  };
  return {
    fetch: async (...sent) => {
      const luck = random.next();
      if (luck < 0.03) return drop();
      const response = await fetch(...sent);
      if (luck > 0.94) {
        await response.arrayBuffer();
        return drop();
      }
      return response;
    },
    lost: () => lost,
  };
};
