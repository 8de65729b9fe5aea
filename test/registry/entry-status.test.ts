import { expect, it } from 'vitest';
import type { Day } from '../../shared/kernel/time.ts';
import { Instant } from '../../shared/kernel/time.ts';
import {
  backdatedEndProblems,
  endedEntries,
  isOpenAt,
  isOpenOn,
  withStatusHistory,
} from '../../shared/registry/entry-status.ts';

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
  expect(endedEntries(at('2026-11-21'), { location: [['LKO-01', ends]], items: [['A', {}]] })).toEqual([
    { role: 'location', problem: 'LKO-01 is closed from 2026-11-20' },
  ]);
});

it('A closed entry that opens again was closed between.', () => {
  const closed = withStatusHistory({ status: 'closed', statusFrom: day('2026-11-10') }, {}, at('2026-11-01'));
  const reopened = withStatusHistory({ status: 'open', statusFrom: day('2026-11-20') }, closed, at('2026-11-15'));
  const open = ['2026-11-09', '2026-11-10', '2026-11-19', '2026-11-20'].map((text) => isOpenOn(reopened, day(text)));
  expect(open).toEqual([true, false, false, true]);
});

it('A status without a time applies from now, and the same again changes nothing.', () => {
  const now = at('2026-11-10');
  const closed = withStatusHistory({ status: 'closed' }, {}, now);
  expect(closed).toEqual({ status: 'closed', statusFrom: now, earlierStatuses: [{ status: 'open' }] });
  expect(withStatusHistory({ status: 'closed' }, closed, at('2026-11-12'))).toEqual(closed);
  expect(withStatusHistory({ status: 'open' }, {}, at('2026-11-12'))).toEqual({});
});

it('An end from today applies from now: what was before on that day stays.', () => {
  const now = at('2026-11-10');
  const closed = withStatusHistory({ status: 'closed', statusFrom: day('2026-11-10') }, {}, now);
  expect(closed.statusFrom).toBe(now);
  expect([isOpenAt(closed, Instant.parse('2026-11-10T05:59:59.999Z')), isOpenAt(closed, now)]).toEqual([true, false]);
  expect([isOpenOn(closed, day('2026-11-09')), isOpenOn(closed, day('2026-11-10'))]).toEqual([true, false]);
  // Sent again by a form an hour later, it stays.
  expect(withStatusHistory({ ...closed }, closed, Instant.parse('2026-11-10T07:00:00.000Z'))).toEqual(closed);
});

it('An end before today is refused, unless the earlier statuses are corrected with it.', () => {
  const now = at('2026-11-10');
  const end = (from: string) => ({ status: 'closed', statusFrom: day(from) });
  const open = { status: 'open' };
  expect(backdatedEndProblems(end('2026-11-09'), open, now)).toMatchObject([{ path: 'statusFrom' }]);
  expect(backdatedEndProblems(end('2026-11-10'), open, now)).toEqual([]);
  expect(backdatedEndProblems({ status: 'open', statusFrom: day('2026-11-01') }, end('2026-11-12'), now)).toEqual([]);
  expect(backdatedEndProblems(end('2026-11-09'), end('2026-11-09'), now)).toEqual([]);
  expect(backdatedEndProblems(end('2026-11-09'), undefined, now)).toEqual([]);
  const corrected = { ...end('2026-11-09'), earlierStatuses: [open] };
  expect(backdatedEndProblems(corrected, open, now)).toEqual([]);
  expect(backdatedEndProblems(corrected, { ...open, earlierStatuses: [open] }, now)).toHaveLength(1);
});
