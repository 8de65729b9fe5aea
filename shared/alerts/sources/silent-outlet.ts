import * as z from 'zod';
import { StockLocationId } from '../../kernel/ids.ts';
import { addDays, Day, dayOf, formatDate, type Instant } from '../../kernel/time.ts';
import { exceptionSource, type StateOf, usualSeverity } from '../alert-source.ts';

const SilentEvidence = z.strictObject({ lastDay: Day });

/** A whole day without a voucher. */
export const silent = exceptionSource({
  type: 'silent',
  about: StockLocationId,
  evidence: SilentEvidence,
  severity: usualSeverity('district'),
  smsText: { en: 'nothing recorded', hi: 'कुछ दर्ज नहीं' },
  render: ({ location, figures: { lastDay } }) => ({
    en: `Nothing has been recorded at ${location} since ${formatDate('en-IN', lastDay)}: ask whether it is open, and let its phones send what they have.`,
    hi: `${location} पर ${formatDate('hi-IN', lastDay)} के बाद कुछ दर्ज नहीं हुआ: पूछें कि दुकान खुली है या नहीं, और फ़ोन में जो है वह भिजवाएँ।`,
  }),
});

const MILLISECONDS_PER_DAY = 24 * 3_600_000;

/** The version is the last day's number, because it only grows. */
export const silentState = (location: StockLocationId, lastDay: Day, now: Instant): StateOf<typeof silent> => ({
  location,
  type: 'silent',
  about: location,
  sourceVersion: Date.parse(lastDay) / MILLISECONDS_PER_DAY,
  figures: { lastDay },
  isActive: lastDay < addDays(dayOf(now), -1),
});
