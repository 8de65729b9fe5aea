import { expect, it } from 'vitest';
import { tillsOf } from '../../shared/day-close/shifts.ts';
import { Day } from '../../shared/kernel/time.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';

const day = (text: string) => Day.parse(text);
const cash = (amount: number) => [{ tender: 'cash', amount }];
const voucher = (number: string, at: string, money: object) =>
  ({ number, claim: { occurredAt: at, ...money }, admission: {} }) as unknown as Voucher;

it('A till whose sale and refund cancel out on different days is carried on.', () => {
  const sale = voucher('7KQ2MS2611230001', '2026-11-23T06:00:00.000Z', { payments: cash(30_000) });
  const refund = voucher('7KQ2MV2611240001', '2026-11-24T06:00:00.000Z', {
    of: '8ABCDS2611220001',
    refund: cash(30_000),
  });
  const first = tillsOf(day('2026-11-23'), [], [sale]);
  expect(first).toMatchObject([{ terminal: '7KQ2M', since: '2026-11-23', tenders: cash(30_000) }]);
  const second = tillsOf(day('2026-11-24'), first, [refund]);
  expect(second).toEqual([{ terminal: '7KQ2M', since: '2026-11-23', tenders: [] }]);
});

it('A terminal that never moved money has no till.', () => {
  const receipt = voucher('7KQ2MR2611230001', '2026-11-23T06:00:00.000Z', {});
  expect(tillsOf(day('2026-11-23'), [], [receipt])).toEqual([]);
});
