import { expect, inject, it } from 'vitest';
import { beginRun } from '../../functions/allocate-materials/begin-run.ts';
import { finishRun } from '../../functions/allocate-materials/finish-run.ts';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { Day } from '../../shared/kernel/time.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { DEPOT, openDepot } from '../kit/depot.ts';
import { steppedClient } from '../kit/interceptor.ts';
import { requestsAt } from '../kit/material-requests.ts';
import type { Phone } from '../kit/phone.ts';
import { counted, openShop, received, sold, tookBack } from '../kit/shop.ts';
import { more, tampererOf } from '../kit/tampering.ts';

const [ITEM = '', OTHER = ''] = kurtas(2);
const { client, beforeNext } = steppedClient(inject('endpoint'));
const book = useBook({ client });

/**
 * The queries of one reading: its stock, then the returns and the day books of about three days.
 */
const QUERIES = 30;

it('A voucher that lands before any read of a reconciliation is never drift.', { tags: 'long' }, async () => {
  const { location, phone } = await shopWith(1_000);
  const land = async () => {
    book.clock.forward(60);
    const sale = phone.write(sold({ item: ITEM, quantity: 1 }));
    const count = phone.write(counted({ item: OTHER, quantity: 500 }), Date.parse(book.clock.now()) - 30_000);
    const late = phone.write(sold({ item: OTHER, quantity: 2 }), Date.parse(book.clock.now()) - 45_000);
    const back = phone.write(tookBack(sale.number, { line: 1, item: ITEM, quantity: 1 }));
    expectOk(await phone.sync([sale, count, late, back]));
  };
  for (let query = 0; query < QUERIES; query++) {
    const skipped = Array.from({ length: query }, () => async () => undefined);
    beforeNext('Query', ...skipped, land);
    expect(await audit(location), `before query ${query + 1}`).toEqual([]);
  }
  beforeNext('Query');
});

it('Vouchers before every read are no drift, and true drift is found all the same.', async () => {
  const { location, phone } = await shopWith(1_000);
  const land = async () => {
    book.clock.forward(1);
    expectOk(await phone.live(phone.write(sold({ item: ITEM, quantity: 1 }))));
  };
  beforeNext('Query', ...Array.from({ length: QUERIES }, () => land));
  expect(await audit(location)).toEqual([]);
  await tampererOf(book).row(location, OTHER, more('inbound', 0));
  await tampererOf(book).row(location, OTHER, (row) => ({ ...more('onHand')(row), ...more('free')(row) }));
  beforeNext('Query', ...Array.from({ length: QUERIES }, () => land));
  expect(await audit(location)).toMatchObject([{ kind: 'on-hand', item: OTHER, book: 1_001, says: 1_000 }]);
  beforeNext('Query');
});

it('An allocation run under way and its moves are no drift.', async () => {
  const depot = await openDepot(book);
  await depot.receive('SIL-1', 10_000);
  const requests = [];
  for (const id of ['P0200', 'P0201', 'P0202']) {
    await depot.producer(id);
    requests.push({ asks: requestsAt(book, depot, id), number: await requestsAt(book, depot, id).submitted(5_000) });
  }
  const run = await beginRun(StockLocationId.parse(DEPOT), Day.parse('2026-11-22'), allStores());
  expect(await audit(DEPOT)).toEqual([]);
  if (!run) throw new Error('no run began');
  beforeNext(
    'Query',
    async () => undefined,
    async () => undefined,
    () => finishRun(run, allStores()),
  );
  expect(await audit(DEPOT)).toEqual([]);
  for (const { asks, number } of requests) {
    beforeNext(
      'Query',
      async () => undefined,
      async () => undefined,
      async () => expectOk(await asks.cancel(number)),
    );
    expect(await audit(DEPOT)).toEqual([]);
  }
});

const audit = async (place: string) =>
  (await reconcileLocation(StockLocationId.parse(place), 'the whole book', allStores())).drifts;

const shopWith = async (quantity: number) => {
  const shop = await openShop(book);
  const [phone] = shop.phones as [Phone];
  expectOk(await phone.sync([phone.write(received({ item: ITEM, quantity }, { item: OTHER, quantity }))]));
  return { ...shop, phone };
};
