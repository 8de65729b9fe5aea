import { beforeAll, expect, it } from 'vitest';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { type DemoEvening, playEvening } from '../../local/demo-evening/play.ts';
import { reportEvening } from '../../local/demo-reports.ts';
import { LocationId } from '../../shared/kernel/ids.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { openStall } from '../kit/stall.ts';

// The evening of `npm run demo`, at two stalls of Lucknow.
const book = useBook();
let evening: DemoEvening;
const reconcile = (place: string) => reconcileLocation(LocationId.parse(place), 'the whole book', allStores());

beforeAll(async () => {
  expectOk(
    await book.admin.putEntry({
      path: { kind: 'staff', id: 'S042' },
      body: { name: 'Ravi', looksAfter: ['state'] },
    }),
  );
  const stall = await openStall(book, 'LKO-01', 'LKO1');
  await stall.receive({ item: 'LKO-KURTA-01', quantity: 12 });
  evening = await playEvening({ admin: book.admin, reconcile, wall: book.clock });
});

it('A repeated sync records once, an inadmissible voucher is settled, and shelf and tills are right.', () => {
  expect(evening).toMatchObject({
    from: 'LKO-01',
    counted: 8,
    settled: 'rejected',
    mismatches: 1,
    drifts: 0,
    syncOutcomes: [
      ['recorded', 'recorded', 'recorded', 'held'],
      ['repeated', 'repeated', 'repeated', 'held'],
    ],
    over: [0, 0],
    shelf: { truly: 5, book: 5 },
    other: { truly: 2, book: 2 },
  });
});

it('The report says so in words, with faults in capitals.', () => {
  const text = reportEvening(evening);
  expect(text).toMatch(/3 recorded; synced again: 3 repeated, 0 recorded twice/);
  expect(text).toMatch(/right to the paisa/);
  expect(text).toMatch(/the same: 5 here, 2 there/);
  expect(text).not.toMatch(/undefined|NaN|DIFFER|DRIFTS|ALERTS|OFF BY/);
  const wrong = { ...evening, drifts: 2, mismatches: 2, over: [-5], shelf: { truly: 5, book: 6 } };
  expect(reportEvening(wrong)).toMatch(/2 ALERTS[\s\S]*OFF BY -5 PAISE[\s\S]*2 DRIFTS[\s\S]*DIFFER: 5 and 6 here/);
});
