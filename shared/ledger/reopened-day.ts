import { type Day, dayOf, type Instant } from '../kernel/time.ts';
import { partsOf } from '../kernel/voucher-number.ts';
import { sequenceOf, timeOfSequence } from '../kernel/voucher-sequence.ts';
import type { Voucher } from './voucher.ts';

/**
 * The day that a late voucher reopens: the earlier of its number's day and the day on which it
 * happened.
 */
export const reopenedDayOf = (
  { number, claim, admission }: Pick<Voucher, 'number' | 'claim' | 'admission'>,
  now: Instant,
): Day | undefined => {
  const happened = dayOf(timeOfSequence(sequenceOf({ number, claim, admission })));
  const { day } = partsOf(number);
  const earlier = happened < day ? happened : day;
  return earlier < dayOf(now) ? earlier : undefined;
};
