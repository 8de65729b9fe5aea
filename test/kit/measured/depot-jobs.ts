import type { StockRow } from '../../../shared/stock/stock.ts';
import { type Book, expectOk } from '../book.ts';
import { daysAgo } from '../clock.ts';
import { BAMBOO, DEPOT, openDepot } from '../depot.ts';
import { evaluateStockRecords, stockRecordOf, workOff } from '../jobs.ts';
import { requestsAt } from '../material-requests.ts';
import type { Measured } from './measured.ts';

const MAKERS = Array.from({ length: 100 }, (_, n) => `P0${300 + n}`);
const EACH = 10_000;

/** Jobs at a depot with one material. Each producer asks for 10 kg; the accounts are open. */
export const depotJobs = async (book: Book): Promise<readonly Measured[]> => {
  const { admin, clock } = book;
  const at = 'PBE-D2';
  const { entry } = expectOk(await admin.getEntry({ path: { kind: 'depots', id: DEPOT } }));
  expectOk(await admin.putEntry({ path: { kind: 'depots', id: at }, body: entry }));
  const depot = await openDepot(book, at);
  for (const producer of MAKERS) {
    await depot.producer(producer);
    const path = { producer, item: BAMBOO, grant: 'G-1' };
    expectOk(await admin.grantEntitlement({ path, body: { depot: at, quantity: '1 gram', why: 'opens the account' } }));
  }
  const few = MAKERS.slice(0, 10);

  /** Every run is of another day. */
  let [days, lots] = [0, 0];
  const today = () => `2026-12-${String(days).padStart(2, '0')}`;
  const allocate = () => workOff('allocate-materials', at, today());
  const tend = () => workOff('expire-reservations', at);
  const receive = (quantity: number) => depot.receive(`D-${++lots}`, quantity);
  const submitAll = (makers: readonly string[], there: number) => async () => {
    days++;
    await receive(there);
    for (const id of makers) await requestsAt(book, depot, id).submitted(EACH, { neededBy: '2026-12-31' });
  };
  let short: StockRow | undefined;

  return [
    {
      name: 'allocate-materials: 10 requests, all served',
      prepare: submitAll(few, few.length * EACH),
      run: allocate,
    },
    {
      name: "read a part of a run's record, 10 requests",
      run: async () => expectOk(await admin.getAllocation({ path: { depot: at, day: today() } })),
    },
    { name: 'expire-reservations: of 20 requests reserved, none is late', run: tend },
    {
      name: 'expire-reservations: of 21 requests reserved, one lapses',
      prepare: async () => {
        await receive(EACH);
        await daysAgo(clock, 8, requestsAt(book, depot, few[0] ?? '').reach.approved);
      },
      run: tend,
    },
    {
      name: 'evaluate-stock: less is there than is reserved, one of 20 requests loses',
      prepare: async () => {
        short = await depot.shortBy(100);
      },
      run: () => evaluateStockRecords(short ? [stockRecordOf(undefined, short)] : []),
    },
    {
      name: 'allocate-materials: 100 requests for twice what is free',
      prepare: submitAll(MAKERS, (MAKERS.length * EACH) / 2),
      run: allocate,
    },
    {
      name: 'allocate-materials: the next day, nobody waits',
      prepare: async () => {
        days++;
      },
      run: allocate,
    },
    {
      name: 'reconcile-ledger: a depot of 123 requests, from its first day',
      run: () => workOff('reconcile-ledger', at),
    },
  ];
};
