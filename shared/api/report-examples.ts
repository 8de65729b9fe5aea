import type * as z from 'zod';
import type { ReportPage } from '../reports/report-contract.ts';

const names = {
  districts: [{ id: 'LKO', name: 'Lucknow' }],
  locations: [{ id: 'LKO-01', name: 'Lucknow stall 1' }],
  sellers: [],
  items: [],
};
const page = { area: 'LKO', from: '2026-11-01', to: '2026-11-21', names } as const;
const stall = { location: 'LKO-01', district: 'LKO' } as const;
const takings = { sales: 12, amount: 1_078_800, refunds: 1, refunded: 89_900, net: 988_900 };

/** One page of each report, for the documentation. */
export const EXAMPLE_REPORTS: readonly z.input<typeof ReportPage>[] = [
  { report: 'sales-by-day', ...page, rows: [{ day: '2026-11-21', ...takings }] },
  { report: 'sales-by-district', ...page, area: 'state', rows: [{ district: 'LKO', ...takings }] },
  { report: 'sales-by-item', ...page, rows: [{ item: 'LKO-KURTA-M', sold: 12, amount: 1_078_800, returned: 1 }] },
  { report: 'sales-by-seller', ...page, rows: [{ seller: 'LKO1', ...takings }] },
  { report: 'sales-by-outlet', ...page, rows: [{ ...stall, ...takings }] },
  {
    report: 'sales-by-tender',
    ...page,
    rows: [{ tender: 'upi', taken: 1_078_800, given: 89_900, net: 988_900 }],
  },
  {
    report: 'tax-by-rate',
    ...page,
    rows: [{ seller: 'LKO1', gstBasisPoints: 500, taxable: 941_810, cgst: 23_545, sgst: 23_545, igst: 0 }],
  },
  {
    report: 'stock-value',
    ...page,
    rows: [{ ...stall, item: 'LKO-KURTA-M', day: '2026-11-21', onHand: 8, value: 480_000 }],
  },
  {
    report: 'materials-issued',
    ...page,
    area: 'PBT',
    rows: [{ location: 'PBE-D1', district: 'PBT', item: 'PBT-BAMBOO', issued: 40_000 }],
  },
  {
    report: 'dead-stock',
    ...page,
    rows: [{ ...stall, item: 'LKO-KURTA-L', onHand: 8, value: 480_000, days: 21 }],
  },
  {
    report: 'stock-outs',
    ...page,
    rows: [{ ...stall, item: 'LKO-KURTA-M', from: '2026-11-19', to: '2026-11-20', days: 1.5, over: true }],
  },
  {
    report: 'discrepancies',
    ...page,
    rows: [
      {
        ...stall,
        day: '2026-11-21',
        item: 'LKO-KURTA-M',
        variance: -1,
        varianceValue: -60_000,
        writtenOff: 0,
        writtenOffValue: 0,
      },
    ],
  },
  {
    report: 'silent-outlets',
    ...page,
    rows: [{ ...stall, lastDay: '2026-11-19', silentDays: 2, closedTo: '2026-11-21', missing: 0, missingNumbers: [] }],
  },
  {
    report: 'transit-overdue',
    ...page,
    rows: [
      {
        ...stall,
        dispatch: '7KQ2MD2611100001',
        from: 'CNB-02',
        seller: 'LKO1',
        sentAt: '2026-11-10T06:00:00.000Z',
        days: 12,
        quantity: 3,
        value: 180_000,
      },
    ],
  },
  { report: 'goods-in-hand', ...page, rows: [{ ...stall, inHand: 2, sales: 400, inAThousand: 5 }] },
  {
    report: 'confirmations',
    ...page,
    area: 'PBT',
    rows: [
      {
        location: 'PBE-D1',
        district: 'PBT',
        month: '2026-11',
        confirmed: 25,
        byCode: 15,
        byCard: 6,
        bySignature: 4,
        byIssuer: 3,
        share: 12,
        limit: 20,
      },
    ],
  },
];
