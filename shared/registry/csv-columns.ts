import type { CsvRow } from '../platform/csv.ts';
import { type Cell, decimal, entitlement, flag, gives, list, means, text, units, whole } from './csv-cells.ts';
import { hasPrices, withPrices } from './item.ts';

const BOUNDS = { quantityFactor: decimal, largestAmount: whole, adjustmentLimit: whole };
const PRICE = { from: text, price: whole, mrp: whole, gstBasisPoints: whole, floor: whole, per: text };

/** What columns a file of each kind has beside `id`, and how their cells are read. An empty cell is a field left out. */
export const CSV_COLUMNS = {
  districts: { name: text, nameHi: text, craft: text, craftHi: text, issuerShare: whole },
  sellers: { name: text, registration: text, gstin: text, district: text, registeredFrom: text },
  products: { name: text, nameHi: text, district: text, material: flag },
  items: {
    ...{ name: text, nameHi: text, product: text, seller: text, unit: text, hsn: text, hsnFrom: text },
    ...PRICE,
    ...{ reorderPoint: whole, aliases: list, keypad: text, barcode: text, units, entitlement, makers: list },
    ...{ largestQuantity: whole, adjustmentLimit: whole },
  },
  outlets: { name: text, station: text, district: text, sellers: list, lines: list, ...BOUNDS },
  depots: { name: text, nameHi: text, district: text, sellers: list, issuerShare: whole, gives, ...BOUNDS },
  producers: { name: text, nameHi: text, district: text, craft: text, group: text, depots: list, means },
  staff: { name: text, location: text, looksAfter: list, phone: text, email: text, language: text },
  festivals: { name: text, nameHi: text, from: text, to: text, factor: decimal, craft: text, district: text },
} as const satisfies Record<string, Record<string, Cell>>;

export type CsvKind = keyof typeof CSV_COLUMNS;

/** A line as an entry to be, not yet checked. A line of items holds one price: it goes into the list of prices. */
export const entryIn = (kind: CsvKind, { cells }: CsvRow): unknown => {
  const columns: Record<string, Cell> = CSV_COLUMNS[kind];
  const filled = Object.entries(columns).filter(([column]) => cells[column]);
  const entry = Object.fromEntries(filled.map(([column, read]) => [column, read(cells[column] ?? '')]));
  if (kind !== 'items') return entry;
  const isPrice = ([column]: [string, unknown]) => column in PRICE;
  const [price, rest] = [Object.entries(entry).filter(isPrice), Object.entries(entry).filter((one) => !isPrice(one))];
  return { aliases: [], ...Object.fromEntries(rest), prices: [Object.fromEntries(price)] };
};

/** Beside what is stored: an item keeps the prices of other times. */
export const besideStored = <Entry extends object>(entry: Entry, stored: object | undefined): Entry =>
  stored && hasPrices(entry) && hasPrices(stored) ? withPrices(entry, stored.prices) : entry;
