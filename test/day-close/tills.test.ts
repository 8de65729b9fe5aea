import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tillsOf } from '../../shared/day-close/shifts.ts';
import { Day } from '../../shared/kernel/time.ts';
import { inTerminalOrder } from '../../shared/ledger/till.ts';
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

it('At the time of a shift close, its last numbers decide, in any order of arrival.', () => {
  const time = '2026-11-23T06:00:00.000Z';
  const close = (serial: number, last: readonly string[]) =>
    voucher(`7KQ2MK261123000${serial}`, time, { float: 0, last });
  const inOrder = [
    voucher('7KQ2MS2611230009', '2026-11-23T05:00:00.000Z', { payments: cash(100) }),
    voucher('7KQ2MR2611230001', '2026-11-23T05:59:59.999Z', {}),
    voucher('7KQ2MS2611230001', time, { payments: cash(100) }),
    close(1, ['7KQ2MS2611230001']),
    voucher('7KQ2MS2611230002', time, { payments: cash(200) }),
    close(2, ['7KQ2MS2611230002', '7KQ2MV2611230001']),
    voucher('7KQ2MS2611230003', time, { payments: cash(400) }),
    voucher('7KQ2MV2611230002', time, { refund: cash(100) }),
    voucher('7KQ2MS2611230004', '2026-11-23T06:00:00.001Z', { payments: cash(800) }),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(inOrder, { minLength: inOrder.length }), (arrived) => {
      expect(inTerminalOrder(arrived).map(({ number }) => number)).toEqual(inOrder.map(({ number }) => number));
      expect(tillsOf(day('2026-11-23'), [], arrived)).toMatchObject([
        { after: '7KQ2MK2611230002', tenders: cash(1_100) },
      ]);
    }),
  );
});
