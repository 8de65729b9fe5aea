import { type Book, expectOk } from '../book.ts';
import { countSheet, kurtas, reversal, sale } from '../claims.ts';
import { daysAgo } from '../clock.ts';
import { openStall, type Stall } from '../stall.ts';
import type { Measured } from './measured.ts';

const ofEach = (count: number, quantity: number) => kurtas(count).map((item) => ({ item, quantity }));
const AMISS = { payments: [{ tender: 'cash', amount: 1 }] };

/**
 * Counts, reversals and sync, each at its own stall that received 40 items days ago. Its day book
 * is empty.
 */
export const capturedOperations = async (book: Book): Promise<readonly Measured[]> => {
  const { admin, clock } = book;
  const { entry } = expectOk(await admin.getEntry({ path: { kind: 'outlets', id: 'LKO-01' } }));
  let stalls = 10;
  let stall: Stall;
  let [of, received] = ['', ''];
  const open = async () => {
    const location = `LKO-${++stalls}`;
    expectOk(await admin.putEntry({ path: { kind: 'outlets', id: location }, body: entry }));
    await daysAgo(clock, 5, async () => {
      stall = await openStall(book, location, 'LKO1');
      received = (await stall.receive(...ofEach(40, 100))).number;
    });
  };
  const seconds = (ago: number) => new Date(Date.parse(clock.now()) - ago * 1_000).toISOString();
  const at = (kind: 'S' | 'C' | 'V') => ({ location: stall.location, number: stall.number(kind) });

  const count = (lines: number) => async () => {
    const sheet = countSheet(clock, ofEach(lines, 70), { occurredAt: seconds(60) });
    expectOk(await admin.recordVoucher({ path: at('C'), body: sheet }));
  };
  const countAndSell = (sales: number) => async () => {
    await open();
    for (let n = 0; n < sales; n++) await stall.sell(...ofEach(1, 1));
  };
  const bring = async (...claims: ReturnType<typeof sale>[]) => {
    const vouchers = claims.map((claim) => ({ number: stall.number('S'), claim }));
    const { location } = stall;
    return expectOk(await admin.syncVouchers({ path: { location }, body: { vouchers } })).outcomes;
  };
  /** Syncs a return of the next sale, which is still missing. */
  const bringBack = async (quantity = 1) => {
    const back = stall.number('V');
    const next = `${back.slice(0, 5)}S${back.slice(6, 12)}${String(Number(back.slice(12)) + 1).padStart(4, '0')}`;
    const lines = ofEach(1, quantity).map((line) => ({ line: 1, unitPrice: 25_000, ...line }));
    const vouchers = [{ number: back, claim: reversal(clock, next, lines) }];
    const path = { location: stall.location };
    return expectOk(await admin.syncVouchers({ path, body: { vouchers } })).outcomes;
  };
  let held = '';
  const hold = (more: object) => async () => {
    await open();
    const [outcome] = await bring(sale(clock, ofEach(1, 1), more));
    if (outcome?.outcome !== 'held') throw new Error('was to be held');
    held = outcome.held;
  };
  const settle = (body: Parameters<typeof admin.settleHeld>[0]['body']) => async () =>
    expectOk(await admin.settleHeld({ path: { location: stall.location, held }, body, ifMatch: 1 }));

  return [
    { name: 'count a sheet of 1 line, nothing after it', prepare: open, run: count(1) },
    { name: 'count a sheet of 40 lines, nothing after it', prepare: open, run: count(40) },
    { name: 'count a sheet of 1 line, 20 vouchers after it', prepare: countAndSell(20), run: count(1) },
    { name: 'count a sheet of 40 lines, 20 vouchers after it', prepare: countAndSell(20), run: count(40) },
    {
      name: 'record a sale of 1 line that a later count has seen',
      prepare: async () => {
        await open();
        await count(1)();
      },
      run: async () =>
        expectOk(
          await admin.recordVoucher({ path: at('S'), body: sale(clock, ofEach(1, 1), { occurredAt: seconds(120) }) }),
        ),
    },
    {
      name: 'take back a sale of 1 line',
      prepare: async () => {
        await open();
        of = (await stall.sell(...ofEach(1, 1))).number;
      },
      run: async () => {
        const lines = ofEach(1, 1).map((line) => ({ line: 1, unitPrice: 25_000, ...line }));
        expectOk(await admin.recordVoucher({ path: at('V'), body: reversal(clock, of, lines) }));
      },
    },
    {
      name: 'take back a receipt of 40 lines',
      prepare: open,
      run: async () => {
        const lines = ofEach(40, 100).map((line, n) => ({ line: n + 1, ...line }));
        expectOk(await admin.recordVoucher({ path: at('V'), body: reversal(clock, received, lines) }));
      },
    },
    {
      name: 'bring a captured return of 1 line, whose sale has not come in',
      prepare: open,
      run: () => bringBack(),
    },
    {
      name: 'bring a captured sale of which 1 line more came back before',
      prepare: async () => {
        await open();
        await bringBack(2);
      },
      run: () => bring(sale(clock, ofEach(1, 1))),
    },
    {
      name: 'settle that more came back of a sale than it sold',
      prepare: async () => {
        await open();
        await bringBack(2);
        const [outcome] = await bring(sale(clock, ofEach(1, 1)));
        of = outcome?.number ?? '';
      },
      // Twice the version of what came back of it, and one more since it is there.
      run: async () => {
        const path = { location: stall.location, number: of };
        expectOk(await admin.settleReturns({ path, body: { why: 'both phones wrote it down' }, ifMatch: 3 }));
      },
    },
    {
      name: 'bring 50 captured sales of 1 line',
      prepare: open,
      run: () => bring(...Array.from({ length: 50 }, () => sale(clock, ofEach(1, 1)))),
    },
    {
      name: 'bring a captured sale that is held',
      prepare: open,
      run: () => bring(sale(clock, ofEach(1, 1), AMISS)),
    },
    {
      name: 'list what is held, 1 voucher',
      prepare: hold(AMISS),
      run: async () => expectOk(await admin.listHeld({ path: { location: stall.location } })),
    },
    { name: 'reject what is held', prepare: hold(AMISS), run: settle({ do: 'reject', why: 'a test sale' }) },
    {
      name: 'admit what is held, at the time that is told',
      prepare: hold({ occurredAt: seconds(-3_600) }),
      run: settle({ do: 'admit', occurredAt: clock.now(), why: 'its clock was off' }),
    },
  ];
};
