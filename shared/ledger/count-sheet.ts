import * as z from 'zod';
import { ItemId, SellerId } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { MAX_QUANTITY, type Quantity } from '../kernel/quantity.ts';
import { findUnit, formatQuantity, type Measure, measureOf, toBaseUnits, toLatinDigits } from '../kernel/units.ts';
import type { CsvRow } from '../platform/csv.ts';
import { hundredths, readText, text } from '../registry/csv-cells.ts';
import { spreadsheetProblemOf } from '../registry/csv-columns.ts';
import type { Item } from '../registry/item.ts';
import { LotNumber } from '../stock/lots.ts';
import { normalizeName } from './counts.ts';
import { Count } from './kinds/count.ts';
import { OPENING_SUPPLIER, Receipt } from './kinds/receipt.ts';

/** `inLedger`: a quantity with its unit. `unit`: the one that people count in. */
export const CountSheetRow = z.strictObject({
  item: ItemId,
  name: z.string(),
  nameHi: z.string(),
  barcode: z.string().optional(),
  unit: z.string(),
  inLedger: z.string().optional(),
});
export type CountSheetRow = z.infer<typeof CountSheetRow>;

const header = { occurredAt: true, by: true, previous: true } as const;

/** A voucher without its number, time, staff and proof, which the terminal adds. */
export const SheetVoucher = z.strictObject({
  seller: SellerId,
  claim: z.discriminatedUnion('kind', [Count.omit(header), Receipt.omit(header)]),
});
export type SheetVoucher = z.infer<typeof SheetVoucher>;

const COUNTED = ['item', 'barcode', 'name', 'nameHi', 'place', 'quantity', 'unit'];

/** `empty`: for the download. `in_ledger` is for people; nothing reads it. */
export const SHEET_COLUMNS = {
  empty: [...COUNTED, 'in_ledger'],
  count: [...COUNTED, 'in_ledger'].filter((column) => column !== 'quantity'),
  opening: [...COUNTED, 'cost_rupees', 'lot'].filter((column) => column !== 'quantity'),
};

type SheetItem = Pick<Item, 'name' | 'nameHi' | 'aliases' | 'barcode' | 'unit' | 'units' | 'seller'>;
export type SheetItems = ReadonlyMap<ItemId, SheetItem>;

const unitsOf = ({ unit, units = [] }: SheetItem) => ({ unit, units });

/** The item's first unit above the base unit, such as kg, else the base unit. */
const countingUnitOf = ({ unit, units = [] }: SheetItem): string =>
  unit === 'piece' ? unit : (units.find(({ base, per }) => base > per)?.unit ?? unit);

const writeBalance = (balance: number, item: SheetItem): string =>
  balance === 0 ? '0' : `${balance < 0 ? '-' : ''}${formatQuantity(Math.abs(balance) as Quantity, unitsOf(item))}`;

const writeCell = (cell: string): string => text('cell').write(cell);

export const rowOfSheet = (item: ItemId, entry: SheetItem, inLedger?: number): CountSheetRow => ({
  item,
  name: entry.name,
  nameHi: entry.nameHi,
  ...(entry.barcode && { barcode: entry.barcode }),
  unit: countingUnitOf(entry),
  ...(inLedger !== undefined && { inLedger: writeBalance(inLedger, entry) }),
});

export const cellsOfSheetRow = ({ item, barcode = '', name, nameHi, unit, inLedger }: CountSheetRow) => ({
  item,
  barcode: barcode && writeCell(barcode),
  name: writeCell(name),
  nameHi: writeCell(nameHi),
  place: '',
  quantity: '',
  unit,
  in_ledger: inLedger === undefined ? '' : writeCell(inLedger),
});

/** The ids of each name, alias and barcode. */
const itemsByName = (items: SheetItems): ReadonlyMap<string, readonly ItemId[]> => {
  const named = new Map<string, ItemId[]>();
  for (const [id, { name, nameHi, aliases, barcode }] of items)
    for (const one of new Set([name, nameHi, ...aliases, ...(barcode ? [barcode] : [])].map(normalizeName)))
      named.set(one, [...(named.get(one) ?? []), id]);
  return named;
};

