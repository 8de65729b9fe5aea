import type { CsvRow } from '../platform/csv.ts';
import { isItemEntry, mergePrices } from './item.ts';

/** A cell that does not parse stays text, so that the schema refuses it. */
export type CellReader = (text: string) => unknown;

const readText: CellReader = (cell) => cell;

const readInteger: CellReader = (cell) => (/^-?\d{1,15}$/.test(cell) ? Number(cell) : cell);

const readDecimal: CellReader = (cell) => (/^\d{1,6}(\.\d{1,6})?$/.test(cell) ? Number(cell) : cell);

const readBoolean: CellReader = (cell) => (cell === 'true' ? true : cell === 'false' ? false : cell);

const readList = (cell: string): string[] => cell.split(';').map((one) => one.trim());

/** Example: `kg=1000;sq ft=10000/9`, where 9 sq ft are 10,000 base units. */
const readUnits: CellReader = (cell) =>
  readList(cell).map((one) => {
    const [unit = '', base = '', per = '1'] = one.split(/[=/]/).map((part) => part.trim());
    return { unit, base: readInteger(base), per: readInteger(per) };
  });

/** Example: `members=3;looms=2`. */
const readAmounts = (cell: string): (readonly [name: string, amount: unknown])[] =>
  readList(cell).map((one) => {
    const [name = '', ...amount] = one.split('=');
    return [name.trim(), readInteger(amount.join('=').trim())];
  });

/** Example: `members=3;looms=2`. A missing or repeated name stays text. */
const readMeans: CellReader = (cell) => {
  const amounts = readAmounts(cell);
  const names = new Set(amounts.map(([name]) => name));
  return names.size === amounts.length && !names.has('') ? Object.fromEntries(amounts) : cell;
};

/** Example: `members=12000`, one means only. */
const readEntitlement: CellReader = (cell) => {
  const [first, ...others] = readAmounts(cell);
  return first && others.length === 0 ? { per: first[0], quantity: first[1] } : cell;
};

/** Example: `PBT-BAMBOO=5000;PBT-CORK=300`. */
const readItemQuantities: CellReader = (cell) => readAmounts(cell).map(([item, quantity]) => ({ item, quantity }));

/** Example: `119 AU/37/GI/119`: application, then authorised user. */
const readGi: CellReader = (cell) => {
  const [application, ...user] = cell.split(' ');
  return { application, user: user.join(' ') };
};

const LIMIT_COLUMNS = { quantityFactor: readDecimal, largestAmount: readInteger, adjustmentLimit: readInteger };
const PRICE_COLUMNS = {
  from: readText,
  price: readInteger,
  mrp: readInteger,
  gstBasisPoints: readInteger,
  floor: readInteger,
  per: readText,
};

/** Columns beside `id`, and their parsers. An empty cell omits the field. */
export const CSV_COLUMNS = {
  districts: { name: readText, nameHi: readText, craft: readText, craftHi: readText, issuerShare: readInteger },
  sellers: {
    name: readText,
    registration: readText,
    gstin: readText,
    district: readText,
    registeredFrom: readText,
    address: readText,
    pinCode: readText,
    vpa: readText,
    merchantCategory: readText,
    fssai: readText,
  },
  products: { name: readText, nameHi: readText, district: readText, material: readBoolean },
  items: {
    name: readText,
    nameHi: readText,
    product: readText,
    seller: readText,
    unit: readText,
    hsn: readText,
    hsnFrom: readText,
    ...PRICE_COLUMNS,
    reorderPoint: readInteger,
    aliases: readList,
    keypad: readText,
    barcode: readText,
    units: readUnits,
    entitlement: readEntitlement,
    makers: readList,
    makerName: readText,
    uqc: readText,
    prePacked: readBoolean,
    handicraft: readBoolean,
    gi: readGi,
    largestQuantity: readInteger,
    adjustmentLimit: readInteger,
  },
  outlets: {
    name: readText,
    station: readText,
    district: readText,
    sellers: readList,
    lines: readList,
    ...LIMIT_COLUMNS,
  },
  depots: {
    name: readText,
    nameHi: readText,
    district: readText,
    sellers: readList,
    issuerShare: readInteger,
    gives: readItemQuantities,
    ...LIMIT_COLUMNS,
  },
  producers: {
    name: readText,
    nameHi: readText,
    district: readText,
    craft: readText,
    group: readText,
    depots: readList,
    means: readMeans,
  },
  staff: {
    name: readText,
    location: readText,
    looksAfter: readList,
    phone: readText,
    email: readText,
    language: readText,
  },
  festivals: {
    name: readText,
    nameHi: readText,
    from: readText,
    to: readText,
    factor: readDecimal,
    craft: readText,
    district: readText,
  },
} as const satisfies Record<string, Record<string, CellReader>>;

export type CsvKind = keyof typeof CSV_COLUMNS;

/** The unchecked entry of a line. The one price of an items line becomes `prices`. */
export const entryFromCsv = (kind: CsvKind, { cells }: CsvRow): unknown => {
  const columns: Record<string, CellReader> = CSV_COLUMNS[kind];
  const filled = Object.entries(columns).filter(([column]) => cells[column]);
  const entry = Object.fromEntries(filled.map(([column, read]) => [column, read(cells[column] ?? '')]));
  if (kind !== 'items') return entry;
  const isPrice = ([column]: [string, unknown]) => column in PRICE_COLUMNS;
  const price = Object.entries(entry).filter(isPrice);
  const otherFields = Object.entries(entry).filter((field) => !isPrice(field));
  return { aliases: [], ...Object.fromEntries(otherFields), prices: [Object.fromEntries(price)] };
};

/** An item keeps the stored prices of other times. */
export const withStoredPrices = <Entry extends object>(entry: Entry, stored: object | undefined): Entry =>
  stored && isItemEntry(entry) && isItemEntry(stored) ? mergePrices(entry, stored.prices) : entry;
