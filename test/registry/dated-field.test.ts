import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { Day } from '../../shared/kernel/time.ts';
import {
  changeField,
  type DatedField,
  EffectiveFrom,
  earlierByDay,
  earlierByTime,
  valueOn,
} from '../../shared/registry/dated-field.ts';
import { days } from '../kit/arbitraries.ts';

const same = (one: string, other: string) => one === other;
const values = fc.constantFrom('6211', '6206', '6214');
const first: fc.Arbitrary<DatedField<string>> = values.map((value) => ({ value, from: undefined, earlier: [] }));
const changes = fc
  .array(fc.tuple(values, days), { maxLength: 8 })
  .map((all) => all.toSorted(([, one], [, other]) => (one < other ? -1 : 1)));
const entered = (value: string, from?: Day) => ({ value, from, earlier: [], isHistory: false });
const after = (start: DatedField<string>, all: readonly (readonly [string, Day])[]) =>
  all.reduce((stored, [value, today]) => changeField(entered(value), stored, today, same), start);

it('A value without a day holds from today, and every earlier day keeps its own.', () => {
  fc.assert(
    fc.property(first, changes, values, days, days, (start, all, value, later, day) => {
      const stored = after(start, all);
      const today = ['2100-01-01' as Day, later].toSorted().at(-1) as Day;
      const changed = changeField(entered(value), stored, today, same);
      expect(valueOn(changed, today)).toBe(value);
      if (day < today) expect(valueOn(changed, day)).toBe(valueOn(stored, day));
    }),
  );
});

it('Entering the same again on any later day changes nothing.', () => {
  fc.assert(
    fc.property(first, changes, days, (start, all, today) => {
      const stored = after(start, all);
      expect(changeField(entered(stored.value), stored, today, same)).toEqual(stored);
    }),
  );
});

it('What was read and is sent back with another value keeps every earlier day.', () => {
  fc.assert(
    fc.property(first, changes, values, days, (start, all, value, day) => {
      const stored = after(start, all);
      fc.pre(value !== stored.value);
      const today = '2100-01-01' as Day;
      const changed = changeField({ ...stored, value, isHistory: stored.earlier.length > 0 }, stored, today, same);
      expect(valueOn(changed, today)).toBe(value);
      if (day < today) expect(valueOn(changed, day)).toBe(valueOn(stored, day));
    }),
  );
});

it('Earlier values are in order of their starts, and only the first may have none.', () => {
  const [byDay, byTime] = [
    earlierByDay(z.strictObject({ from: Day.optional() })),
    earlierByTime(z.strictObject({ from: EffectiveFrom.optional() })),
  ];
  const accepts = (schema: z.ZodType, ...starts: (string | undefined)[]) =>
    schema.safeParse(starts.map((from) => ({ from }))).success;
  for (const schema of [byDay, byTime]) {
    expect(accepts(schema, undefined, '2026-11-20', '2026-11-22')).toBe(true);
    expect(accepts(schema, '2026-11-22', '2026-11-20')).toBe(false);
    expect(accepts(schema, '2026-11-22', '2026-11-22')).toBe(false);
    expect(accepts(schema, '2026-11-22', undefined)).toBe(false);
  }
  // A day begins at midnight in India, 18:30 UTC.
  expect(accepts(byTime, '2026-11-21T18:29:59.000Z', '2026-11-22', '2026-11-21T18:30:01.000Z')).toBe(true);
  expect(accepts(byTime, '2026-11-22', '2026-11-21T18:29:59.000Z')).toBe(false);
});
