import type { ProducerId, StockLocationId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { AlertSource } from '../exception-alert.ts';

type PinLocks = {
  readonly locks: number;
  readonly lockedUntil: Instant;
  readonly lockedAt: readonly StockLocationId[];
  readonly changes: number;
};

/** Wrong PINs at a depot locked a producer's PIN: someone guesses, or the producer forgot it. The right PIN or a new one settles it. */
export const pinLockedSource = (
  location: StockLocationId,
  producer: ProducerId,
  { locks, lockedUntil, lockedAt, changes }: PinLocks,
): AlertSource => ({
  ...{ location, type: 'pin', about: producer, sourceVersion: changes },
  figures: { locks, until: lockedUntil },
  cause: locks > 0 && lockedAt.includes(location),
});
