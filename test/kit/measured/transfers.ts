import { type Book, expectOk } from '../book.ts';
import { kurtas } from '../claims.ts';
import type { VoucherFields } from '../phone.ts';
import { dispatched, lastFrom, openShop, received, receivedFrom, type Shop, tookBack } from '../shop.ts';
import { recordLive } from '../shop-phone.ts';
import type { Measured } from './measured.ts';

const LINES = [1, 3, 40];

/** Transfers from one stall to another: dispatches, receipts, reversals, documents. */
export const transferOperations = async (book: Book): Promise<readonly Measured[]> => {
  const lines = (count: number) => kurtas(count).map((item) => ({ item, quantity: 1 }));
  const sheet = (count: number) => lines(count).map((line, at) => ({ ...line, line: at + 1 }));
  const [from, to] = [await openShop(book), await openShop(book)];
  let low = to;
  const record = async (shop: Shop, fields: VoucherFields) => (await recordLive(shop, fields)).number;
  for (const shop of [from, to]) await record(shop, received(...kurtas(40).map((item) => ({ item, quantity: 100 }))));
  let dispatch = '';
  let receipt = '';
  const send = (count: number) => async () => {
    dispatch = await record(from, dispatched(to.location, ...lines(count)));
  };
  const receive = (count: number) => async () => {
    receipt = await record(to, receivedFrom(dispatch, ...lines(count)));
  };
  for (const { location: id } of [from, to]) {
    const path = { kind: 'outlets' as const, id };
    const { entry, version } = expectOk(await book.admin.getEntry({ path }));
    const body = { ...entry, address: 'Platform 1, Lucknow', pinCode: '226001' };
    expectOk(await book.admin.putEntry({ path, body, ifMatch: version }));
  }
  const sent = () => ({ location: from.location, number: dispatch });
  const of = (count: number) => `of ${count} line${count > 1 ? 's' : ''}`;
  return [
    ...LINES.map((count) => ({ name: `record a dispatch ${of(count)}`, run: send(count) })),
    ...LINES.map((count) => ({
      name: `record a receipt of a dispatch ${of(count)}`,
      prepare: send(count),
      run: receive(count),
    })),
    {
      name: 'read the challan of a dispatch of 40 lines',
      prepare: send(40),
      run: async () => expectOk(await from.client.getChallan({ path: sent() })),
    },
    {
      name: 'read the challan of a dispatch of 40 lines as a PDF',
      run: async () => expectOk(await from.client.getChallanPdf({ path: sent() })),
    },
    {
      name: 'make the e-way bill of a dispatch of 40 lines',
      run: async () => {
        const query = { distance: '8', vehicle: 'UP32AB1234', voluntary: 'true' as const };
        expectOk(await from.client.getEwayBill({ path: sent(), query }));
      },
    },
    {
      name: 'take back a dispatch of 3 lines',
      prepare: send(3),
      run: () => record(from, tookBack(dispatch, ...sheet(3))),
    },
    {
      name: 'take back the receipt of a dispatch of 3 lines',
      prepare: async () => {
        await send(3)();
        await receive(3)();
      },
      run: () => record(to, tookBack(receipt, ...sheet(3))),
    },
    {
      name: 'record a receipt of a dispatch that differs: its alert opens',
      prepare: send(3),
      run: () => record(to, lastFrom(dispatch, ...lines(2), { item: kurtas(3)[2] ?? '', quantity: 0 })),
    },
    {
      name: 'close a dispatch of 3 lines short: its alert opens',
      prepare: send(3),
      run: async () => {
        const path = { location: from.location, dispatch };
        expectOk(await from.client.closeTransfer({ path, body: { why: 'the carrier lost it' } }));
      },
    },
    {
      name: 'suggest from where for 3 short items of a stall',
      prepare: async () => {
        low = await openShop(book);
        await record(low, received(...lines(3)));
      },
      run: async () => {
        const { suggestions } = expectOk(await low.client.getSuggestions({ path: { location: low.location } }));
        const sources = suggestions.flatMap((one) => one.sources);
        if (sources.length !== 3) throw new Error(`${sources.length} sources of ${suggestions.length} suggestions`);
      },
    },
    {
      name: 'read a transfer of 40 lines',
      prepare: send(40),
      run: async () => expectOk(await to.client.getTransfer({ path: { location: to.location, dispatch } })),
    },
    {
      name: 'list what is on its way to a location, 10 transfers',
      run: async () =>
        expectOk(await to.client.listTransfers({ path: { location: to.location }, query: { state: 'open' } })),
    },
  ];
};
