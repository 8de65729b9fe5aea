import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Day } from '../../shared/kernel/time.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { VoucherClaim } from '../../shared/ledger/voucher.ts';
import {
  daysOfCover,
  ISSUE_RATE_DAYS,
  issuedLinesOf,
  issuedPerDay,
  issueRateOf,
  lastDays,
} from '../../shared/replenishment/days-of-cover.ts';
import { days } from '../kit/arbitraries.ts';
import { runs } from '../kit/runs.ts';

const today = Day.parse('2026-11-22');
const on = (day: string, quantity: number) => ({ day: Day.parse(day), quantity });

describe('Days looked back on', () => {
  it('They are in order, across months and a leap day.', () => {
    expect(lastDays(Day.parse('2028-03-01'), 3)).toEqual(['2028-03-01', '2028-02-29', '2028-02-28']);
    expect(lastDays(today, ISSUE_RATE_DAYS).slice(-1)).toEqual(['2026-10-26']);
  });

  it('They are distinct, each the day before the next.', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 60 }), (day, count) => {
        const back = lastDays(day, count);
        expect([back[0], new Set(back).size]).toEqual([day, count]);
        for (const [at, one] of back.entries()) expect(Date.parse(day) - Date.parse(one)).toBe(at * 86_400_000);
      }),
    );
  });
});

describe('Issue rate', () => {
  it('It covers the days since the first issue, both ends included.', () => {
    expect(issueRateOf([on('2026-11-22', 900)], today)).toEqual({ issued: 900, days: 1 });
    expect(issueRateOf([on('2026-11-21', 900)], today)).toEqual({ issued: 900, days: 2 });
    const issues = [on('2026-11-22', 100), on('2026-11-20', 200), on('2026-11-20', 600)];
    expect(issueRateOf(issues, today)).toEqual({ issued: 900, days: 3 });
    expect(issueRateOf([on('2026-10-26', 2_800)], today)).toEqual({ issued: 2_800, days: 28 });
  });

  it('Without an issue there is no rate.', () => {
    expect(issueRateOf([], today)).toBeUndefined();
  });

  it.each([
    [900, 3, 300],
    [1, 3, 0.3],
    [2, 3, 0.7],
    [1, 28, 0],
  ])('%d in %d days is %d a day.', (issued, days, aDay) => {
    expect(issuedPerDay({ issued, days })).toBe(aDay);
  });
});

describe('Days of cover', () => {
  it.each([
    [1_000, 300, 3.3],
    [1_999, 1_000, 1.9],
    [2_000, 1_000, 2],
    [0, 300, 0],
    [-500, 300, 0],
    [5, 1_000, 0],
  ])('%d at %d a day lasts %d.', (onHand, issued, cover) => {
    expect(daysOfCover(onHand, { issued, days: 1 })).toBe(cover);
  });

  it('Cover is the exact number of tenths that the stock lasts.', { tags: 'property' }, () => {
    const whole = (max: number) => fc.integer({ min: 1, max });
    const any = fc.tuple(fc.nat(100_000_000), whole(100_000_000), whole(ISSUE_RATE_DAYS));
    const few = fc.tuple(fc.nat(400), whole(40), whole(ISSUE_RATE_DAYS));
    fc.assert(
      fc.property(fc.oneof(any, few), ([onHand, issued, days]) => {
        const tenths = BigInt(Math.round(daysOfCover(onHand, { issued, days }) * 10));
        const [has, takes] = [BigInt(onHand) * BigInt(days) * 10n, BigInt(issued)];
        expect(tenths * takes <= has && (tenths + 1n) * takes > has).toBe(true);
      }),
      { numRuns: runs(1_000) },
    );
  });
});

describe('Quantity that vouchers issued', () => {
  const number = '7KQ2MI2611220001' as VoucherNumber;
  const header = { occurredAt: '2026-11-22T05:00:00Z', by: 'S001', previous: null };
  const [item, cane] = ['PBT-BAMBOO', 'PBT-CANE'];
  const taken = (...quantities: readonly number[]) =>
    quantities.map((quantity, at) => ({ lot: `SIL-${at}`, quantity }));

  it('It is the sum of each line in base units, whatever was typed, less what was taken back.', () => {
    const lines = [
      { item, quantity: '1 bundle' },
      { item: cane, quantity: 5 },
      { item, quantity: 3 },
    ];
    const claim = VoucherClaim.parse({ kind: 'I', ...header, request: '7KQ2MQ2611220001', lines });
    const lots = [taken(12_000, 8_000), taken(5), taken(3)];
    const outcome = { quantities: [20_000, 5, 3], lots, producer: 'P0042', season: '2026-27' } as never;
    expect(issuedLinesOf([{ number, claim, outcome }]).get(number)).toEqual([
      { item, quantity: 20_000 },
      { item: cane, quantity: 5 },
      { item, quantity: 3 },
    ]);

    const back = { kind: 'V', ...header, reason: 'mistake', goods: 'to shelf' };
    const reversal = (of: string, line: number, quantity: number) => ({
      number: '7KQ2MV2611220002' as VoucherNumber,
      claim: VoucherClaim.parse({ ...back, of, lines: [{ line, item, quantity }] }),
      outcome: { moved: [quantity] } as never,
    });
    const others = [reversal(number, 1, 19_000), reversal(number, 3, 3), reversal('7KQ2MI2611210001', 2, 5)];
    expect([...issuedLinesOf([...others, { number, claim, outcome }])]).toEqual([
      [
        number,
        [
          { item, quantity: 1_000 },
          { item: cane, quantity: 5 },
        ],
      ],
    ]);
  });

  it('A cancelled number or another kind issued nothing.', () => {
    const damaged = { kind: 'A', ...header, reason: 'damaged', lines: [{ item, quantity: 3 }] };
    const cancelled = { kind: 'I', ...header, cancelled: 'spoiled' };
    for (const said of [damaged, cancelled]) {
      const claim = VoucherClaim.safeParse(said).data;
      if (!claim) throw new Error(`no claim: ${JSON.stringify(said)}`);
      const lines = issuedLinesOf([{ number, claim, outcome: { lots: [taken(3)] } as never }]);
      expect([...lines.values()].flat()).toEqual([]);
    }
  });
});
