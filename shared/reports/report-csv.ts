import type * as z from 'zod';
import type { Sum } from '../kernel/sum.ts';
import type { CsvTableRow, CsvValue } from '../platform/operation-contract.ts';
import { type NamesById, namesById, type ReportNames } from './report-names.ts';
import { REPORTS, type ReportName, type Reports } from './reports.ts';

type ReportColumn = { [Name in ReportName]: keyof z.infer<Reports[Name]['row']> & string }[ReportName];

type CsvColumn = { readonly header: string; readonly cell: (value: CsvValue, names: NamesById) => CsvValue };

/** Two decimals, exact for sums of any size. */
export const toRupees = (paise: Sum): string => {
  const amount = BigInt(paise);
  const digits = String(amount < 0n ? -amount : amount).padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

const isSum = (value: CsvValue): value is Sum => typeof value === 'number' || typeof value === 'bigint';

const plain = (header: string): readonly CsvColumn[] => [{ header, cell: (value) => value }];

const rupees = (header: string): readonly CsvColumn[] => [
  { header: `${header}_rupees`, cell: (value) => (isSum(value) ? { decimal: toRupees(value) } : value) },
];

/** From basis points. */
const percent = (header: string): readonly CsvColumn[] => [
  { header: `${header}_percent`, cell: (value) => (typeof value === 'number' ? value / 100 : value) },
];

/** The id, then its name. An id that the registry does not know has no name. */
const named = (header: string, kind: Exclude<keyof ReportNames, 'items'>): readonly CsvColumn[] => [
  { header, cell: (value) => value },
  { header: `${header}_name`, cell: (value, names) => names[kind].get(String(value))?.name },
];

/** CSV units: money in rupees, quantities in the item's base unit, rates in percent. */
const COLUMNS = {
  location: named('location', 'locations'),
  from: [],
  to: plain('to'),
  district: named('district', 'districts'),
  seller: named('seller', 'sellers'),
  item: [
    { header: 'item', cell: (value) => value },
    { header: 'item_name', cell: (value, { items }) => items.get(String(value))?.name },
    { header: 'base_unit', cell: (value, { items }) => items.get(String(value))?.unit },
  ],
  day: plain('day'),
  month: plain('month'),
  sentAt: plain('sent_at_utc'),
  dispatch: plain('dispatch'),
  tender: plain('tender'),
  sales: plain('sales'),
  refunds: plain('refunds'),
  amount: rupees('amount'),
  refunded: rupees('refunded'),
  net: rupees('net'),
  taken: rupees('taken'),
  given: rupees('given'),
  taxable: rupees('taxable'),
  cgst: rupees('cgst'),
  sgst: rupees('sgst'),
  igst: rupees('igst'),
  value: rupees('value'),
  varianceValue: rupees('variance_value'),
  writtenOffValue: rupees('written_off_value'),
  gstBasisPoints: percent('gst'),
  rate: percent('gst'),
  rateBefore: percent('gst_before'),
  price: rupees('price'),
  priceBefore: rupees('price_before'),
  mrp: rupees('mrp'),
  mrpBefore: rupees('mrp_before'),
  at: plain('changed_at_utc'),
  by: plain('changed_by'),
  hsn: plain('hsn'),
  uqc: plain('uqc'),
  issuedBy: plain('issued_by'),
  issues: plain('issues'),
  signedShare: plain('signature_share_percent'),
  sold: plain('sold_base_units'),
  returned: plain('returned_base_units'),
  onHand: plain('on_hand_base_units'),
  issued: plain('issued_base_units'),
  variance: plain('variance_base_units'),
  writtenOff: plain('written_off_base_units'),
  quantity: plain('quantity_base_units'),
  days: plain('days'),
  over: plain('over'),
  lastDay: plain('last_day'),
  silentDays: plain('silent_days'),
  closedTo: plain('closed_to'),
  provenTo: plain('proven_to'),
  missing: plain('missing'),
  missingNumbers: plain('missing_numbers'),
  inHand: plain('goods_in_hand'),
  inAThousand: plain('goods_in_hand_per_1000_sales'),
  confirmed: plain('confirmed'),
  byCode: plain('by_code'),
  byCard: plain('by_card'),
  bySignature: plain('by_signature'),
  byIssuer: plain('by_issuer'),
  share: plain('issuer_share_percent'),
  limit: plain('issuer_limit_percent'),
} as const satisfies Record<ReportColumn, readonly CsvColumn[]>;

/** In a stock-out `from` is a day, in transit a location. */
const columnsOf = (report: ReportName, column: ReportColumn): readonly CsvColumn[] => {
  if (column !== 'from') return COLUMNS[column];
  if (report === 'price-changes') return plain('in_force_from');
  return report === 'transit-overdue' ? named('from', 'locations') : plain('from');
};

export const reportCsv = (
  report: ReportName,
  rows: readonly CsvTableRow[],
  names: ReportNames,
): { readonly columns: readonly string[]; readonly rows: readonly CsvTableRow[] } => {
  const byId = namesById(names);
  const fields = Object.keys(REPORTS[report].row.shape) as ReportColumn[];
  const columns = fields.flatMap((field) => columnsOf(report, field).map((column) => ({ field, ...column })));
  return {
    columns: columns.map(({ header }) => header),
    rows: rows.map((row) =>
      Object.fromEntries(columns.map(({ field, header, cell }) => [header, cell(row[field], byId)])),
    ),
  };
};
