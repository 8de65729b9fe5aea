import type { StockLocationId } from '../../kernel/ids.ts';
import { addDays, type Day, dayOf, type Instant } from '../../kernel/time.ts';
import type { AlertSource } from '../exception-alert.ts';

const MILLISECONDS_PER_DAY = 24 * 3_600_000;

/**
 * An outlet of which the book has nothing for a whole day: its phones are broken, or nobody sells. The day of its last voucher is what that comes from: it only
 * ever goes forward.
 */
export const silentOutletSource = (location: StockLocationId, lastDay: Day, now: Instant): AlertSource => ({
  ...{ location, type: 'silent', about: location, sourceVersion: Date.parse(lastDay) / MILLISECONDS_PER_DAY },
  figures: { lastDay },
  cause: lastDay < addDays(dayOf(now), -1),
});
