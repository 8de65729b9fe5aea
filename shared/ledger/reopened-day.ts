import { type Day, dayOf, type Instant } from '../kernel/time.ts';
import { partsOf } from '../kernel/voucher-number.ts';
import { sequenceOf, timeOfSequence } from '../kernel/voucher-sequence.ts';
import type { Voucher } from './voucher.ts';

/** The day that a voucher reopens, if that has ended: its number's, or that on which it happened, whichever is earlier. */
export const reopenedDayOf = (
  { number, claim, admission }: Pick<Voucher, 'number' | 'claim' | 'admission'>,
  now: Instant,
): Day | undefined => {
  const happened = dayOf(timeOfSequence(sequenceOf({ number, claim, admission })));
  const { day } = partsOf(number);
  const earlier = happened < day ? happened : day;
  return earlier < dayOf(now) ? earlier : undefined;
};
