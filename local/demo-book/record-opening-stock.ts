import { parse } from 'csv-parse/sync';
import type { Client } from '../../shared/api/client.ts';
import type { TerminalCode } from '../../shared/kernel/ids.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import { OPENING_SUPPLIER } from '../../shared/ledger/kinds/receipt.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import { expectOk } from '../demo-client.ts';

export const OPENED_BY = 'OPENING';

/** Keeps two cores busy. */
export const CONCURRENCY = 12;

type FillOptions = {
  readonly shelves: readonly OpeningStock[];
  readonly fresh: boolean;
  readonly clock: Clock;
  readonly onRecorded: (shelf: OpeningStock) => void;
};

export const recordOpeningStock = (admin: Client, { shelves, fresh, clock, onRecorded }: FillOptions): Promise<void> =>
  concurrently(CONCURRENCY, shelves, async (shelf) => {
    if (shelf.lines.length > 0 && (fresh || !(await hasOpeningStock(admin, shelf))))
      await recordOneReceipt(admin, shelf, clock);
    onRecorded(shelf);
  });

/** Receipts are atomic, so one item shows it. */
const hasOpeningStock = async (admin: Client, { location, lines }: OpeningStock): Promise<boolean> => {
  const { stock } = expectOk(await admin.getLocationStock({ path: { location } }));
  return stock.some((row) => row.item === lines[0]?.item);
};

/** Enrols a terminal and returns it, with the number of its opening receipt. */
export const recordOneReceipt = async (
  admin: Client,
  { location, seller, lines }: OpeningStock,
  clock: Clock,
): Promise<{ readonly terminal: TerminalCode; readonly number: string }> => {
  const path = { location };
  const { code } = expectOk(await admin.issueEnrolmentCode({ path, body: { seller } }));
  const installation = `demo-${location}-${seller}`;
  const { terminal } = expectOk(await admin.enrolTerminal({ path, body: { code, installation } }));
  const occurredAt = clock.now();
  const number = `${terminal}R${dayOf(occurredAt).slice(2).replaceAll('-', '')}0001`;
  const from = { supplier: OPENING_SUPPLIER };
  const body = { occurredAt, by: OPENED_BY, previous: null, opening: true as const, from, lines: [...lines] };
  expectOk(await admin.receiveGoods({ path: { location, number }, body }));
  return { terminal, number };
};

export type OpeningStock = SellerAtLocation & {
  readonly lines: readonly { item: string; quantity: number | string; lot?: string }[];
};

/** Per receipt. */
const MAX_LINES = 40;

const LOTS = ['OPEN-1', 'OPEN-2', 'OPEN-3'];

/** Opening stock of a stall, above each reorder point. */
export const stallOpeningStock = (trading: readonly SellerAtLocation[], items: string): OpeningStock[] => {
  const bySeller = Map.groupBy(rowsIn(items), ({ seller }) => seller ?? '');
  return trading.map((one) => ({
    ...one,
    lines: (bySeller.get(one.seller) ?? [])
      .slice(0, MAX_LINES)
      .map(({ id = '', reorderPoint }, at) => ({ item: id, quantity: Number(reorderPoint) + 2 + ((at * 7) % 11) })),
  }));
};

/** Item ids begin with their district. */
export const depotOpeningStock = (depots: string, items: string): OpeningStock[] => {
  const all = rowsIn(items);
  return rowsIn(depots).flatMap(({ id: location = '', district, sellers = '' }) =>
    sellers.split(';').map((seller) => ({
      location,
      seller,
      lines: all
        .filter((item) => item.seller === seller && item.id?.startsWith(`${district}-`))
        .flatMap(({ id = '', reorderPoint, unit }) =>
          LOTS.map((lot) => ({ item: id, quantity: `${2 * Number(reorderPoint)} ${unit}`, lot })),
        )
        .slice(0, MAX_LINES),
    })),
  );
};

type Row = Record<string, string>;

export const rowsIn = (csv: string): Row[] => parse(csv, { columns: true });

export type SellerAtLocation = { readonly location: string; readonly seller: string };

/** A district's second seller shares every third outlet. */
export const outletsOf = (
  stations: string,
  sellers: string,
  lines = '',
): { csv: string; trading: SellerAtLocation[] } => {
  const byDistrict = Map.groupBy(rowsIn(sellers), ({ district }) => district ?? '');
  const through = Map.groupBy(
    rowsIn(lines).flatMap(({ line = '', stations: along = '' }) => along.split(';').map((code) => ({ code, line }))),
    ({ code }) => code,
  );
  const outlets = ['id,name,station,district,address,pinCode,sellers,lines'];
  const trading: SellerAtLocation[] = [];
  for (const { code, name, district = '', stalls } of rowsIn(stations)) {
    const pinCode = byDistrict.get(district)?.[0]?.pinCode ?? '';
    const [first, second] = (byDistrict.get(district) ?? [])
      .map(({ id = '' }) => id)
      .filter((id) => id.startsWith(district));
    for (let stall = 1; stall <= Number(stalls); stall++) {
      const location = `${code}-${String(stall).padStart(2, '0')}`;
      const here = [first, stall % 3 === 1 ? second : undefined].filter((seller) => seller !== undefined);
      const on = (through.get(code ?? '') ?? []).map(({ line }) => line);
      const address = `"Stall ${stall}, ${name} railway station",${pinCode}`;
      const trade = `${here.join(';')},${on.join(';')}`;
      outlets.push(`${location},"${name}, stall ${stall}",${code},${district},${address},${trade}`);
      trading.push(...here.map((seller) => ({ location, seller })));
    }
  }
  return { csv: outlets.join('\n'), trading };
};
