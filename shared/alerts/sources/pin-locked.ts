import * as z from 'zod';
import { ProducerId, type StockLocationId } from '../../kernel/ids.ts';
import { Instant } from '../../kernel/time.ts';
import { exceptionSource, type StateOf, usualSeverity } from '../alert-source.ts';

/** `locks`: since the last right PIN. `until`: end of the last lock. */
const PinEvidence = z.strictObject({ locks: z.int().min(0), until: Instant });

/** The right PIN or a new PIN resolves it. */
export const pin = exceptionSource({
  type: 'pin',
  about: ProducerId,
  evidence: PinEvidence,
  severity: usualSeverity('district'),
  smsText: { en: 'PIN locked', hi: 'PIN बंद' },
  render: ({ location, about, figures: { locks } }) => ({
    en: `Wrong tries at ${location} have locked the PIN of producer ${about}${locks > 1 ? `, ${locks} times in a row` : ''}: find out who tried, and set a new PIN.`,
    hi: `${location} पर ग़लत कोशिशों से कारीगर ${about} का PIN ${locks > 1 ? `लगातार ${locks} बार ` : ''}बंद हुआ: पता करें किसने कोशिश की, और नया PIN दें।`,
  }),
});

type PinLocks = {
  readonly locks: number;
  readonly lockedUntil: Instant;
  readonly lockedAt: readonly StockLocationId[];
  readonly changes: number;
};

export const pinState = (
  location: StockLocationId,
  producer: ProducerId,
  { locks, lockedUntil, lockedAt, changes }: PinLocks,
): StateOf<typeof pin> => ({
  location,
  type: 'pin',
  about: producer,
  sourceVersion: changes,
  figures: { locks, until: lockedUntil },
  isActive: locks > 0 && lockedAt.includes(location),
});
