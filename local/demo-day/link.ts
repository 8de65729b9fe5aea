import type { DemoRandom } from './random.ts';

export type FlakyLink = { readonly fetch: typeof fetch; readonly lost: () => number };

export const flakyLink = (random: DemoRandom): FlakyLink => {
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
