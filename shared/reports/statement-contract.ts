import * as z from 'zod';
import { ItemId, SellerId, StockLocationId } from '../kernel/ids.ts';
import { NonNegativeSum, Sum } from '../kernel/sum.ts';
import { GstBasisPoints } from '../kernel/tax.ts';
import { Instant } from '../kernel/time.ts';
import { Language } from '../kernel/units.ts';
import {
  type CsvTableRow,
  defineReadOperation,
  EmptyObject,
  FileBytes,
  ReplyFormat,
  wantsCsv,
} from '../platform/operation-contract.ts';
import { Name } from '../registry/entries.ts';
import { NumberList } from './gstr1-contract.ts';
import { Period } from './period.ts';
import { toRupees } from './report-csv.ts';
import { ReportNames } from './report-names.ts';
import { Takings } from './sales.ts';

const netTax = { taxable: Sum, cgst: Sum, sgst: Sum, igst: Sum };

/** Paise with tax, after discounts; base units. Stock is absent until its day is summed. */
const StatementLine = z.strictObject({
  item: ItemId,
  sold: Sum,
  amount: Sum,
  returned: Sum,
  refunded: Sum,
  ...netTax,
  onHand: Sum.optional(),
  value: NonNegativeSum.optional(),
});

export const SellerStatement = z.strictObject({
  seller: SellerId,
  name: Name,
  period: Period,
  totals: z.strictObject(Takings),
  /** Totals less lines. */
  rounding: z.strictObject({ amount: Sum, refunded: Sum }),
  taxes: z.array(z.strictObject({ gstBasisPoints: GstBasisPoints, ...netTax })),
  lines: z.array(StatementLine),
  closes: z.strictObject({ days: z.int().min(0), editions: z.int().min(0), latest: Instant.optional() }),
  unclosed: z.array(StockLocationId),
  missing: NumberList,
  items: ReportNames.shape.items,
});
export type SellerStatement = z.infer<typeof SellerStatement>;

const COLUMNS = [
  'item',
  'item_name',
  'base_unit',
  'sold_base_units',
  'amount_rupees',
  'returned_base_units',
  'refunded_rupees',
  'taxable_rupees',
  'cgst_rupees',
  'sgst_rupees',
  'igst_rupees',
  'on_hand_base_units',
  'value_rupees',
];

const rupees = (paise: Sum | undefined) => (paise === undefined ? undefined : { decimal: toRupees(paise) });

/** One row for each item, and one for rounding, so that columns add up to the closes. */
const csvRows = ({ lines, items, rounding }: SellerStatement): CsvTableRow[] => {
  const byId = new Map(items.map((one) => [one.id, one]));
  return [
    ...lines.map((line) => ({
      item: line.item,
      item_name: byId.get(line.item)?.name,
      base_unit: byId.get(line.item)?.unit,
      sold_base_units: line.sold,
      amount_rupees: rupees(line.amount),
      returned_base_units: line.returned,
      refunded_rupees: rupees(line.refunded),
      taxable_rupees: rupees(line.taxable),
      cgst_rupees: rupees(line.cgst),
      sgst_rupees: rupees(line.sgst),
      igst_rupees: rupees(line.igst),
      on_hand_base_units: line.onHand,
      value_rupees: rupees(line.value),
    })),
    { item_name: 'Rounding', amount_rupees: rupees(rounding.amount), refunded_rupees: rupees(rounding.refunded) },
  ];
};

export const getStatement = defineReadOperation({
  id: 'getStatement',
  function: 'reports',
  route: '/reports/statement',
  summary:
    "Read a seller's statement of a month that is over: what was sold and returned, its tax, and the stock at the end, item by item. It adds up to the day closes; the stock is that of all outlets and depots.",
  access: { roles: ['officer', 'admin'], target: () => ({ kind: 'anything' }) },
  path: EmptyObject,
  query: z.strictObject({ seller: SellerId, period: Period, format: ReplyFormat.optional() }),
  reply: SellerStatement,
  csv: {
    asked: ({ format }, accept) => wantsCsv(format, accept),
    table: (statement) => ({ columns: COLUMNS, named: true, rows: csvRows(statement), cursor: undefined }),
    example: `${COLUMNS.join(',')}\r\nLKO-KURTA-M,"Chikan kurta, M",piece,2,1798.00,0,0.00,1712.38,42.81,42.81,0.00,3,1800.00\r\n,Rounding,,,0.00,,0.00,,,,,,\r\n`,
  },
  pdf: { suffix: '.pdf' },
  errors: ['NOT_FOUND', 'PERIOD_OPEN'],
  example: {
    path: {},
    query: { seller: 'LKO1', period: '2026-10' },
    reply: {
      seller: 'LKO1',
      name: 'Lucknow Chikan Karigar Samiti',
      period: '2026-10',
      totals: { sales: 1, amount: 179_800, refunds: 0, refunded: 0, net: 179_800 },
      rounding: { amount: 0, refunded: 0 },
      taxes: [{ gstBasisPoints: 500, taxable: 171_238, cgst: 4_281, sgst: 4_281, igst: 0 }],
      lines: [
        {
          item: 'LKO-KURTA-M',
          sold: 2,
          amount: 179_800,
          returned: 0,
          refunded: 0,
          taxable: 171_238,
          cgst: 4_281,
          sgst: 4_281,
          igst: 0,
          onHand: 3,
          value: 180_000,
        },
      ],
      closes: { days: 1, editions: 1, latest: '2026-10-22T19:00:04.000Z' },
      unclosed: [],
      missing: { numbers: [], many: 0 },
      items: [{ id: 'LKO-KURTA-M', name: 'Chikan kurta, M', nameHi: 'चिकन कुर्ता, एम', unit: 'piece' }],
    },
  },
});

export const getStatementPdf = defineReadOperation({
  id: 'getStatementPdf',
  function: 'documents',
  route: '/reports/statement.pdf',
  summary:
    "Read a seller's statement of a month as a PDF of A4 pages, in Hindi or English. `getStatement` with `Accept: application/pdf` leads here.",
  access: getStatement.access,
  path: EmptyObject,
  query: z.strictObject({ seller: SellerId, period: Period, language: Language.optional() }),
  reply: FileBytes,
  binary: 'application/pdf',
  errors: getStatement.errors,
  example: { path: {}, query: getStatement.example.query ?? {}, reply: new Uint8Array() },
});
