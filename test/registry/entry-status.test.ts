import { expect, it } from 'vitest';
import type { Day } from '../../shared/kernel/time.ts';
import { Instant } from '../../shared/kernel/time.ts';
import { endedEntries, isOpenOn, withStatusHistory } from '../../shared/registry/entry-status.ts';

const day = (text: string) => text as Day;
const at = (text: string) => Instant.parse(`${text}T06:00:00.000Z`);

it('An entry without a status is open on every day.', () => {
  expect(isOpenOn({}, day('1999-01-01'))).toBe(true);
});

it('An entry begins and ends on the day that it says.', () => {
  const begins = { status: 'open', statusFrom: day('2026-11-20') };
  const ends = { status: 'closed', statusFrom: day('2026-11-20') };
  expect([isOpenOn(begins, day('2026-11-19')), isOpenOn(begins, day('2026-11-20'))]).toEqual([false, true]);
  expect([isOpenOn(ends, day('2026-11-19')), isOpenOn(ends, day('2026-11-20'))]).toEqual([true, false]);
  expect(endedEntries(day('2026-11-21'), { location: [['LKO-01', ends]], items: [['A', {}]] })).toEqual([
    { role: 'location', problem: 'LKO-01 is closed from 2026-11-20' },
  ]);
});

it('A closed entry that opens again was closed between.', () => {
  const closed = withStatusHistory({ status: 'closed', statusFrom: day('2026-11-10') }, {}, at('2026-11-01'));
  const reopened = withStatusHistory({ status: 'open', statusFrom: day('2026-11-20') }, closed, at('2026-11-15'));
  const open = ['2026-11-09', '2026-11-10', '2026-11-19', '2026-11-20'].map((text) => isOpenOn(reopened, day(text)));
  expect(open).toEqual([true, false, false, true]);
});

it('A status without a day applies from today, and the same again changes nothing.', () => {
  const closed = withStatusHistory({ status: 'closed' }, {}, at('2026-11-10'));
  expect(closed).toEqual({ status: 'closed', statusFrom: '2026-11-10', earlierStatuses: [{ status: 'open' }] });
  expect(withStatusHistory({ status: 'closed' }, closed, at('2026-11-12'))).toEqual(closed);
  expect(withStatusHistory({ status: 'open' }, {}, at('2026-11-12'))).toEqual({});
});
