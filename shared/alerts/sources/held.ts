import type { LocationId } from '../../kernel/ids.ts';
import type { HeldVoucher } from '../../ledger/held.ts';
import type { AlertSource } from '../exception-alert.ts';

/** As long as nobody has settled it, an officer is to know of it: `at` its own location, or at another that it concerns. */
export const heldSource = (
  { location, held, version, number, heldAt, problem, state }: HeldVoucher,
  at: LocationId = location,
): AlertSource => ({
  ...{ location: at, type: 'held', about: held, sourceVersion: version },
  figures: { number, heldAt, problem, state },
  cause: state === 'held',
});
