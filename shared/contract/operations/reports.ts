import * as z from 'zod';
import { DistrictId } from '../../domain/ids.ts';
import type { Row } from '../../domain/reports/report.ts';
import { columnsOf, REPORTS, ReportName, type Reports } from '../../domain/reports/reports.ts';
import { addDays, Day } from '../../domain/time.ts';
import { defineRead } from '../operation.ts';
import { Cursor, NextCursor } from '../parameters.ts';

const MOST_DAYS = 92;

/** A district, or the whole state. */
const Area = z.union([z.literal('state'), DistrictId]);

const page = <Name extends ReportName>(report: Name) =>
  z.strictObject({
    report: z.literal(report),
    area: Area,
    from: Day,
    to: Day,
    rows: z.array<Reports[Name]['row']>(REPORTS[report].row),
    cursor: NextCursor,
  });

/** A page of any report: its rows are of its kind. */
export const ReportPage = z.discriminatedUnion('report', [
  page('dead-stock'),
  page('stock-outs'),
  page('discrepancies'),
  page('silent-outlets'),
  page('goods-in-hand'),
]);
export type ReportPage = z.infer<typeof ReportPage>;

/** Those whose figures are there already: sales wait for the sums of districts, transit for transfers. */
export const Answered = ReportName.extract([
  'dead-stock',
  'stock-outs',
  'discrepancies',
  'silent-outlets',
  'goods-in-hand',
]);
export type Answered = z.infer<typeof Answered>;

const titles = Object.entries(REPORTS)
  .filter(([name]) => Answered.safeParse(name).success)
  .map(([name, { title }]) => `${name}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`)
  .join('; ');

export const getReport = defineRead({
  id: 'getReport',
  function: 'reports',
  route: '/reports/{report}',
  summary: `A report of a district or of the state over days that are over, at most ${MOST_DAYS}, a page at a time; money in whole paise, goods in base units. As CSV the pages are longer, the Link header leads to the next one, and only the first has the names of the columns: one after the other they are one file. ${titles}.`,
  access: {
    roles: ['officer', 'admin'],
    target: ({ query: { area } }) => (area === 'state' ? { kind: 'state' } : { kind: 'district', district: area }),
  },
  path: z.strictObject({ report: Answered }),
  query: z
    .strictObject({
      area: Area,
      from: Day,
      to: Day,
      format: z.enum(['json', 'csv']).optional(),
      cursor: Cursor.optional(),
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], error: 'is before from' })
    .refine(({ from, to }) => to < addDays(from, MOST_DAYS), {
      path: ['to'],
      error: `a report is of ${MOST_DAYS} days at most`,
    }),
  reply: ReportPage,
  csv: {
    asked: ({ format }) => format === 'csv',
    table: ({ report, rows, cursor }, query) => ({
      columns: columnsOf(report),
      named: query.cursor === undefined,
      rows: rows satisfies readonly Row[],
      cursor,
    }),
    example: 'location,district,inHand,sales,inAThousand\r\nLKO-01,LKO,3,120,25\r\n',
  },
  errors: ['NOT_FOUND'],
  example: {
    path: { report: 'goods-in-hand' },
    query: { area: 'LKO', from: '2026-11-21', to: '2026-11-21' },
    reply: {
      report: 'goods-in-hand',
      area: 'LKO',
      from: '2026-11-21',
      to: '2026-11-21',
      rows: [{ location: 'LKO-01', district: 'LKO', inHand: 3, sales: 120, inAThousand: 25 }],
    },
  },
});
