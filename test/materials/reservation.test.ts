import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Day, dayOf, type Instant, instantOf, millisecondsOf } from '../../shared/kernel/time.ts';
import { MaterialRequest, REQUEST_STATES } from '../../shared/materials/material-request.ts';
import { collectionDeadlineOf, isTooLate, isUncollected, isUnconfirmed } from '../../shared/materials/reservation.ts';
import { instants } from '../kit/arbitraries.ts';

const DAY = 24 * 3_600_000;
const SINCE = '2026-11-22T05:00:00.000Z' as Instant;

describe('Reservations wait 7 days', () => {
  it.each<[string, number[], History]>([
    ['approved', [9, 0], [['approve', SINCE]]],
    ['approved', [4, 0], [['allocate', SINCE]]],
    [
      'approved',
      [4, 0],
      [
        ['approve', SINCE],
        ['reduce', later(3)],
      ],
    ],
    [
      'approved',
      [4, 0],
      [
        ['approve', later(-30)],
        ['requeue', later(-20)],
        ['wait', later(-2)],
        ['allocate', SINCE],
      ],
    ],
    [
      'issued',
      [9, 4],
      [
        ['approve', later(-6)],
        ['issue', SINCE],
      ],
    ],
    [
      'issued',
      [9, 4],
      [
        ['approve', later(-9)],
        ['issue', later(-5)],
        ['issue', SINCE],
      ],
    ],
    [
      'received',
      [9, 4],
      [
        ['approve', later(-6)],
        ['issue', SINCE],
        ['confirm', later(6)],
      ],
    ],
  ])('%s, %j, %j', (state, amounts, history) => {
    const held = request(state, amounts, ...history);
    expect([later(0), later(7, -1), later(7), later(70)].map((now) => isUncollected(held, now))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it.each<[string, number[], History]>([
    ['submitted', [0, 0], []],
    [
      'issued',
      [9, 9],
      [
        ['approve', SINCE],
        ['issue', SINCE],
      ],
    ],
    [
      'received',
      [4, 4],
      [
        ['approve', SINCE],
        ['issue', SINCE],
        ['confirm', SINCE],
      ],
    ],
    [
      'lapsed',
      [0, 0],
      [
        ['approve', SINCE],
        ['lapse', later(7)],
      ],
    ],
    [
      'cancelled',
      [0, 0],
      [
        ['approve', SINCE],
        ['cancel', SINCE],
      ],
    ],
    [
      'submitted',
      [0, 0],
      [
        ['approve', SINCE],
        ['requeue', SINCE],
      ],
    ],
  ])('Without a reservation nothing waits: %s, %j, %j', (state, amounts, history) => {
    expect(isUncollected(request(state, amounts, ...history), later(99))).toBe(false);
  });
});

describe('Issues should be confirmed in 14 days', () => {
  const stands = (state: string, ...history: History) =>
    [later(0), later(14, -1), later(14), later(99)].map((now) =>
      isUnconfirmed(request(state, [9, 4], ...history), now),
    );
  const [no, yes] = [
    [false, false, false, false],
    [false, false, true, true],
  ];

  it.each<[string, History]>([
    ['once', [['issue', SINCE]]],
    [
      'and the rest lapsed',
      [
        ['issue', SINCE],
        ['lapse', later(7)],
      ],
    ],
    [
      'and some was lost, or came back',
      [
        ['issue', SINCE],
        ['reduce', later(3)],
        ['takeBack', later(9)],
      ],
    ],
    [
      'and more of it again and again, which makes the first no younger',
      [
        ['issue', SINCE],
        ['issue', later(3)],
        ['issue', later(13)],
      ],
    ],
    [
      'after an earlier part was confirmed: that counts no more',
      [
        ['issue', later(-24)],
        ['confirm', later(-20)],
        ['issue', SINCE],
      ],
    ],
    [
      'more than once since, after two were confirmed',
      [
        ['issue', later(-24)],
        ['confirm', later(-20)],
        ['issue', later(-19)],
        ['confirm', later(-3)],
        ['issue', SINCE],
        ['issue', later(10)],
      ],
    ],
  ])('The time starts at the first unconfirmed issue: issued %s.', (_how, history) => {
    expect(stands('issued', ['approve', later(-30)], ...history)).toEqual(yes);
  });

  it('Fully confirmed, or without an issue, nothing is due.', () => {
    expect(stands('received', ['issue', SINCE], ['confirm', later(1)])).toEqual(no);
    expect(stands('approved', ['approve', SINCE])).toEqual(no);
  });

  it('In any order, the time starts at the first issue after the last confirmation.', () => {
    const moves = fc.array(fc.record({ confirms: fc.boolean(), after: fc.nat(20) }), { maxLength: 8 });
    fc.assert(
      fc.property(moves, (all) => {
        let [day, since, issued] = [0, undefined as number | undefined, false];
        const history: [string, Instant][] = [];
        for (const { confirms, after } of all) {
          // Only what was issued since can be confirmed.
          if (confirms && !issued) continue;
          day += after;
          history.push([confirms ? 'confirm' : 'issue', later(day)]);
          since = confirms ? undefined : (since ?? day);
          issued = !confirms;
        }
        if (!issued || since === undefined) return;
        const held = request('issued', [9, 4], ...history);
        expect([later(since + 14, -1), later(since + 14)].map((now) => isUnconfirmed(held, now))).toEqual([
          false,
          true,
        ]);
      }),
    );
  });
});

describe('Waiting requests that are too late', () => {
  const waits = (more: object) =>
    MaterialRequest.parse({ ...request('submitted', [0, 0]), neededBy: '2026-12-01', ...more });
  const lateOn = (found: MaterialRequest, ...days: string[]) => days.map((day) => isTooLate(found, Day.parse(day)));

  it('A request is too late after its needed-by day, not on it.', () => {
    expect(lateOn(waits({}), '2026-11-22', '2026-12-01', '2026-12-02', '2027-04-01')).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('A request is too late after its season, though it was needed later.', () => {
    const found = waits({ neededBy: '2027-06-30' });
    expect(lateOn(found, '2027-03-31', '2027-04-01', '2027-06-30')).toEqual([false, true, true]);
    expect(lateOn(waits({ neededBy: '2027-06-30', season: '2027-28' }), '2027-03-31', '2027-04-01')).toEqual([
      false,
      false,
    ]);
  });

  it.each(REQUEST_STATES.filter((state) => state !== 'submitted'))('A request that is %s is not too late.', (state) => {
    expect(lateOn(waits({ state }), '2026-12-02', '2027-04-01')).toEqual([false, false]);
  });
});

describe('Last day to collect', () => {
  it.each([
    ['2026-11-23', '2026-11-29'],
    ['2026-12-28', '2027-01-03'],
    ['2028-02-25', '2028-03-02'],
  ])('A reservation of %s can be collected until %s.', (day, by) => {
    expect(collectionDeadlineOf(Day.parse(day))).toBe(by);
  });

  it('It is the last day with the goods there until midnight, at whatever hour they were reserved.', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 30 * 60 }), (at, minutes) => {
        const held = request('approved', [9, 0], ['allocate', at]);
        const now = instantOf(millisecondsOf(at) + minutes * 6 * 60_000);
        if (dayOf(now) <= collectionDeadlineOf(dayOf(at))) expect(isUncollected(held, now)).toBe(false);
        const dayAfter = instantOf(Date.parse(collectionDeadlineOf(dayOf(at))) + 2 * DAY - 5.5 * 3_600_000);
        expect(isUncollected(held, dayAfter)).toBe(true);
      }),
    );
  });
});

const later = (days: number, milliseconds = 0) => instantOf(millisecondsOf(SINCE) + days * DAY + milliseconds);

type History = readonly (readonly [string, Instant])[];

/** A request of 9, so much of it approved and issued, to which this was done at these times. */
const request = (state: string, [approved, issued]: readonly number[], ...history: History) =>
  MaterialRequest.parse({
    request: '7KQ2MQ2611220001',
    producer: 'P0042',
    depot: 'PBE-D1',
    season: '2026-27',
    via: 'own',
    neededBy: '2026-12-01',
    lines: [{ item: 'PBT-BAMBOO', asked: 9, approved, issued }],
    state,
    submittedAt: later(-60),
    version: history.length + 1,
    history: [
      { did: 'submit', at: later(-60), by: 'someone' },
      ...history.map(([what, at]) => ({ did: what, at, by: 'someone' })),
    ],
  });
