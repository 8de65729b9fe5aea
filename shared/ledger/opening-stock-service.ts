import type { ItemId, StockLocationId } from '../kernel/ids.ts';
import type { CountSheetStore } from './count-sheet-store.ts';
import { type CountSheet, type CountSheets, OPENING_STOCK, withoutReversedItems } from './counts.ts';
import type { LedgerStore } from './ledger-store.ts';
import { reversibleVoucherOf } from './on-hand.ts';
import { type OpenedLine, openedLinesOf } from './opening-stock.ts';
import type { ReturnedQuantityStore } from './returned-quantity-store.ts';

export type OpeningStockDeps = {
  readonly countSheets: CountSheetStore;
  readonly ledger: LedgerStore;
  readonly returnedQuantities: ReturnedQuantityStore;
};

export type Openings = CountSheets & { readonly opened: readonly OpenedLine[] };

/**
 * Opening receipts of a location and their lines with these items, without what is reversed. A
 * reversed opening stays reversed, so the reversals may be read after the row of sheets.
 */
export const loadOpenings = async (
  here: StockLocationId,
  items: readonly ItemId[],
  { countSheets, ledger, returnedQuantities }: OpeningStockDeps,
): Promise<Openings> => {
  const { sheets, version } = await countSheets.find(here, OPENING_STOCK);
  const open: CountSheet[] = [];
  const opened: OpenedLine[] = [];
  for (const sheet of sheets) {
    const opening = sheet.items.some((item) => items.includes(item)) && (await ledger.find(here, sheet.number));
    if (!opening) open.push(sheet);
    else {
      const { returned } = await returnedQuantities.find(here, sheet.number);
      open.push(withoutReversedItems(sheet, reversibleVoucherOf(opening).lines, returned));
      opened.push(...openedLinesOf(opening, returned));
    }
  }
  return { sheets: open.filter((sheet) => sheet.items.length > 0), version, opened };
};
