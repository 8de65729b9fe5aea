import type { LocationId } from '../../kernel/ids.ts';
import { addDays, type Day, dayOf, type Instant } from '../../kernel/time.ts';
import type { Seen } from '../exception-alert.ts';

const DAY = 24 * 3_600_000;

/**
 * An outlet of which the book has nothing for a whole day: its phones are broken, or nobody sells. The day of its last voucher is what that comes from: it only
 * ever goes forward.
 */
export const silentMatter = (location: LocationId, lastDay: Day, now: Instant): Seen => ({
  ...{ location, type: 'silent', about: location, sourceVersion: Date.parse(lastDay) / DAY },
  figures: { lastDay },
  cause: lastDay < addDays(dayOf(now), -1),
});
