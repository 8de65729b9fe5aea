import * as z from 'zod';
import { DistrictId, SellerId, StockLocationId } from '../kernel/ids.ts';
import { addDays, Day, Instant } from '../kernel/time.ts';
import {
  type CsvTableRow,
  Cursor,
  defineReadOperation,
  NextCursor,
  ReplyFormat,
  wantsCsv,
} from '../platform/operation-contract.ts';
import { reportCsv } from './report-csv.ts';
import { ReportNames } from './report-names.ts';
import { REPORTS, ReportName, type Reports } from './reports.ts';

const MAX_REPORT_DAYS = 92;

const Area = z.union([z.literal('state'), DistrictId]);

/** For reports that read closes or their sums. `toSum`: days that the next night adds up again. */
export const ReportCompleteness = z.strictObject({
  asOf: Instant.optional(),
  complete: z.boolean(),
  locations: z.int().min(0),
  missing: z.array(z.strictObject({ location: StockLocationId, closedTo: Day.optional() })),
  missingCount: z.int().min(0),
  toSum: z.array(Day),
});
export type ReportCompleteness = z.infer<typeof ReportCompleteness>;

const reportPageSchema = <Name extends ReportName>(report: Name) =>
  z.strictObject({
    report: z.literal(report),
    area: Area,
    from: Day,
    to: Day,
    rows: z.array<Reports[Name]['row']>(REPORTS[report].row),
    names: ReportNames,
    closed: ReportCompleteness.optional(),
    /** Locations or days that cannot be read. An alarm reports them. */
    unreadable: z.array(z.string()).optional(),
    cursor: NextCursor,
  });

export const ReportPage = z.discriminatedUnion('report', [
  reportPageSchema('sales-by-day'),
  reportPageSchema('sales-by-district'),
  reportPageSchema('sales-by-item'),
  reportPageSchema('sales-by-seller'),
  reportPageSchema('sales-by-outlet'),
  reportPageSchema('sales-by-tender'),
  reportPageSchema('tax-by-rate'),
  reportPageSchema('stock-value'),
  reportPageSchema('materials-issued'),
  reportPageSchema('dead-stock'),
  reportPageSchema('stock-outs'),
  reportPageSchema('discrepancies'),
  reportPageSchema('silent-outlets'),
  reportPageSchema('transit-overdue'),
  reportPageSchema('goods-in-hand'),
  reportPageSchema('confirmations'),
  reportPageSchema('sales-by-hsn'),
  reportPageSchema('signed-receipts'),
  reportPageSchema('price-changes'),
]);
export type ReportPage = z.infer<typeof ReportPage>;

const titles = Object.entries(REPORTS)
  .map(([name, { title }]) => `${name}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`)
  .join('; ');

export const getReport = defineReadOperation({
  id: 'getReport',
  function: 'reports',
  route: '/reports/{report}',
  summary: `Read a report of a district or the state over at most ${MAX_REPORT_DAYS} past days. Reports by day, district, item, seller, tender and rate read the sums of the night: what comes late is in them a night later, in the others once its day is closed again. closed, on the first page, says who has not closed the last day, and when the newest figures were made. seller keeps the rows of one seller. Money is in paise, quantities in base units. With format=csv or Accept: text/csv, a file. Its columns name their unit and have names beside ids. CSV pages are longer: follow the Link header and append them; only the first has column names. Headers x-complete, x-as-of and x-unreadable stand for closed and unreadable. ${titles}.`,
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
      seller: SellerId.optional(),
      format: ReplyFormat.optional(),
      cursor: Cursor.optional(),
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], error: 'is before from' })
    .refine(({ from, to }) => to < addDays(from, MAX_REPORT_DAYS), {
      path: ['to'],
      error: `a report is of ${MAX_REPORT_DAYS} days at most`,
    }),
  reply: ReportPage,
  csv: {
    asked: ({ format }, accept) => wantsCsv(format, accept),
    table: ({ report, rows, names, closed, unreadable, cursor }, query) => ({
      ...reportCsv(report, rows satisfies readonly CsvTableRow[], names),
      named: query.cursor === undefined,
      facts: { complete: closed && String(closed.complete), 'as-of': closed?.asOf, unreadable: unreadable?.join(', ') },
      cursor,
    }),
    example:
      'day,sales,amount_rupees,refunds,refunded_rupees,net_rupees\r\n2026-11-21,12,10788.00,1,899.00,9889.00\r\n',
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
      names: { districts: [], locations: [], sellers: [], items: [] },
    },
  },
});