export type SheetLine = {
  readonly line: number;
  readonly item: ItemId;
  readonly quantity: number;
  readonly place: string;
  readonly lot?: LotNumber | undefined;
  readonly cost?: number | undefined;
};

export type ReadSheet = {
  readonly lines: readonly SheetLine[];
  readonly notCounted: number;
  readonly problems: readonly FieldProblem[];
};

const ZERO = /^0+(?:\.0+)?$/;

const unitInCell = (cell: string): string => /\p{L}[\p{L}\p{M}. ]*$/u.exec(cell)?.[0] ?? '';

/** Accepts Indian and western commas. `undefined` if there is more than a number. */
const plainNumber = (cell: string): string | undefined => {
  const digits = toLatinDigits(cell);
  return /^(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.\d+)?$/.test(digits) ? digits.replaceAll(',', '') : undefined;
};

/** In base units. */
const readQuantity = (typed: string, unit: string, item: SheetItem): { quantity: number } | { problem: string } => {
  const cell = typed.replace(/\s+/g, ' ');
  const units = unitsOf(item);
  const own = unitInCell(cell);
  const known = findUnit(units, own || unit || item.unit);
  if (known && own && unit && findUnit(units, unit)?.unit !== known.unit)
    return { problem: `'${cell}' is not in ${unit}, the unit of the line: write one unit` };
  const digits = toLatinDigits(cell)
    .slice(0, cell.length - own.length)
    .trim();
  if (ZERO.test(digits)) return known ? { quantity: 0 } : toBaseUnits(`1 ${own || unit}` as Measure, units);
  const number = plainNumber(cell);
  if (number === undefined) return toBaseUnits(cell as Measure, units);
  if (unit === '' && measureOf(1, units) !== 1)
    return { problem: `${cell} may be ${cell} ${item.unit} or ${cell} ${countingUnitOf(item)}: name the unit` };
  return toBaseUnits(`${number} ${unit || item.unit}` as Measure, units);
};

/** Reads all rows; `problems` names the faults of each. Quantities in base units. */
export const readSheetRows = (rows: readonly CsvRow[], items: SheetItems, places: 'apart' | 'added'): ReadSheet => {
  const named = itemsByName(items);
  const problems: FieldProblem[] = [];
  const lines: SheetLine[] = [];
  const lineOfPlace = new Map<string, number>();
  let notCounted = 0;

  for (const { line, cells } of rows) {
    const add = (column: string, problem: string): undefined => {
      problems.push({ path: `line ${line}, ${column}`, problem });
    };
    const cell = (column: string): string => readText(cells[column] ?? '').trim();
    const spoiled = ['item', 'barcode', 'quantity'].filter((column) => {
      const problem = spreadsheetProblemOf(column, cell(column));
      if (problem) add(column, problem);
      return problem !== undefined;
    });
    if (spoiled.length > 0) continue;
    const item = itemOf(cell, items, named, add);
    if (cell('quantity') === '') {
      notCounted++;
      continue;
    }
    const entry = item && items.get(item);
    if (!item || !entry) continue;
    const read = readQuantity(cell('quantity'), cell('unit'), entry);
    if ('problem' in read) {
      add('quantity', read.problem);
      continue;
    }
    const lot = LotNumber.optional().safeParse(cell('lot') || undefined);
    if (!lot.success) add('lot', lot.error.issues[0]?.message ?? 'is not a lot');
    const cost = cell('cost_rupees') === '' ? undefined : hundredths('cost').read(cell('cost_rupees'));
    if (typeof cost === 'string') add('cost_rupees', 'must be an amount in rupees, such as 1,250.50');
    const place = normalizeName(cell('place'));
    const key = [item, place, places === 'apart' ? cell('lot') : ''].join('\n');
    const earlier = lineOfPlace.get(key);
    if (earlier !== undefined)
      add('item', `${item} is in line ${earlier} already: name another place, or write one line with the total`);
    lineOfPlace.set(key, line);
    lines.push({
      line,
      item,
      place,
      quantity: read.quantity,
      lot: lot.data,
      cost: typeof cost === 'number' ? cost : undefined,
    });
  }
  if (places === 'added')
    for (const [item, all] of Map.groupBy(lines, (one) => one.item))
      if (quantityOf(all) > MAX_QUANTITY)
        problems.push({
          path: `line ${all[0]?.line}, quantity`,
          problem: `${item}: a quantity is at most 100,000,000`,
        });
  return { lines, notCounted, problems };
};

