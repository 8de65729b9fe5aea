import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SERIAL_GAP } from '../../shared/kernel/last-numbers.ts';
import { Day } from '../../shared/kernel/time.ts';
import { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { MAX_MISSING_NUMBERS, missingNumbers } from '../../shared/ledger/number-gaps.ts';
import type { VoucherClaim } from '../../shared/ledger/voucher.ts';

describe('Missing numbers of a terminal', () => {
  it('A missing number never came.', () => {
    fc.assert(
      fc.property(arrived, ({ all, came }) => {
        expect(lost(all, came)).toEqual(expect.arrayContaining(missingNumbers(came, [])));
      }),
    );
  });

  it('All numbers that never came are missing if the last of every kind and day is declared.', () => {
    fc.assert(
      fc.property(arrived, ({ all, came }) => {
        const last = [...Map.groupBy(all, (one) => one.number.slice(0, 12)).values()].flatMap(
          (same) => same.at(-1) ?? [],
        );
        expect(
          missingNumbers(
            came,
            last.map(({ number }) => number),
          ),
        ).toEqual(lost(all, came));
      }),
    );
  });

  it('All numbers before the last are missing if no two in a row are lost.', () => {
    fc.assert(
      fc.property(arrived, ({ all, came }) => {
        const here = all.filter((one, at) => came.includes(one) || (at > 0 && !came.includes(all[at - 1] as Written)));
        const until = here.at(-1);
        const known = until ? all.slice(0, all.indexOf(until) + 1) : [];
        fc.pre(known.every((one, at) => here.includes(one) || here.includes(known[at + 1] as Written)));
        expect(missingNumbers(here, [])).toEqual(lost(known, here));
      }),
    );
  });

  it('The result does not depend on the order of arrival.', () => {
    fc.assert(
      fc.property(arrived, ({ came, mixed }) => {
        const keys = came.map((one) => [one, mixed.next().value] as const);
        const shuffled = keys.toSorted(([, one], [, other]) => one - other).map(([one]) => one);
        expect(missingNumbers(shuffled, [])).toEqual(missingNumbers(came, []));
      }),
    );
  });

  it('Reading whole earlier days, or only their last numbers, gives the same result.', () => {
    fc.assert(
      fc.property(arrived, fc.integer({ min: 1, max: 9 }), ({ all, came }, from) => {
        const isEarlier = (one: Written) => Number(one.number[11]) < from;
        const whole = [...all.filter(isEarlier), ...came.filter((one) => !isEarlier(one))];
        const before = all.findLast(isEarlier)?.number;
        expect(
          missingNumbers(
            came.filter((one) => !isEarlier(one)),
            [],
            before,
          ),
        ).toEqual(missingNumbers(whole, []));
      }),
    );
  });
});

describe('Examples of missing numbers', () => {
  const [s1, s2, s3] = [number('S', 2, 1), number('S', 2, 2), number('S', 2, 3)];
  const old = number('S', 1, 7);

  it('A skipped serial, a named earlier one and a declared last one are missing.', () => {
    const [r1, k1] = [number('R', 2, 1), number('K', 2, 1)];
    expect(missingNumbers([written(s1, null), written(s3, r1)], [])).toEqual([r1, s2]);
    const shift = { kind: 'K', previous: s1, float: 0, counted: [], last: [s2] } as unknown as VoucherClaim;
    expect(missingNumbers([written(s1, null), { number: k1, claim: shift }], [])).toEqual([s2]);
    expect(missingNumbers([], [s2])).toEqual([s1, s2]);
  });

  it('Of unread days only a named number above the last known is missing.', () => {
    expect(missingNumbers([written(s1, old)], [], old)).toEqual([]);
    expect(missingNumbers([written(s1, number('S', 1, 9))], [], old)).toEqual([number('S', 1, 8), number('S', 1, 9)]);
    expect(missingNumbers([written(s1, number('R', 1, 4))], [], old)).toEqual([number('R', 1, 4)]);
  });

  it("Another terminal's number, named by mistake, is not missing.", () => {
    expect(missingNumbers([written(s1, VoucherNumber.parse('8KQ2MS2611220004'))], [])).toEqual([]);
  });

  it('The list is limited.', () => {
    const many = 'SRCAVD'.split('').map((kind) => number(kind, 2, 400));
    expect(missingNumbers([], many)).toHaveLength(MAX_MISSING_NUMBERS);
    expect(missingNumbers([], [...many, number('I', 2, 2)])).toEqual(
      expect.arrayContaining([number('I', 2, 1), number('I', 2, 2)]),
    );
  });

  it('An implausibly far number is not missing, and the truly missing ones are listed.', () => {
    const typed = number('S', 2, 9999);
    expect(missingNumbers([written(s1, null), written(s3, s2)], [typed])).toEqual([s2]);
    expect(missingNumbers([], [typed])).toEqual([]);
    expect(missingNumbers([], [number('S', 2, MAX_SERIAL_GAP + 1)])).toEqual([]);
    expect(missingNumbers([], [number('S', 2, MAX_SERIAL_GAP)])).toHaveLength(MAX_SERIAL_GAP);
    const came = number('S', 2, MAX_SERIAL_GAP);
    expect(missingNumbers([written(came, null)], [number('S', 2, 2 * MAX_SERIAL_GAP)])).toHaveLength(
      MAX_MISSING_NUMBERS - 1,
    );
    expect(missingNumbers([], [number('S', 1, 700)], { day: Day.parse('2026-11-22') })).toEqual([number('S', 1, 700)]);
  });

  it('Numbers below an implausible leap are not missing; gaps on either side are.', () => {
    const [typed, after] = [number('S', 2, 9000), number('S', 2, 9003)];
    expect(missingNumbers([written(typed, null)], [])).toEqual([]);
    expect(missingNumbers([written(typed, null)], [typed])).toEqual([]);
    expect(missingNumbers([written(s1, null), written(s3, s2), written(typed, s3)], [])).toEqual([s2]);
    expect(missingNumbers([written(typed, null), written(after, number('S', 2, 9002))], [])).toEqual([
      number('S', 2, 9001),
      number('S', 2, 9002),
    ]);
    expect(missingNumbers([written(typed, number('S', 2, 8999))], [])).toEqual([number('S', 2, 8999)]);
    const come = Array.from({ length: MAX_SERIAL_GAP }, (_, at) => written(number('S', 2, at + 1), null));
    expect(missingNumbers([...come, written(number('S', 2, 2 * MAX_SERIAL_GAP), null)], []).length).toBe(
      MAX_SERIAL_GAP - 1,
    );
  });
});

type Written = { readonly number: VoucherNumber; readonly claim: VoucherClaim };

const number = (kind: string, day: number, serial: number) =>
  VoucherNumber.parse(`7KQ2M${kind}26112${day}${String(serial).padStart(4, '0')}`);

const written = (number: VoucherNumber, previous: VoucherNumber | null) =>
  ({ number, claim: { kind: number[5], cancelled: 'spoiled', previous } }) as unknown as Written;

/** A phone's vouchers of a few days: each names the one before it. */
const phones: fc.Arbitrary<readonly Written[]> = fc
  .array(fc.record({ kind: fc.constantFrom('S', 'R', 'C', 'A'), nextDay: fc.boolean() }), { maxLength: 40 })
  .map((steps) => {
    const serials = new Map<string, number>();
    const all: Written[] = [];
    let day = 1;
    for (const { kind, nextDay } of steps) {
      if (nextDay && day < 9) day++;
      const serial = (serials.get(`${kind}${day}`) ?? 0) + 1;
      serials.set(`${kind}${day}`, serial);
      all.push(written(number(kind, day, serial), all.at(-1)?.number ?? null));
    }
    return all;
  });

/** The vouchers that arrived; the others are lost or still on the phone. */
const arrived = phones.chain((all) =>
  fc.record({ all: fc.constant(all), came: fc.subarray([...all]), mixed: fc.infiniteStream(fc.nat()) }),
);

const lost = (all: readonly Written[], came: readonly Written[]) =>
  all
    .filter((one) => !came.includes(one))
    .map(({ number }) => number)
    .toSorted();
