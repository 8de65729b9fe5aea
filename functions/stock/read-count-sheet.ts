import { stockLocationKind } from '../../shared/kernel/ids.ts';
import type { FieldProblem } from '../../shared/kernel/problems.ts';
import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import { type ReadSheet, readSheetRows, SHEET_COLUMNS, vouchersOfSheet } from '../../shared/ledger/count-sheet.ts';
import * as contract from '../../shared/ledger/count-sheet-contract.ts';
import { readCsv, refuseLines } from '../../shared/platform/csv.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { endedEntries } from '../../shared/registry/entry-status.ts';
import { itemsOfSellersAt, type SheetDeps, stockRowsAt } from './get-count-sheet.ts';

export const readCountSheet = operation(
  contract.readCountSheet,
  async ({ path: { location }, query: { count, opening }, body }, deps: SheetDeps) => {
    const rows = readCsv(body, SHEET_COLUMNS[opening ? 'opening' : 'count'], 'quantity');
    if (isRefusal(rows)) return rows;
    const items = await itemsOfSellersAt(location, deps);
    if (!items) return refuse('NOT_FOUND', `The registry has no location ${location}.`);
    const sheet = readSheetRows(rows, items, opening ? 'apart' : 'added');
    const isDepot = stockLocationKind(location) === 'depots';
    const problems = [...sheet.problems, ...(opening ? await openingProblems(sheet) : [])];
    if (problems.length > 0) return refuseLines(problems);
    const blind = !rows.some(({ cells }) => (cells.in_ledger ?? '') !== '');
    const kind = count === undefined ? { opening: true as const } : { count, blind };
    return ok({ location, vouchers: vouchersOfSheet(sheet, items, kind), notCounted: sheet.notCounted });

    /** Stock opens once: a second receipt would double it. */
    async function openingProblems({ lines }: ReadSheet): Promise<FieldProblem[]> {
      const stocked = await stockRowsAt(location, deps);
      const now = deps.clock.now();
      return lines.flatMap(({ line, item, lot }) => {
        const path = (column: string) => `line ${line}, ${column}`;
        const entry = items?.get(item);
        const ended = entry ? endedEntries(now, { items: [[item, entry]] }) : [];
        return [
          ...ended.map(({ problem }) => ({ path: path('item'), problem })),
          ...(stocked.has(item)
            ? [
                {
                  path: path('item'),
                  problem: `${item} is in the ledger of ${location} already: take this line out of the file, and count the item if its stock is wrong`,
                },
              ]
            : []),
          ...(isDepot && lot === undefined
            ? [{ path: path('lot'), problem: 'at a depot, every line names its lot' }]
            : []),
          ...(!isDepot && lot !== undefined ? [{ path: path('lot'), problem: 'only a depot keeps lots' }] : []),
        ];
      });
    }
  },
);
