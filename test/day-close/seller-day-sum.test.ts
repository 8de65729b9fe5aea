/** @module-tag property */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SellerDay } from '../../shared/day-close/seller-day.ts';
import { sellerDayStore } from '../../shared/day-close/seller-day-store.ts';
import { sumSellerDays, toSellerDaySumItems, toSellerDaySums } from '../../shared/day-close/seller-day-sum.ts';
import { SellerId } from '../../shared/kernel/ids.ts';
import { Day } from '../../shared/kernel/time.ts';
import { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { currentRuntime } from '../../shared/platform/runtime.ts';
import { gstr1UploadOf } from '../../shared/reports/gstr1.ts';
import { statementOf } from '../../shared/reports/statement.ts';
import { useBook } from '../kit/book.ts';
import { GOODS, type Good, returnOf, rowsOf, type SoldLine, saleOf, serial } from '../kit/gst-book.ts';
import { runs } from '../kit/runs.ts';

const DAYS = ['2026-10-05', '2026-10-06', '2026-10-07'];
const STALLS = ['LKO-01', 'LKO-02', 'CNB-01'];
const TERMINALS = ['7KQ2M', '8KQ2M', '9KQ2M'];

const buyers = [undefined, { gstin: '07AAACB2894G1ZP' }, { state: '07' }] as const;

it('GSTR-1 and the statement of sums are those of their days.', () => {
  fc.assert(
    fc.property(rowsArbitrary, (rows) => {
      const sums = sumSellerDays(rows).flatMap((sum) => toSellerDaySums(toSellerDaySumItems(sum)));
      const uploadOf = (days: Parameters<typeof gstr1UploadOf>[0]['days']) =>
        gstr1UploadOf({
          gstin: '09XXXZB0001X1ZN',
          period: '2026-10',
          days,
          isOwnDay: () => true,
        });
      expect(uploadOf(sums)).toEqual(uploadOf(rows));
      expect(statementOf({ days: sums, stock: [] })).toEqual(statementOf({ days: rows, stock: [] }));
      expect(sums.map(({ closes }) => closes.days).reduce((sum, days) => sum + days, 0)).toBe(rows.length);
    }),
    { numRuns: runs(60) },
  );
});

const book = useBook();

it('A sum is not replaced by one of earlier closes, also if it needs several rows.', async () => {
  expect(book.bahi.url).toBeTruthy();
  const sellerDays = sellerDayStore(currentRuntime().tables);
  const seller = SellerId.parse('LKO1');
  const range = { from: Day.parse('2026-10-05'), to: Day.parse('2026-10-05') };
  const sumOf = (editions: number, terminals: number) => {
    const [row] = rowsOf([saleOf(serial('S', range.from, 1), [{ good: 'KURTA', quantity: 1, amount: 10_000 }])]);
    const [sum] = sumSellerDays(row ? [row] : []);
    if (!sum) throw new Error('a row has a sum');
    const series = Array.from({ length: terminals }, (_, at) => {
      const number = VoucherNumber.parse(`7${String(at).padStart(4, '0')}S2610050001`);
      return { kind: 'S' as const, first: number, last: number, total: 1, cancelled: 0 };
    });
    return { ...sum, series, closes: { ...sum.closes, editions } };
  };
  for (const [editions, terminals] of [
    [2, 1],
    [3, 3_000],
    [2, 1],
    [2, 3_000],
  ] as const)
    await sellerDays.putSum(sumOf(editions, terminals));
  const [kept, ...others] = await sellerDays.sums(seller, range);
  expect([kept?.closes.editions, kept?.series.length, others.length]).toEqual([3, 3_000, 0]);
});

const lineArbitrary: fc.Arbitrary<SoldLine> = fc.record({
  good: fc.constantFrom(...(Object.keys(GOODS) as Good[])),
  quantity: fc.integer({ min: 1, max: 5 }),
  amount: fc.integer({ min: 1, max: 20_000_000 }),
});

const saleArbitrary = fc.record({
  day: fc.constantFrom(...DAYS),
  stall: fc.nat({ max: STALLS.length - 1 }),
  lines: fc.array(lineArbitrary, { minLength: 1, maxLength: 4 }),
  buyer: fc.constantFrom(...buyers),
  isReturned: fc.boolean(),
});

/** Rows of three stalls as their closes write them. */
const rowsArbitrary = fc.array(saleArbitrary, { minLength: 1, maxLength: 12 }).map((sales) =>
  STALLS.flatMap((stall, at) => {
    const vouchers = sales
      .filter((sale) => sale.stall === at)
      .flatMap(({ day, lines, buyer, isReturned }, index) => {
        const place = buyer ? '07' : undefined;
        const sale = saleOf(serial('S', day, index + 1, TERMINALS[at]), lines, undefined, buyer, place);
        const note = serial('V', day, index + 1, TERMINALS[at]);
        return isReturned ? [sale, returnOf(note, sale, [{ line: 1, quantity: 1 }], new Map())] : [sale];
      });
    return rowsOf(vouchers).map((row) => SellerDay.parse({ ...row, location: stall }));
  }),
);
