import type { ItemId, StockLocationId } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { SheetLine } from './count-sheet.ts';
import { isReceipt } from './kinds/receipt.ts';
import { reversibleVoucherOf } from './on-hand.ts';
import type { Voucher } from './voucher.ts';

/** A line of an opening receipt that is not reversed. `quantity` in base units, `cost` in paise. */
export type OpenedLine = {
  readonly voucher: VoucherNumber;
  readonly item: ItemId;
  readonly quantity: number;
  readonly lot?: string | undefined;
  readonly cost?: number | undefined;
};

/** `returned`: by line, counted from 1. */
export const openedLinesOf = (opening: Voucher, returned: ReadonlyMap<number, number>): OpenedLine[] => {
  const { claim, number } = opening;
  if (!isReceipt(claim)) return [];
  return reversibleVoucherOf(opening).lines.flatMap(({ item, moved }, at) => {
    const { lot, cost } = claim.lines[at] ?? {};
    return moved > (returned.get(at + 1) ?? 0) ? [{ voucher: number, item, quantity: moved, lot, cost }] : [];
  });
};

type LinesToOpen = {
  readonly lines: readonly SheetLine[];
  readonly recorded: readonly { readonly item: ItemId; readonly voucher: VoucherNumber }[];
  readonly problems: readonly FieldProblem[];
};

/**
 * The lines of a file that its earlier reading has not opened, so that a file of which half is
 * recorded can be sent again. A line that differs from what it opened is a problem.
 */
export const linesToOpen = (
  read: readonly SheetLine[],
  opened: readonly OpenedLine[],
  stocked: ReadonlySet<ItemId>,
  location: StockLocationId,
): LinesToOpen => {
  const lines: SheetLine[] = [];
  const recorded = new Map<string, { readonly item: ItemId; readonly voucher: VoucherNumber }>();
  const problems: FieldProblem[] = [];
  for (const own of Map.groupBy(read, keyOf).values()) {
    const [{ item, line } = {}] = own;
    if (item === undefined) continue;
    const ofItem = opened.filter((one) => one.item === item);
    const same = ofItem.filter((one) => own.some((other) => keyOf(other) === keyOf(one)));
    if (same.length > 0 && figuresOf(own) === figuresOf(same))
      for (const { voucher } of same) recorded.set(`${item}/${voucher}`, { item, voucher });
    else if (same.length > 0) {
      const problem = `${item} opened here with ${same[0]?.voucher}, which differs from this file: take it out of the file, and count the item if its stock is wrong`;
      problems.push({ path: `line ${line}, item`, problem });
    } else if (stocked.has(item) && ofItem.length === 0)
      for (const one of own)
        problems.push({
          path: `line ${one.line}, item`,
          problem: `${item} is in the ledger of ${location} already: take this line out of the file, and count the item if its stock is wrong`,
        });
    else lines.push(...own);
  }
  return { lines, recorded: [...recorded.values()], problems };
};

const keyOf = ({ item, lot = '' }: { readonly item: ItemId; readonly lot?: string | undefined }): string =>
  `${item}/${lot}`;

const figuresOf = (lines: readonly { readonly quantity: number; readonly cost?: number | undefined }[]): string =>
  lines
    .filter(({ quantity }) => quantity > 0)
    .map(({ quantity, cost = '' }) => `${quantity} ${cost}`)
    .toSorted()
    .join();
