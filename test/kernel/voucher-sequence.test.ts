import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../shared/kernel/time.ts';
import { correctedTime, sequenceOf, VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { instants, numbers } from '../kit/arbitraries.ts';

const now = '2026-11-22T05:00:00.000Z' as Instant;
const number = VoucherNumber.parse('7KQ2MS2611220007');

describe('Corrected times of a device', () => {
  it.each([
    ['slow', '2026-11-22T04:57:00.000Z', 180_000],
    ['fast', '2026-11-22T05:03:00.000Z', -180_000],
    ['right', now, 0],
  ])('The time is corrected by the skew of a device that is %s.', (_says, shown, skew) => {
    expect(correctedTime(shown as Instant, skew)).toBe(now);
  });

  it('The time is believed where nobody measured.', () => {
    expect(sequenceOf({ number, claim: { occurredAt: now }, admission: {} })).toBe(`${now}#${number}`);
  });
});

const day = 86_400_000;
const placed = fc
  .record({
    number: numbers,
    occurredAt: instants,
    skew: fc.option(fc.integer({ min: -day, max: day }), { nil: undefined }),
  })
  .map(({ occurredAt, skew, ...rest }) => ({ ...rest, claim: { occurredAt }, admission: { skew } }));

describe('Voucher sequence', () => {
  const truly = ({ claim, admission }: { claim: { occurredAt: Instant }; admission: { skew: number | undefined } }) =>
    Date.parse(claim.occurredAt) + (admission.skew ?? 0);

  it('It sorts as text by corrected time, then by number.', () => {
    fc.assert(
      fc.property(placed, placed, fc.boolean(), (one, another, isSameTime) => {
        const other = isSameTime ? { ...another, claim: one.claim, admission: one.admission } : another;
        const byTime = truly(one) - truly(other);
        const expected = byTime !== 0 ? byTime < 0 : one.number < other.number;
        expect(sequenceOf(one) < sequenceOf(other)).toBe(expected);
      }),
    );
  });

  it('It does not depend on the clock of the device.', () => {
    fc.assert(
      fc.property(placed, fc.integer({ min: -day, max: day }), (one, off) => {
        const occurredAt = new Date(truly(one) - off).toISOString() as Instant;
        expect(sequenceOf({ ...one, claim: { occurredAt }, admission: { skew: off } })).toBe(sequenceOf(one));
      }),
    );
  });
});
