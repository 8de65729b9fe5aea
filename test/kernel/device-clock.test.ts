import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  betterMeasurement,
  type ClockMeasurement,
  deviceClockAt,
  measureClock,
  nextVoucherTime,
} from '../../shared/kernel/device-clock.ts';

const NOON = Date.parse('2026-11-22T06:30:00Z');
const [SECOND, DAY] = [1_000, 86_400_000];

/**
 * A time exchange seen by a phone that is `behind`. `there`, `work`, `back`: milliseconds of each
 * part.
 */
const exchange = (behind: number, { there, work, back }: { there: number; work: number; back: number }) => ({
  sentAt: NOON - behind,
  serverReceivedAt: NOON + there,
  serverSentAt: NOON + there + work,
  receivedAt: NOON + there + work + back - behind,
});

const spans = fc.record({ there: fc.nat(60_000), work: fc.nat(30_000), back: fc.nat(60_000) });
const offsets = fc.integer({ min: -DAY, max: DAY });

describe('Clock exchange', () => {
  it('Its error is within its stated bound, however slow link or server were.', () => {
    fc.assert(
      fc.property(offsets, spans, (behind, took) => {
        const measured = measureClock(exchange(behind, took)) as ClockMeasurement;
        expect(Math.abs(measured.skew - behind)).toBeLessThanOrEqual(measured.within);
        expect(measured.within).toBe(Math.ceil((took.there + took.back) / 2) + 1);
      }),
    );
  });

  it('It gives no result if a clock was set meanwhile or an instant is invalid.', () => {
    const good = exchange(0, { there: 50, work: 10, back: 50 });
    expect(measureClock({ ...good, receivedAt: good.sentAt - SECOND })).toBeUndefined();
    expect(measureClock({ ...good, receivedAt: good.sentAt + 5 })).toBeUndefined();
    expect(measureClock({ ...good, serverSentAt: good.serverReceivedAt - 1 })).toBeUndefined();
    expect(measureClock({ ...good, serverSentAt: Number.NaN })).toBeUndefined();
  });
});

const measured = (skew: number, within: number, at = NOON): ClockMeasurement =>
  ({ skew, within, at }) as ClockMeasurement;

describe('Which of two measurements a phone keeps', () => {
  it.each([
    ['the only one', undefined, measured(5, 9), 'newer'],
    ['the narrower, if that is the newer', measured(40, 900), measured(0, 50, NOON + SECOND), 'newer'],
    ['the narrower, if that is the older', measured(40, 50), measured(300, 900, NOON + SECOND), 'known'],
    ['the newer, once drift has made the older the wider', measured(40, 50), measured(300, 900, NOON + DAY), 'newer'],
    ['the newer, if both cannot be true: the clock was set', measured(0, 5), measured(9_000, 90, NOON), 'newer'],
  ] as const)('%s', (_says, known, newer, expected) => {
    expect(betterMeasurement(known, newer)).toBe(expected === 'newer' ? newer : known);
  });
});

describe('What a phone writes beside a voucher', () => {
  it('It is the measurement, whose bound grows by 8.64 seconds a day.', () => {
    expect(deviceClockAt(undefined, NOON)).toBeUndefined();
    expect(deviceClockAt(measured(40, 50), NOON)).toEqual({ skew: 40, within: 50 });
    expect(deviceClockAt(measured(40, 50), NOON + 30 * DAY)).toEqual({ skew: 40, within: 50 + 30 * 8_640 });
  });

  it('Own vouchers keep their order when a narrower measurement moves times back.', () => {
    const at = NOON + SECOND;
    expect(deviceClockAt(measured(-2_000, 1_500, at), at, NOON)).toEqual({ skew: -999, within: 2_501 });
    expect(deviceClockAt(measured(500, 1_500, at), at, NOON)).toEqual({ skew: 500, within: 1_500 });
  });

  it('A clock set back by more than the measurements allow is followed.', () => {
    expect(deviceClockAt(measured(0, 50), NOON, NOON + DAY)).toEqual({ skew: 0, within: 50 });
  });
});

describe('Times of vouchers', () => {
  it('A phone never draws one twice, measured or not, even if its clock steps back a little.', () => {
    const clocks = fc.option(fc.record({ skew: offsets, within: fc.nat(500) }), { nil: undefined });
    const steps = fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(clocks, fc.array(steps, { minLength: 1, maxLength: 5 }), (clock, bursts) => {
        let [now, latest, after] = [NOON, undefined as number | undefined, undefined as number | undefined];
        const corrected: number[] = [];
        for (const burst of bursts) {
          now += 1_000;
          for (const step of burst) {
            const at = nextVoucherTime(now + step, latest);
            const stamped = deviceClockAt(clock && measured(clock.skew, clock.within), at, after);
            latest = at;
            after = at + (stamped?.skew ?? 0);
            corrected.push(after);
          }
        }
        expect(corrected.toSorted((one, next) => one - next)).toEqual([...new Set(corrected)]);
      }),
    );
  });
});
