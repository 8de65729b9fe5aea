import type { Place } from '../../kernel/ids.ts';
import type { Held } from '../../ledger/held.ts';
import type { Seen } from '../exception-alert.ts';

/** As long as nobody has settled it, an officer is to know of it: `at` its own location, or at another that it concerns. */
export const heldMatter = (
  { location, held, version, number, heldAt, problem, state }: Held,
  at: Place = location,
): Seen => ({
  ...{ location: at, type: 'held', about: held, sourceVersion: version },
  figures: { number, heldAt, problem, state },
  cause: state === 'held',
});
