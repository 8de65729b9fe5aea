import { isStockAlert } from '../../shared/alerts/alert.ts';
import { StockRow } from '../../shared/stock/stock.ts';
import { type Book, enrol, expectOk, numberAt } from './book.ts';
import { receipt, sale } from './claims.ts';
import { shelf } from './reading.ts';

type Lines = readonly { readonly item: string; readonly quantity: number }[];

/** Below every MRP of the kit's registry but bamboo's. */
const cheap = (lines: Lines) => lines.map((line) => ({ ...line, unitPrice: 25_000 }));

/** A stall with a phone of one seller, which numbers as it goes. */
export const openStall = async (book: Book, location: string, seller: string) => {
  const { admin, clock } = book;
  const terminal = await enrol(book, location, seller);
  let serial = 0;
  const number = (kind: 'R' | 'S' | 'C' | 'V') => numberAt(clock, terminal, kind, ++serial);
  const record = async (kind: 'R' | 'S' | 'C' | 'V', body: ReturnType<typeof receipt> | ReturnType<typeof sale>) =>
    expectOk(await admin.recordVoucher({ path: { location, number: number(kind) }, body }));
  const alertsIn = async (state: 'open' | 'resolved') =>
    expectOk(await admin.listAlerts({ query: { location, state } })).alerts.filter(isStockAlert);

  return {
    location,
    /** The next number, used up. */
    number,
    receive: (...lines: Lines) => record('R', receipt(clock, lines)),
    sell: (...lines: Lines) => record('S', sale(clock, cheap(lines))),
    sellFromHand: (...lines: Lines) => record('S', sale(clock, cheap(lines), { goodsInHand: true })),
    row: async (item: string): Promise<StockRow> => StockRow.strip().parse((await shelf(admin, location)).get(item)),
    /** Its stock's alerts, the open ones first: the few fields that tell their lives. */
    alerts: async () =>
      [...(await alertsIn('open')), ...(await alertsIn('resolved'))].map(
        ({ item, type, state, episode, figures: { onHand } }) => ({ item, type, state, episode, onHand }),
      ),
  };
};
export type Stall = Awaited<ReturnType<typeof openStall>>;
