import type { ItemId } from '../kernel/ids.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';

/** Sheets in order of recording. `version`: 0 before the first. */
export type CountSheets = {
  readonly sheets: readonly CountSheet[];
  readonly version: number;
};

export type CountSheet = { readonly number: VoucherNumber; readonly items: readonly ItemId[] };

export const sheetOfItem = ({ sheets }: CountSheets): ReadonlyMap<ItemId, VoucherNumber> =>
  new Map(sheets.flatMap(({ number, items }) => items.map((item) => [item, number] as const)));

export type CountSheetsChange = CountSheets & { readonly count: string };

export const withSheet = ({ sheets, version }: CountSheets, count: string, sheet: CountSheet): CountSheetsChange => ({
  ...{ count, version },
  sheets: [...sheets, sheet],
});

/** Ignores letter case, letter width and spaces. */
export const countName = (count: string): string => count.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
