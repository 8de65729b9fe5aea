import { isStockAlert } from '../../shared/alerts/alert.ts';
import { StockRow } from '../../shared/stock/stock.ts';
import { type Book, expectOk } from './book.ts';
import { receipt, sale } from './claims.ts';
import { openPhone } from './phone.ts';
import { shelf } from './read-all.ts';

type Lines = readonly { readonly item: string; readonly quantity: number }[];

/** Below every MRP of the kit's registry but bamboo's. */
const cheap = (lines: Lines) => lines.map((line) => ({ ...line, unitPrice: 25_000 }));

/** A stall with a phone of one seller, which numbers as it goes. */
export const openStall = async (book: Book, location: string, seller: string) => {
  const { admin, clock } = book;
  const { number, next } = await openPhone(book, location, seller, { client: admin });
  const record = async (body: ReturnType<typeof receipt> | ReturnType<typeof sale>) =>
    expectOk(await next(body).send());
  const alertsIn = async (state: 'open' | 'resolved') =>
    expectOk(await admin.listAlerts({ query: { location, state } })).alerts.filter(isStockAlert);

  return {
    location,
    /** The next number, used up. */
    number,
    receive: (...lines: Lines) => record(receipt(clock, lines)),
    sell: (...lines: Lines) => record(sale(clock, cheap(lines))),
    sellFromHand: (...lines: Lines) => record(sale(clock, cheap(lines), { goodsInHand: true })),
    row: async (item: string): Promise<StockRow> => StockRow.strip().parse((await shelf(admin, location)).get(item)),
    /** Stock alerts, the open ones first, with the fields that the tests compare. */
    alerts: async () =>
      [...(await alertsIn('open')), ...(await alertsIn('resolved'))].map(
        ({ item, type, state, episode, figures: { onHand } }) => ({ item, type, state, episode, onHand }),
      ),
  };
};
export type Stall = Awaited<ReturnType<typeof openStall>>;