const quantityOf = (lines: readonly SheetLine[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

const itemOf = (
  cell: (column: string) => string,
  items: SheetItems,
  named: ReadonlyMap<string, readonly ItemId[]>,
  add: (column: string, problem: string) => undefined,
): ItemId | undefined => {
  const column = ['item', 'barcode', 'name', 'nameHi'].find((one) => cell(one) !== '');
  if (column === undefined) return add('item', 'name the item: by its id, barcode or name');
  const written = cell(column);
  if (column === 'item' && items.has(written as ItemId)) return written as ItemId;
  const found = column === 'item' ? [] : (named.get(normalizeName(written)) ?? []);
  const [first, second] = found;
  if (first && !second) return first;
  if (first) return add(column, `'${written}' may be ${found.join(' or ')}: write the id into the column item`);
  return add(column, `no item of the sellers of this location is '${written}'`);
};

/** A voucher has at most 40 lines. */
const MAX_LINES = 40;

/** One claim per seller and 40 lines, in order of item. `opening`: receipts. */
export const vouchersOfSheet = (
  { lines }: Pick<ReadSheet, 'lines'>,
  items: SheetItems,
  kind: { readonly opening: true } | { readonly count: string; readonly blind: boolean },
): SheetVoucher[] => {
  const bySeller = Map.groupBy(lines, ({ item }) => items.get(item)?.seller);
  return [...bySeller]
    .toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1))
    .flatMap(([seller, own]) => {
      const all = 'opening' in kind ? receiptLines(own, items) : countLines(own, items);
      return pagesOf(all).map((page) => ({ seller: seller as SellerId, claim: claimOf(page, kind) }));
    });
};

type ClaimLine = { readonly item: ItemId; readonly quantity: Measure | 0 };

/** Keeps an item's lines in one voucher, because it opens once. */
const pagesOf = (lines: readonly ClaimLine[]): ClaimLine[][] => {
  const pages: ClaimLine[][] = [];
  for (const all of Map.groupBy(lines, ({ item }) => item).values())
    for (let at = 0; at < all.length; at += MAX_LINES) {
      const same = all.slice(at, at + MAX_LINES);
      const page = pages.at(-1);
      if (page && page.length + same.length <= MAX_LINES) page.push(...same);
      else pages.push(same);
    }
  return pages;
};

const claimOf = (lines: ClaimLine[], kind: Parameters<typeof vouchersOfSheet>[2]): SheetVoucher['claim'] =>
  'opening' in kind
    ? { kind: 'R', opening: true, from: { supplier: OPENING_SUPPLIER }, lines }
    : { kind: 'C', count: kind.count, blind: kind.blind, lines };

const byItem = <Line extends { readonly item: ItemId }>(lines: Iterable<Line>): Line[] =>
  [...lines].toSorted((one, other) => (one.item < other.item ? -1 : one.item > other.item ? 1 : 0));

const measured = (item: ItemId, quantity: number, items: SheetItems): Measure | 0 => {
  const entry = items.get(item);
  return quantity === 0 || !entry ? 0 : measureOf(quantity, unitsOf(entry));
};

const countLines = (lines: readonly SheetLine[], items: SheetItems): ClaimLine[] =>
  byItem(
    Map.groupBy(lines, ({ item }) => item)
      .entries()
      .map(([item, all]) => ({ item, quantity: measured(item, quantityOf(all), items) })),
  );

const receiptLines = (lines: readonly SheetLine[], items: SheetItems): ClaimLine[] =>
  byItem(
    lines
      .filter(({ quantity }) => quantity > 0)
      .map(({ item, quantity, lot, cost }) => ({
        item,
        quantity: measured(item, quantity, items),
        ...(lot && { lot }),
        ...(cost !== undefined && { cost }),
      })),
  );
