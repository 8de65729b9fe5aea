import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MaterialRequest } from '../../shared/domain/materials/request.ts';
import { collectBy, isUncollected, isUnconfirmed } from '../../shared/domain/materials/waiting.ts';
import { Day, dayOf, type Instant, instantOf, millisecondsOf } from '../../shared/domain/time.ts';
import { instants } from '../kit/arbitraries.ts';

const DAY = 24 * 3_600_000;
const SINCE = '2026-11-22T05:00:00.000Z' as Instant;
const later = (days: number, milliseconds = 0) => instantOf(millisecondsOf(SINCE) + days * DAY + milliseconds);

type Did = readonly (readonly [string, Instant])[];

/** A request of 9, so much of it approved and issued, to which this was done at these times. */
const request = (state: string, [approved, issued]: readonly number[], ...did: Did) =>
  MaterialRequest.parse({
    ...{ request: '7KQ2MQ2611220001', producer: 'P0042', depot: 'PBE-D1', season: '2026-27', via: 'own' },
    ...{ neededBy: '2026-12-01', lines: [{ item: 'PBT-BAMBOO', asked: 9, approved, issued }], state },
    ...{ submittedAt: later(-60), version: did.length + 1 },
    history: [
      { did: 'submit', at: later(-60), by: 'someone' },
      ...did.map(([what, at]) => ({ did: what, at, by: 'someone' })),
    ],
  });

describe('what is reserved waits 7 days', () => {
  it.each<[string, number[], Did]>([
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
  ])('%s, %j, %j', (state, amounts, did) => {
    const held = request(state, amounts, ...did);
    expect([later(0), later(7, -1), later(7), later(70)].map((now) => isUncollected(held, now))).toEqual([
      ...[false, false, true, true],
    ]);
  });

  it.each<[string, number[], Did]>([
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
  ])('but where nothing is reserved, nothing waits: %s, %j, %j', (state, amounts, did) => {
    expect(isUncollected(request(state, amounts, ...did), later(99))).toBe(false);
  });
});

it('what was issued should be confirmed in 14 days of its last issue, whatever else was done to it', () => {
  const stands = (state: string, ...did: Did) =>
    [later(0), later(14, -1), later(14), later(99)].map((now) => isUnconfirmed(request(state, [9, 4], ...did), now));
  const [no, yes] = [
    [false, false, false, false],
    [false, false, true, true],
  ];
  expect(stands('issued', ['approve', later(-6)], ['issue', SINCE])).toEqual(yes);
  expect(stands('issued', ['approve', later(-30)], ['issue', later(-24)], ['issue', SINCE])).toEqual(yes);
  expect(stands('issued', ['approve', later(-6)], ['issue', SINCE], ['lapse', later(7)])).toEqual(yes);
  expect(stands('issued', ['issue', later(-24)], ['confirm', later(-24)], ['issue', SINCE])).toEqual(yes);
  expect(stands('received', ['issue', SINCE], ['confirm', later(1)])).toEqual(no);
  expect(stands('approved', ['approve', SINCE])).toEqual(no);
});

describe('the day that is said to collect by', () => {
  it.each([
    ['2026-11-23', '2026-11-29'],
    ['2026-12-28', '2027-01-03'],
    ['2028-02-25', '2028-03-02'],
  ])('for what is reserved on %s it is %s', (day, by) => {
    expect(collectBy(Day.parse(day))).toBe(by);
  });

  it('is the last on which it is there until midnight, whenever on that day it was reserved', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 30 * 60 }), (at, minutes) => {
        const held = request('approved', [9, 0], ['allocate', at]);
        const now = instantOf(millisecondsOf(at) + minutes * 6 * 60_000);
        if (dayOf(now) <= collectBy(dayOf(at))) expect(isUncollected(held, now)).toBe(false);
        const dayAfter = instantOf(Date.parse(collectBy(dayOf(at))) + 2 * DAY - 5.5 * 3_600_000);
        expect(isUncollected(held, dayAfter)).toBe(true);
      }),
    );
  });
});
