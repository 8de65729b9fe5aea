import * as z from 'zod';
import { DistrictId } from '../kernel/ids.ts';
import { addDays, Day } from '../kernel/time.ts';
import { type CsvTableRow, defineReadOperation } from '../platform/operation-contract.ts';
import { Cursor, NextCursor } from '../platform/query-parameters.ts';
import { columnsOf, REPORTS, ReportName, type Reports } from './reports.ts';

const MAX_REPORT_DAYS = 92;

/** A district, or the whole state. */
const Area = z.union([z.literal('state'), DistrictId]);

const reportPageSchema = <Name extends ReportName>(report: Name) =>
  z.strictObject({
    report: z.literal(report),
    area: Area,
    from: Day,
    to: Day,
    rows: z.array<Reports[Name]['row']>(REPORTS[report].row),
    /** What is left out, as it cannot be read: a location, or a day of an area. A fault of Bahi's own, which rings. */
    unreadable: z.array(z.string()).optional(),
    cursor: NextCursor,
  });

/** A page of any report: its rows are of its kind. */
export const ReportPage = z.discriminatedUnion('report', [
  reportPageSchema('sales-by-day'),
  reportPageSchema('sales-by-district'),
  reportPageSchema('sales-by-item'),
  reportPageSchema('sales-by-seller'),
  reportPageSchema('dead-stock'),
  reportPageSchema('stock-outs'),
  reportPageSchema('discrepancies'),
  reportPageSchema('silent-outlets'),
  reportPageSchema('transit-overdue'),
  reportPageSchema('goods-in-hand'),
  reportPageSchema('confirmations'),
]);
export type ReportPage = z.infer<typeof ReportPage>;

const titles = Object.entries(REPORTS)
  .map(([name, { title }]) => `${name}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`)
  .join('; ');

export const getReport = defineReadOperation({
  id: 'getReport',
  function: 'reports',
  route: '/reports/{report}',
  summary: `A report of a district or of the state over days that are over, at most ${MAX_REPORT_DAYS}, a page at a time; money in whole paise, goods in base units. As CSV the pages are longer, the Link header leads to the next one, and only the first has the names of the columns: one after the other they are one file. ${titles}.`,
  access: {
    roles: ['officer', 'admin'],
    target: ({ query: { area } }) => (area === 'state' ? { kind: 'state' } : { kind: 'district', district: area }),
  },
  path: z.strictObject({ report: ReportName }),
  query: z
    .strictObject({
      area: Area,
      from: Day,
      to: Day,
      format: z.enum(['json', 'csv']).optional(),
      cursor: Cursor.optional(),
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], error: 'is before from' })
    .refine(({ from, to }) => to < addDays(from, MAX_REPORT_DAYS), {
      path: ['to'],
      error: `a report is of ${MAX_REPORT_DAYS} days at most`,
    }),
  reply: ReportPage,
  csv: {
    asked: ({ format }) => format === 'csv',
    table: ({ report, rows, unreadable, cursor }, query) => ({
      columns: columnsOf(report),
      named: query.cursor === undefined,
      rows: rows satisfies readonly CsvTableRow[],
      unreadable,
      cursor,
    }),
    example: 'day,sales,amount,refunds,refunded,net\r\n2026-11-21,12,1078800,1,89900,988900\r\n',
  },
  errors: ['NOT_FOUND'],
  example: {
    path: { report: 'sales-by-day' },
    query: { area: 'LKO', from: '2026-11-21', to: '2026-11-21' },
    reply: {
      report: 'sales-by-day',
      area: 'LKO',
      from: '2026-11-21',
      to: '2026-11-21',
      rows: [{ day: '2026-11-21', sales: 12, amount: 1_078_800, refunds: 1, refunded: 89_900, net: 988_900 }],
    },
  },
});
