import type { LocationId, ProducerId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Seen } from '../exception-alert.ts';

type PinLocks = {
  readonly locks: number;
  readonly lockedUntil: Instant;
  readonly lockedAt: readonly LocationId[];
  readonly changes: number;
};

/** Wrong PINs at a depot locked a producer's PIN: someone guesses, or the producer forgot it. The right PIN or a new one settles it. */
export const pinMatter = (
  location: LocationId,
  producer: ProducerId,
  { locks, lockedUntil, lockedAt, changes }: PinLocks,
): Seen => ({
  ...{ location, type: 'pin', about: producer, sourceVersion: changes },
  figures: { locks, until: lockedUntil },
  cause: locks > 0 && lockedAt.includes(location),
});
