import type { ItemId } from '../kernel/ids.ts';
import type { VoucherNumber, VoucherSequence } from '../kernel/voucher-number.ts';
import type { StockChange } from '../stock/stock.ts';

/** Sheets in order of recording. `version`: 0 before the first. */
export type CountSheets = {
  readonly sheets: readonly CountSheet[];
  readonly version: number;
};

/** `lots`: of an opening at a depot, as `lotKey` writes them; not stored. */
export type CountSheet = {
  readonly number: VoucherNumber;
  readonly items: readonly ItemId[];
  readonly lots?: readonly string[];
};

export const lotKey = (item: ItemId, lot: string): string => `${item}/${lot}`;

export const sheetOfItem = ({ sheets }: CountSheets): ReadonlyMap<ItemId, VoucherNumber> =>
  new Map(sheets.flatMap(({ number, items }) => items.map((item) => [item, number] as const)));

export type CountSheetsChange = CountSheets & { readonly count: string };

export const withSheet = ({ sheets, version }: CountSheets, count: string, sheet: CountSheet): CountSheetsChange => ({
  count,
  version,
  sheets: [...sheets, sheet],
});

/** Ignores letter case, letter width and spaces. */
export const normalizeName = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** Openings are stored as the count of this name. A real count's name is never empty. */
export const OPENING_STOCK = '';

type OpeningLine = {
  readonly item: ItemId;
  readonly moved: number;
  readonly lots: readonly { readonly lot: string }[];
};

/** Without the items and lots whose lines are all reversed. */
export const withoutReversedItems = (
  { number, items }: CountSheet,
  lines: readonly OpeningLine[],
  returned: ReadonlyMap<number, number>,
): CountSheet => {
  const open = lines.filter(({ moved }, at) => Math.abs(moved) > (returned.get(at + 1) ?? 0));
  return {
    number,
    items: items.filter((item) => open.some((line) => line.item === item)),
    lots: open.flatMap(({ item, lots }) => lots.map(({ lot }) => lotKey(item, lot))),
  };
};

export type LastCounts = ReadonlyMap<ItemId, VoucherSequence>;

/** Changes of reservations and of stock in transit remain. */
export const supersedeByCount = (
  stock: readonly StockChange[],
  order: VoucherSequence,
  counted: LastCounts,
): { readonly stock: readonly StockChange[]; readonly absorbed: readonly ItemId[] } => {
  const isSeen = ({ item, count, location }: StockChange) =>
    !count && location === undefined && (counted.get(item) ?? '') > order;
  const absorbed = stock.filter((change) => isSeen(change) && !isInboundOnly(change)).map(({ item }) => item);
  const changed = stock.flatMap((change): StockChange[] => {
    if (!isSeen(change)) return [change];
    const { item, onHand, free = onHand, inbound = 0 } = change;
    if (free === onHand && inbound === 0) return [];
    return [{ item, onHand: 0, free: free - onHand, requires: 'nothing', ...(inbound !== 0 && { inbound }) }];
  });
  return { stock: changed, absorbed };
};

/** Stock in transit was not on the shelf. */
const isInboundOnly = ({ onHand, inbound = 0 }: StockChange): boolean => onHand === 0 && inbound !== 0;
