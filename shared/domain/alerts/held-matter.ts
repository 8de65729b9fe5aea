import type { Held } from '../vouchers/held.ts';
import type { Seen } from './matter.ts';

/** As long as nobody has settled it, an officer is to know of it. */
export const heldMatter = ({ location, held, version, number, heldAt, problem, state }: Held): Seen => ({
  ...{ location, type: 'held', about: held, sourceVersion: version },
  figures: { number, heldAt, problem, state },
  cause: state === 'held',
});
