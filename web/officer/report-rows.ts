import { dayOf, type Instant } from '../../shared/kernel/time.ts';
import type { Item } from '../../shared/registry/item.ts';
import type { ReportPage } from '../../shared/reports/report-contract.ts';
import type { ReportName } from '../../shared/reports/reports.ts';
import { rupees, spacedNumber } from '../app/format.ts';
import { language, type TextKey, t } from '../app/texts.ts';
import { quantityText } from '../materials/quantities.ts';
import { dateText } from '../materials/request-parts.tsx';

/** A row of any report. */
export type ReportRow = Readonly<Record<string, string | number | bigint | boolean | readonly string[] | undefined>>;

type NamedEntry = Pick<Item, 'name'> & Partial<Pick<Item, 'nameHi' | 'unit'>>;

export type ReportNamesById = ReadonlyMap<string, NamedEntry>;

const MONEY = [
  ...(['amount', 'refunded', 'net', 'taken', 'given', 'taxable', 'cgst', 'sgst', 'igst', 'value'] as const),
  ...(['varianceValue', 'writtenOffValue', 'price', 'priceBefore', 'mrp', 'mrpBefore'] as const),
] as const satisfies readonly string[];
const DAYS = ['day', 'to', 'lastDay', 'closedTo', 'provenTo'];
const QUANTITIES = ['sold', 'returned', 'onHand', 'issued', 'variance', 'writtenOff'];
const PERCENT = ['share', 'limit', 'signedShare'];
const RATES = ['gstBasisPoints', 'rate', 'rateBefore'];
const INSTANTS = ['sentAt', 'at'];

const isOneOf = (list: readonly string[], column: string): boolean => list.includes(column);

/** Names of all ids of a page. Only items have a Hindi name. */
export const namesOf = ({ names }: ReportPage): ReportNamesById =>
  new Map([...names.districts, ...names.locations, ...names.sellers, ...names.items].map((one) => [one.id, one]));

/** A cell as people read it: rupees, units, dates and names. */
export const cellText = (column: string, row: ReportRow, names: ReportNamesById): string => {
  const value = row[column];
  if (value === undefined) return '–';
  if (Array.isArray(value)) return value.map((one) => spacedNumber(String(one))).join(', ') || '–';
  if (typeof value === 'boolean') return value ? '✓' : '–';
  if (isOneOf(MONEY, column)) return rupees(value as number | bigint);
  if (isOneOf(RATES, column)) return `${Number(value) / 100} %`;
  if (isOneOf(PERCENT, column)) return `${value} %`;
  if (isOneOf(QUANTITIES, column)) return quantityOf(Number(value), names.get(String(row.item)));
  if (isOneOf(INSTANTS, column)) return dateText(dayOf(value as Instant));
  if (column === 'dispatch') return spacedNumber(String(value));
  if (column === 'tender') return t(value as TextKey);
  if (isOneOf(DAYS, column) || /^\d{4}-\d\d-\d\d$/.test(String(value))) return dateText(String(value));
  const known = names.get(String(value));
  return known ? (language.value === 'hi' ? (known.nameHi ?? known.name) : known.name) : String(value);
};

const quantityOf = (value: number, item: NamedEntry | undefined): string => {
  if (item?.unit === undefined || item.unit === 'piece') return String(value);
  return quantityText(value, { name: item.name, nameHi: item.nameHi ?? item.name, unit: item.unit });
};

export const isNumberColumn = (column: string, rows: readonly ReportRow[]): boolean =>
  rows.some((row) => typeof row[column] === 'number' || typeof row[column] === 'bigint');

export const sortValue = (
  column: string,
  row: ReportRow,
  names: ReportNamesById,
): string | number | bigint | undefined => {
  const value = row[column];
  if (typeof value === 'number' || typeof value === 'bigint' || value === undefined) return value;
  return isOneOf([...DAYS, ...INSTANTS], column) ? String(value) : cellText(column, row, names);
};

/** The columns that the chart of a report draws and labels. */
export const MEASURES = {
  'sales-by-day': { measure: 'net', label: 'day' },
  'sales-by-district': { measure: 'net', label: 'district' },
  'sales-by-item': { measure: 'amount', label: 'item' },
  'sales-by-seller': { measure: 'net', label: 'seller' },
  'sales-by-outlet': { measure: 'net', label: 'location' },
  'sales-by-tender': { measure: 'net', label: 'tender' },
  'tax-by-rate': { measure: 'taxable', label: 'gstBasisPoints' },
  'stock-value': { measure: 'value', label: 'item' },
  'materials-issued': { measure: 'issued', label: 'item' },
  'dead-stock': { measure: 'value', label: 'item' },
  'stock-outs': { measure: 'days', label: 'item' },
  discrepancies: { measure: 'varianceValue', label: 'item' },
  'silent-outlets': { measure: 'silentDays', label: 'location' },
  'transit-overdue': { measure: 'value', label: 'location' },
  'goods-in-hand': { measure: 'inHand', label: 'location' },
  confirmations: { measure: 'share', label: 'location' },
  'sales-by-hsn': { measure: 'taxable', label: 'hsn' },
  'signed-receipts': { measure: 'signedShare', label: 'issuedBy' },
  'price-changes': { measure: 'price', label: 'item' },
} as const satisfies Record<ReportName, { measure: string; label: string }>;

export const REPORT_NAMES = Object.keys(MEASURES) as ReportName[];
