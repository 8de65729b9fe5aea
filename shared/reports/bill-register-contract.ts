import * as z from 'zod';
import { SellerId, StockLocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import {
  type CsvTableRow,
  Cursor,
  defineReadOperation,
  EmptyObject,
  NextCursor,
  ReplyFormat,
  wantsCsv,
} from '../platform/operation-contract.ts';
import { RegisteredBill } from './bill-register.ts';
import { Period } from './period.ts';
import { toRupees } from './report-csv.ts';

const MONEY = ['taxable', 'cgst', 'sgst', 'igst', 'total'] as const;
const TEXTS = ['day', 'location', 'number', 'document', 'of', 'buyer'] as const;
const COLUMNS = [...TEXTS, ...MONEY.map((column) => `${column}_rupees`)];

const csvRowOf = (bill: RegisteredBill): CsvTableRow =>
  Object.fromEntries([
    ...TEXTS.map((column) => [column, bill[column]] as const),
    ...MONEY.map((column) => [`${column}_rupees`, { decimal: toRupees(bill[column]) }] as const),
  ]);

/** `to`: the last ended day of the month. `unclosed`: outlets that have not closed it. */
const RegisterCompleteness = z.strictObject({
  complete: z.boolean(),
  to: Day.optional(),
  unclosed: z.array(StockLocationId),
});

export const listBills = defineReadOperation({
  id: 'listBills',
  function: 'reports',
  route: '/reports/bills',
  summary:
    'List the bills and credit notes of a seller in a month, with cancelled numbers, by day, location and number: of closed days. For every seller, also one without registration.',
  access: { roles: ['officer', 'admin'], target: () => ({ kind: 'anything' }) },
  path: EmptyObject,
  query: z.strictObject({
    seller: SellerId,
    period: Period,
    format: ReplyFormat.optional(),
    cursor: Cursor.optional(),
  }),
  reply: z.strictObject({
    seller: SellerId,
    period: Period,
    bills: z.array(RegisteredBill),
    closed: RegisterCompleteness.optional(),
    cursor: NextCursor,
  }),
  csv: {
    asked: ({ format }, accept) => wantsCsv(format, accept),
    table: ({ bills, closed, cursor }, query) => ({
      columns: COLUMNS,
      named: query.cursor === undefined,
      rows: bills.map(csvRowOf),
      facts: { complete: closed && String(closed.complete) },
      cursor,
    }),
    example: `${COLUMNS.join(',')}\r\n2026-10-22,LKO-01,7KQ2MS2610220001,tax-invoice,,,1712.38,42.81,42.81,0.00,1798.00\r\n`,
  },
  errors: ['NOT_FOUND'],
  example: {
    path: {},
    query: { seller: 'LKO1', period: '2026-10' },
    reply: {
      seller: 'LKO1',
      period: '2026-10',
      bills: [
        {
          day: '2026-10-22',
          location: 'LKO-01',
          number: '7KQ2MS2610220001',
          document: 'tax-invoice',
          taxable: 171_238,
          cgst: 4_281,
          sgst: 4_281,
          igst: 0,
          total: 179_800,
        },
      ],
      closed: { complete: true, to: '2026-10-31', unclosed: [] },
    },
  },
});
