import { stockLocationKind } from '../../shared/kernel/ids.ts';
import type { FieldProblem } from '../../shared/kernel/problems.ts';
import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import { type ReadSheet, readSheetRows, SHEET_COLUMNS, vouchersOfSheet } from '../../shared/ledger/count-sheet.ts';
import * as contract from '../../shared/ledger/count-sheet-contract.ts';
import { linesToOpen } from '../../shared/ledger/opening-stock.ts';
import { loadOpenings, type OpeningStockDeps } from '../../shared/ledger/opening-stock-service.ts';
import { readCsv, refuseLines } from '../../shared/platform/csv.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { endedEntries } from '../../shared/registry/entry-status.ts';
import { itemsAt, type SheetDeps } from './get-count-sheet.ts';

export const readCountSheet = operation(
  contract.readCountSheet,
  async ({ path: { location }, query: { count, opening }, body }, deps: SheetDeps & OpeningStockDeps) => {
    const rows = readCsv(body, SHEET_COLUMNS[opening ? 'opening' : 'count'], 'quantity');
    if (isRefusal(rows)) return rows;
    const here = await itemsAt(location, deps);
    if (!here) return refuse('NOT_FOUND', `The registry has no location ${location}.`);
    const { items } = here;
    const sheet = readSheetRows(rows, items, opening ? 'apart' : 'added');
    if (count === undefined) return openingStock(sheet, here);
    if (sheet.problems.length > 0) return refuseLines([...sheet.problems]);
    const blind = !rows.some(({ cells }) => (cells.in_ledger ?? '') !== '');
    return ok({ location, vouchers: vouchersOfSheet(sheet, items, { count, blind }), notCounted: sheet.notCounted });

    /** The same file again continues: what it opened is left out. */
    async function openingStock(read: ReadSheet, { rows: stocked, ofSellers }: typeof here & object) {
      const isDepot = stockLocationKind(location) === 'depots';
      const named = [...new Set(read.lines.map(({ item }) => item))].filter((item) => stocked.has(item));
      const { opened } = named.length > 0 ? await loadOpenings(location, named, deps) : { opened: [] };
      const { lines, recorded, problems } = linesToOpen(read.lines, opened, new Set(stocked.keys()), location);
      const now = deps.clock.now();
      const others = lines.flatMap(({ line, item, lot }): FieldProblem[] => {
        const path = (column: string) => `line ${line}, ${column}`;
        const entry = items.get(item);
        const ended = entry ? endedEntries(now, { items: [[item, entry]] }) : [];
        return [
          ...ended.map(({ problem }) => ({ path: path('item'), problem })),
          ...(entry && !ofSellers.has(item)
            ? [{ path: path('item'), problem: `${entry.seller} is no seller at ${location}` }]
            : []),
          ...(isDepot && lot === undefined
            ? [{ path: path('lot'), problem: 'at a depot, every line names its lot' }]
            : []),
          ...(!isDepot && lot !== undefined ? [{ path: path('lot'), problem: 'only a depot keeps lots' }] : []),
        ];
      });
      const all = [...read.problems, ...problems, ...others];
      if (all.length > 0) return refuseLines(all);
      const left = vouchersOfSheet({ lines }, items, { opening: true });
      return ok({ location, vouchers: left, notCounted: read.notCounted, ...(recorded.length > 0 && { recorded }) });
    }
  },
);
