import type { Instant } from '../kernel/time.ts';
import { dayOf } from '../kernel/time.ts';
import type { CsvRow } from '../platform/csv.ts';
import type { CsvColumn } from './csv-cells.ts';
import * as cell from './csv-cells.ts';
import { EffectiveFrom, effectiveAt, effectiveStartOf } from './dated-field.ts';
import { type DatedPrice, isItemEntry, mergePrices } from './item.ts';

type Columns = Readonly<Record<string, CsvColumn>>;
type ColumnKind = (field: string) => CsvColumn;

const named = (kinds: Readonly<Record<string, ColumnKind>>): Columns =>
  Object.fromEntries(Object.entries(kinds).map(([field, kind]) => [field, kind(field)]));

const { text, integer, decimal, boolean, hundredths, date, list } = cell;

const ADDRESS = named({ address: text, pinCode: text });

const STATUS = named({ status: text, statusFrom: date });

const LIMITS: Columns = {
  ...named({ quantityFactor: decimal }),
  largest_amount_rupees: hundredths('largestAmount'),
  adjustment_limit_rupees: hundredths('adjustmentLimit'),
};

/** The price that starts at `from`, or today. */
const PRICE: Columns = {
  from: date('from'),
  price_rupees: hundredths('price'),
  mrp_rupees: hundredths('mrp'),
  gst_percent: hundredths('gstBasisPoints'),
  floor_rupees: hundredths('floor'),
  per: text('per'),
};

/** Columns beside `id`. */
export const CSV_COLUMNS = {
  districts: named({ name: text, nameHi: text, craft: text, craftHi: text, issuerShare: integer }),
  sellers: {
    ...named({
      name: text,
      nameHi: text,
      pan: text,
      registration: text,
      gstin: text,
      district: text,
      registeredFrom: date,
      address: text,
      pinCode: text,
      vpa: text,
      merchantCategory: text,
      fssai: text,
    }),
    ...STATUS,
  },
  products: { ...named({ name: text, nameHi: text, district: text, material: boolean }), ...STATUS },
  items: {
    ...named({ name: text, nameHi: text, product: text, seller: text, unit: text, hsn: text, hsnFrom: date }),
    ...PRICE,
    ...named({ reorderPoint: integer, aliases: list, keypad: text, barcode: text, units: cell.units }),
    ...named({
      entitlement: cell.entitlement,
      makers: list,
      makerName: text,
      uqc: text,
      prePacked: boolean,
      handicraft: boolean,
    }),
    ...named({ gi: cell.gi, largestQuantity: integer, adjustmentLimit: integer }),
    ...STATUS,
  },
  outlets: {
    ...named({ name: text, site: text, station: text, district: text, sellers: list, sellersFrom: date }),
    ...named({ lines: list, leadDays: integer }),
    ...ADDRESS,
    ...LIMITS,
    ...STATUS,
  },
  depots: {
    ...named({ name: text, nameHi: text, district: text, sellers: list, sellersFrom: date }),
    ...named({ leadDays: integer, issuerShare: integer }),
    ...named({ gives: cell.itemQuantities }),
    ...ADDRESS,
    ...LIMITS,
    ...STATUS,
  },
  producers: {
    ...named({ name: text, nameHi: text, district: text, craft: text, village: text, villageHi: text }),
    ...named({ cluster: text, group: text, depots: list }),
    ...named({ means: cell.means }),
    ...ADDRESS,
    ...STATUS,
  },
  clusters: { ...named({ name: text, nameHi: text, district: text, craft: text }), ...STATUS },
  registrations: {
    ...named({ udyam: text, pan: text, gstin: text, enrolment: text, pehchan: text, pehchanUntil: date }),
    ...named({ weaverCard: text, weaverCardUntil: date, bankIfsc: text, bankLast4: text, gi: cell.gi }),
  },
  staff: {
    ...named({ name: text, location: text, looksAfter: list, phone: text, email: text, language: text }),
    ...STATUS,
  },
  festivals: named({ name: text, nameHi: text, from: date, to: date, factor: decimal, craft: text, district: text }),
  rates: {
    ...named({ name: text, from: date, condition: text }),
    up_to_rupees: hundredths('upTo'),
    gst_percent: hundredths('gstBasisPoints'),
    ...named({ notification: text, notifiedOn: date }),
  },
  states: named({ name: text, nameHi: text, buyersStateFrom: date, buyersStateTo: date }),
} as const satisfies Record<string, Columns>;

export type CsvKind = keyof typeof CSV_COLUMNS;

const DATED_GROUPS = [
  { values: ['registration', 'gstin'], from: 'registeredFrom', earlier: 'earlierRegistrations' },
  { values: ['hsn'], from: 'hsnFrom', earlier: 'earlierHsn' },
  { values: ['sellers'], from: 'sellersFrom', earlier: 'earlierSellers' },
  { values: ['status'], from: 'statusFrom', earlier: 'earlierStatuses' },
];

type Fields = Record<string, unknown>;

