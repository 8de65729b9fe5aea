import fc from 'fast-check';
import { DistrictId, ItemId, SellerId, StockLocationId, TerminalCode } from '../../shared/kernel/ids.ts';
import type { Balance, Paise } from '../../shared/kernel/quantity.ts';
import { addDays, Day } from '../../shared/kernel/time.ts';
import { voucherNumberOf } from '../../shared/kernel/voucher-number.ts';
import type { ReportedClose, ReportedDistrictDay, ReportLocation, ReportWindow } from '../../shared/reports/report.ts';

const FIRST = Day.parse('2026-11-01');
const ITEMS = ['LKO-KURTA-01', 'LKO-KURTA-02', 'PBT-FLUTE-C'].map((id) => ItemId.parse(id));
const SELLERS = ['LKO1', 'LKO2', 'PBT1'].map((id) => SellerId.parse(id));
const STANDS: readonly ReportLocation[] = ['LKO-01', 'LKO-02', 'PBE-01', 'PBE-D1'].map((id) => ({
  location: StockLocationId.parse(id),
  district: DistrictId.parse(id.startsWith('LKO') ? 'LKO' : 'PBT'),
}));

const few = fc.integer({ min: 0, max: 3 });
const signed = fc.integer({ min: -3, max: 3 });
const money = fc.integer({ min: 0, max: 1_000_000 }) as fc.Arbitrary<Paise>;

const items = fc
  .tuple(
    ...ITEMS.map((item) =>
      fc.record({
        item: fc.constant(item),
        onHand: signed as fc.Arbitrary<Balance>,
        average: fc.integer({ min: 0, max: 9_000_000 }),
        value: money,
        sold: few,
        amount: money,
        returned: few,
        received: few,
        dispatched: few,
        issued: few,
        writtenOff: signed,
        variance: signed,
        varianceValue: signed,
        exposure: fc.constantFrom(0, 0.5, 1),
      }),
    ),
  )
  .map((all) => [...all]);

const taxes = fc.subarray([0, 500, 1_800]).chain((rates) =>
  fc
    .tuple(
      ...rates.map((gstBasisPoints) =>
        fc.record({
          gstBasisPoints: fc.constant(gstBasisPoints),
          taxable: money,
          cgst: money,
          sgst: money,
          igst: money,
        }),
      ),
    )
    .map((all) => [...all]),
);

const tenders = fc
  .subarray(['cash', 'upi', 'card'] as const)
  .chain((some) =>
    fc
      .tuple(...some.map((tender) => fc.record({ tender: fc.constant(tender), taken: money, given: signed })))
      .map((all) => [...all]),
  );

const sellers = fc.subarray(SELLERS).chain((some) =>
  fc
    .tuple(
      ...some.map((seller) =>
        fc.record({
          seller: fc.constant(seller),
          sales: few,
          amount: money,
          refunds: few,
          refunded: money,
          tax: taxes,
          taxBack: taxes,
        }),
      ),
    )
    .map((all) => [...all]),
);

const terminalsOn = (day: Day) =>
  fc
    .record({
      serials: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }),
      state: fc.constantFrom('proven' as const, 'unproven' as const),
    })
    .map(({ serials, state }) => {
      const terminal = TerminalCode.parse('7KQ2M');
      const number = (serial: number) =>
        voucherNumberOf({ terminal, kind: 'S', day, serial: String(serial).padStart(4, '0') });
      const missing = serials.filter((serial) => serial % 7 === 0).map(number);
      if (serials.length === 0) return [];
      return [{ terminal, last: number(41), missing, state: missing.length > 0 ? ('missing' as const) : state }];
    });

const closeOn = (day: Day): fc.Arbitrary<ReportedClose> =>
  fc.record({
    day: fc.constant(day),
    vouchers: few,
    inHand: few,
    tenders,
    sellers,
    items,
    terminals: terminalsOn(day),
  });

export type ReportedCloses = {
  readonly window: ReportWindow;
  readonly books: readonly { stand: ReportLocation; closes: readonly ReportedClose[] }[];
};

/** Random closes of some days at four locations of two districts. They need not be consistent. */
export const reportedCloses: fc.Arbitrary<ReportedCloses> = fc.integer({ min: 1, max: 8 }).chain((count) => {
  const days = Array.from({ length: count }, (_, at) => addDays(FIRST, at));
  const window = { from: FIRST, to: addDays(FIRST, count - 1) };
  const closes = STANDS.map((stand) => fc.tuple(...days.map(closeOn)).map((all) => ({ stand, closes: [...all] })));
  return fc.tuple(...closes).map((books) => ({ window, books: [...books] }));
});

/** The same closes as day totals, one row for each location and day. */
export const sumsOf = ({ books }: ReportedCloses): ReportedDistrictDay[] =>
  books.flatMap(({ stand: { district }, closes }) => closes.map((close) => ({ ...close, district })));
