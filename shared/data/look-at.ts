import { heldMatter } from '../domain/alerts/held-matter.ts';
import type { Matter, MatterKey, Seen } from '../domain/alerts/matter.ts';
import type { HeldStore } from './held-store.ts';
import type { Look } from './judge-matter.ts';

type Stores = { readonly held: HeldStore };

type Looks = {
  readonly [Type in Matter['type']]: (key: MatterKey<Extract<Matter, { type: Type }>>) => Promise<Seen | undefined>;
};

/** Where each matter comes from. */
export const lookAt = ({ held }: Stores): Look => {
  const looks: Looks = {
    held: async ({ location, about }) => {
      const found = await held.find(location, about);
      return found && heldMatter(found);
    },
  };
  return (key) => looks[key.type](key as never);
};
