import { basketId } from '../../../shared/ledger/basket-store.ts';
import { type Book, expectOk } from '../book.ts';
import { kurtas, reversal, sale } from '../claims.ts';
import { openStall, type Stall } from '../stall.ts';
import type { Measured } from './measured.ts';

const ONE = kurtas(1).map((item) => ({ item, quantity: 1, unitPrice: 25_000 }));
const exchanged = (how: 'payments' | 'refund') => ({
  [how]: [{ tender: 'exchange', amount: 25_000 }],
  basket: 'B-7',
});

/** Exchanges through baskets, each at a stall of its own. */
export const exchangeOperations = async (book: Book): Promise<readonly Measured[]> => {
  const { admin, clock } = book;
  const { entry } = expectOk(await admin.getEntry({ path: { kind: 'outlets', id: 'LKO-01' } }));
  let stalls = 70;
  let stall: Stall;
  const open = async () => {
    const location = `LKO-${++stalls}`;
    expectOk(await admin.putEntry({ path: { kind: 'outlets', id: location }, body: entry }));
    stall = await openStall(book, location, 'LKO1');
    await stall.receive({ item: 'LKO-KURTA-01', quantity: 100 });
  };
  const at = (kind: 'S' | 'V') => ({ location: stall.location, number: stall.number(kind) });
  const sell = async () =>
    expectOk(await admin.recordVoucher({ path: at('S'), body: sale(clock, ONE, exchanged('payments')) }));
  let [of, back] = ['', ''];
  const sellFirst = async () => {
    await open();
    of = (await stall.sell({ item: 'LKO-KURTA-01', quantity: 1 })).number;
  };
  const takeBack = async () => {
    const lines = ONE.map((line) => ({ line: 1, ...line }));
    const body = reversal(clock, of, lines, exchanged('refund'));
    return expectOk(await admin.recordVoucher({ path: at('V'), body })).number;
  };
  const bring = async () => {
    const vouchers = [{ number: stall.number('S'), claim: sale(clock, ONE, exchanged('payments')) }];
    const path = { location: stall.location };
    expectOk(await admin.syncVouchers({ path, body: { vouchers } }));
  };
  return [
    {
      name: 'record a sale of 1 line that is exchanged for what came back',
      prepare: async () => {
        await sellFirst();
        await takeBack();
      },
      run: sell,
    },
    { name: 'take back a sale of 1 line in exchange', prepare: sellFirst, run: takeBack },
    {
      name: 'take back a return of 1 line, in exchange',
      prepare: async () => {
        await sellFirst();
        back = await takeBack();
      },
      run: async () => {
        const more = { ...exchanged('refund'), reason: 'mistake' };
        const lines = ONE.map((line) => ({ line: 1, ...line }));
        expectOk(await admin.recordVoucher({ path: at('V'), body: reversal(clock, back, lines, more) }));
      },
    },
    { name: 'bring a captured sale of 1 line that is exchanged for nothing', prepare: open, run: bring },
    {
      name: 'settle that more was exchanged than came back',
      prepare: async () => {
        await open();
        await bring();
      },
      run: async () => {
        const path = { location: stall.location, basket: basketId('B-7') };
        expectOk(await admin.settleExchange({ path, body: { why: 'the return is on paper' }, ifMatch: 1 }));
      },
    },
  ];
};
