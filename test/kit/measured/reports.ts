import type { ReportName } from '../../../shared/reports/reports.ts';
import { type Book, enrol, expectOk, numberAt } from '../book.ts';
import { kurtas, receipt } from '../claims.ts';
import { daysAgo } from '../clock.ts';
import { workOff } from '../jobs.ts';
import type { Measured } from './measured.ts';

const query = { area: 'WEK', from: '2026-11-15', to: '2026-11-21' };

/** A week of a district of two stalls, closed day by day, 40 items at the first. */
export const reportOperations = async (book: Book): Promise<readonly Measured[]> => {
  const { admin, clock } = book;
  const names = { name: 'A week', nameHi: 'हफ़्ता', craft: 'craft', craftHi: 'शिल्प' };
  expectOk(await admin.putEntry({ path: { kind: 'districts', id: 'WEK' }, body: names }));
  const stalls = ['WEK-01', 'WEK-02'];
  for (const id of stalls) {
    const body = { name: id, station: 'WEK', district: 'WEK', sellers: ['LKO1'] };
    expectOk(await admin.putEntry({ path: { kind: 'outlets', id }, body }));
  }
  await daysAgo(clock, 7, async () => {
    const terminal = await enrol(book, 'WEK-01', 'LKO1');
    const path = { location: 'WEK-01', number: numberAt(clock, terminal, 'R', 1) };
    const lines = kurtas(40).map((item) => ({ item, quantity: 2 }));
    expectOk(await admin.recordVoucher({ path, body: receipt(clock, lines) }));
  });
  for (const location of stalls) await workOff('close-day', location);
  for (const area of ['WEK', 'state']) await workOff('sum-days', area);

  const reported = (says: string, report: ReportName): Measured => ({
    name: `report a week of a district, 2 stalls, 40 items: ${says}`,
    run: async () => expectOk(await admin.getReport({ path: { report }, query })),
  });
  const months = ['2026-07', '2026-08', '2026-09', '2026-10'];
  const requestNext = async () =>
    expectOk(await admin.requestExport({ body: { month: months.shift() ?? '', area: 'WEK', format: 'csv' } }));
  // The same statement again would write nothing.
  let month = 1;
  const otherMonths = () => ({ from: `2025-${String(++month).padStart(2, '0')}` });
  return [
    {
      name: 'export-vouchers: 2 months of a stall, 2 vouchers',
      run: () => workOff('export-vouchers', 'WEK-01', '2026-12-03'),
    },
    { name: 'request an export of a month of a district', run: requestNext },
    {
      name: 'export-vouchers: a requested month of a district, 2 stalls',
      prepare: async () => {
        await book.bahi.drainQueue();
        await requestNext();
      },
      run: () => book.bahi.drainQueue(),
    },
    {
      name: 'read an export of 2 locations',
      run: async () => expectOk(await admin.getExport({ path: { export: '2026-10-WEK-csv' }, query: {} })),
    },
    reported('sales by day', 'sales-by-day'),
    reported('dead stock', 'dead-stock'),
    reported('stock-outs', 'stock-outs'),
    reported('transit overdue, 1', 'transit-overdue'),
    reported('sales by HSN', 'sales-by-hsn'),
    reported('price changes', 'price-changes'),
    reported('signed receipts', 'signed-receipts'),
    {
      name: 'report the confirmations of a month in a district, 1 depot',
      run: async () =>
        expectOk(await admin.getReport({ path: { report: 'confirmations' }, query: { ...query, area: 'PBT' } })),
    },
    {
      name: 'GSTR-1 of a month without supplies, 5 stalls in the state',
      run: async () => expectOk(await admin.getGstr1({ query: { seller: 'LKO1', period: '2026-10' } })),
    },
    {
      name: 'read the statement of a seller of 45 items, a month without supplies',
      run: async () => expectOk(await admin.getStatement({ query: { seller: 'LKO1', period: '2026-10' } })),
    },
    {
      name: 'read the same statement as a PDF',
      run: async () => expectOk(await admin.getStatementPdf({ query: { seller: 'LKO1', period: '2026-10' } })),
    },
    {
      name: "read a producer's record of two years without goods",
      run: async () => expectOk(await admin.getMakerStatement({ path: { producer: 'P0042' }, query: otherMonths() })),
    },
    {
      name: 'read the same record as a PDF',
      run: async () =>
        expectOk(await admin.getMakerStatementPdf({ path: { producer: 'P0042' }, query: otherMonths() })),
    },
    {
      name: 'check a statement by a code that nobody has',
      run: async () => void (await admin.getStatedFigures({ path: { code: '0'.repeat(20) } })),
    },
    {
      name: 'list the bills of a month without supplies',
      run: async () => expectOk(await admin.listBills({ query: { seller: 'LKO1', period: '2026-10' } })),
    },
    {
      name: 'report a week of the state, 3 districts: sales by district',
      run: async () =>
        expectOk(await admin.getReport({ path: { report: 'sales-by-district' }, query: { ...query, area: 'state' } })),
    },
  ];
};