/** An empty cell clears its field. */
const withCells = (fields: Fields, columns: Columns, cells: CsvRow['cells']): Fields => {
  const changed = { ...fields };
  for (const [name, { field, read }] of Object.entries(columns)) {
    const text = cells[name];
    if (text === undefined) continue;
    delete changed[field];
    if (text !== '') changed[field] = read(text);
  }
  return changed;
};

const without = (columns: Columns, others: Columns): Columns =>
  Object.fromEntries(Object.entries(columns).filter(([name]) => !(name in others)));

/** The stored entry, changed by the file's columns; unchecked. */
export const entryFromCsv = (
  kind: CsvKind,
  { cells }: Pick<CsvRow, 'cells'>,
  stored: object | undefined,
  now: Instant,
): unknown => {
  const columns: Columns = kind === 'items' ? without(CSV_COLUMNS.items, PRICE) : CSV_COLUMNS[kind];
  const base: Fields = { ...stored };
  for (const { values, from, earlier } of DATED_GROUPS) {
    if (![...values, from].some((name) => name in columns && cells[name] !== undefined)) continue;
    delete base[from];
    delete base[earlier];
  }
  const entry = withCells(base, columns, cells);
  if (kind !== 'items') return entry;
  const price = priceFromCsv(cells, stored && isItemEntry(stored) ? stored.prices : [], now);
  return { aliases: [], ...entry, ...(price && { prices: [price] }) };
};

/** Absent columns of a price are those in force at its start. */
const priceFromCsv = (cells: CsvRow['cells'], stored: readonly DatedPrice[], now: Instant): Fields | undefined => {
  if (!Object.keys(PRICE).some((name) => cells[name] !== undefined)) return undefined;
  const { from } = withCells({}, PRICE, cells);
  const start = typeof from === 'string' ? startOf(from) : now;
  const base: Fields = { ...(start && effectiveAt(stored, start)) };
  const edited = withCells(base, PRICE, cells);
  if (from !== undefined) return edited;
  const isSame = Object.entries({ ...base, ...edited }).every(
    ([field, value]) => field === 'from' || base[field] === value,
  );
  const { from: since } = base;
  return { ...edited, from: isSame && since !== undefined ? since : dayOf(now) };
};

const startOf = (from: string): Instant | undefined => {
  const { data } = EffectiveFrom.safeParse(from);
  return data && effectiveStartOf(data);
};

/** An item keeps the stored prices of other times. */
export const withStoredPrices = <Entry extends object>(entry: Entry, stored: object | undefined): Entry =>
  stored && isItemEntry(entry) && isItemEntry(stored) ? mergePrices(entry, stored.prices) : entry;

/** As an import takes them back. An item shows its last price. */
export const cellsOf = (kind: CsvKind, id: string, entry: object): Readonly<Record<string, string>> => {
  const fields: Fields = { ...(isItemEntry(entry) ? entry.prices.at(-1) : undefined), ...entry };
  const columns: Columns = CSV_COLUMNS[kind];
  const cells = Object.entries(columns).map(([name, { field, write }]) => [
    name,
    fields[field] === undefined ? '' : write(fields[field]),
  ]);
  return { id: text('id').write(id), ...Object.fromEntries(cells) };
};

/** The column of a field in a problem: `prices.0.price` is `price_rupees`. */
export const columnOf = (kind: CsvKind, path: string): string => {
  const [field = '', ...rest] = path.replace(/^prices\.\d+\.?/, '').split('.');
  const columns: Columns = CSV_COLUMNS[kind];
  const isPrice = path.startsWith('prices');
  const found = Object.entries(isPrice ? PRICE : columns).find(([, one]) => one.field === field);
  if (isPrice && field === '') return 'price_rupees';
  return [found?.[0] ?? field, ...rest].join('.');
};

/** Digits that a code may have, where one less is a lost zero. */
const CODE_LENGTHS: Readonly<Record<string, readonly number[]>> = {
  hsn: [4, 6, 8],
  barcode: [8, 12, 13, 14],
};

/** How a spreadsheet changed a cell, and how to avoid it. */
export const spreadsheetProblemOf = (name: string, content: string): string | undefined => {
  const advice = 'format the column as Text and enter it again';
  if (/^\d(\.\d+)?E\+\d+$/i.test(content)) return `a spreadsheet shortened a long number to ${content}: ${advice}`;
  const isCode = CODE_LENGTHS[name]?.includes(content.length + 1) && !CODE_LENGTHS[name]?.includes(content.length);
  if (isCode && /^\d+$/.test(content)) return `a spreadsheet took the leading zero from ${content}: ${advice}`;
  if (name === 'phone' && /^91\d{10}$/.test(content)) return `a spreadsheet took the + from ${content}: ${advice}`;
  return undefined;
};

/** Columns in rupees or percent, which schemas hold as paise and basis points. */
const AMOUNT = /_(rupees|percent)$/;

/** Why a cell is no amount, in the unit of its column. */
export const amountProblemOf = (name: string, content: string): string | undefined =>
  AMOUNT.test(name) && content !== '' && typeof cell.readHundredths(content) !== 'number'
    ? 'an amount has digits and at most two decimals, such as 1250.50'
    : undefined;
