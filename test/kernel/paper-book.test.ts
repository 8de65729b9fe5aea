import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endOfDay, paperSkew } from '../../shared/kernel/device-clock.ts';
import { dayOf, type Instant } from '../../shared/kernel/time.ts';
import { correctedTime } from '../../shared/kernel/voucher-number.ts';
import { days, instants } from '../kit/arbitraries.ts';

it('A bare day is its last moment in IST, a millisecond before the next day.', () => {
  fc.assert(
    fc.property(days, (day) => {
      const moment = endOfDay(day);
      expect(dayOf(moment)).toBe(day);
      expect(dayOf(new Date(Date.parse(moment) + 1).toISOString() as Instant) > day).toBe(true);
    }),
  );
});

it('A bill stands at the end of its day, or at its sync on that day; a future day stays ahead.', () => {
  fc.assert(
    fc.property(fc.oneof(days, instants.map(dayOf)), instants, (day, brought) => {
      const moment = endOfDay(day);
      const stands = correctedTime(moment, paperSkew(moment, brought));
      expect(stands).toBe(day === dayOf(brought) ? brought : moment);
      const today = endOfDay(dayOf(brought));
      expect(correctedTime(today, paperSkew(today, brought))).toBe(brought);
    }),
  );
});

it('A written time is believed.', () => {
  fc.assert(
    fc.property(instants, instants, (occurredAt, brought) => {
      fc.pre(occurredAt !== endOfDay(dayOf(occurredAt)));
      expect(paperSkew(occurredAt, brought)).toBe(0);
    }),
  );
});
