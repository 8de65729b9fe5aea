import { randomUUID } from 'node:crypto';
import { expect, inject, it, onTestFinished } from 'vitest';
import { openBahi } from '../../local/bahi.ts';
import { createTables, tableNames } from '../../local/tables.ts';
import { createClient } from '../../shared/api/client.ts';
import { TABLE_NAMES } from '../../shared/platform/tables.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { fill, scanPages } from '../kit/bulk-items.ts';
import { kurtas, sale } from '../kit/claims.ts';
import { engineClient, fastFetch } from '../kit/fast-clients.ts';
import { reconcile } from '../kit/jobs.ts';
import { shelf } from '../kit/read-all.ts';
import { openStall } from '../kit/stall.ts';

const book = useBook();
const location = 'LKO-01';
const [item] = kurtas(1) as [string];

it('A restored book under new table names reconciles, knows its vouchers and goes on selling.', async () => {
  const stall = await openStall(book, location, 'LKO1');
  await stall.receive({ item, quantity: 10 });
  const sold = await stall.sell({ item, quantity: 3 });
  const target = `restored-${randomUUID()}`;
  await copyTables(target);
  await stall.sell({ item, quantity: 1 }); // after the point in time

  const admin = await openRestored(target);
  expect(await reconcile(location)).toEqual([]);
  expect((await shelf(admin, location)).get(item)).toMatchObject({ onHand: 7 });
  expect(expectOk(await admin.getVoucher({ path: { location, number: sold.number } }))).toMatchObject(sold);
  const lost = stall.number('S');
  const body = sale(book.clock, [{ item, quantity: 2, unitPrice: 25_000 }]);
  expectOk(await admin.recordVoucher({ path: { location, number: lost }, body }));
  expect((await shelf(admin, location)).get(item)).toMatchObject({ onHand: 5 });
  expect(await reconcile(location)).toEqual([]);
});

it('A book whose tables were restored to two points in time does not reconcile.', async () => {
  book.bahi.startFunctions(); // the restored book of the test before took its place
  const stall = await openStall(book, 'LKO-02', 'LKO1');
  await stall.receive({ item, quantity: 10 });
  const target = `torn-${randomUUID()}`;
  await copyTables(target);
  await stall.sell({ item, quantity: 3 });
  const [client, later] = [engineClient(), tableNames(target).Ledger];
  for await (const items of scanPages(client, book.bahi.tables.Ledger)) await fill(client, later, items);

  await openRestored(target);
  expect(await reconcile('LKO-02')).toMatchObject([{ kind: 'on-hand', item, book: 10, says: 7 }]);
});

/** Copies each table whole into one of another name, as a restore does. */
const copyTables = async (target: string): Promise<void> => {
  const client = engineClient();
  const names = tableNames(target);
  await createTables(client, names, false);
  for (const table of TABLE_NAMES)
    for await (const items of scanPages(client, book.bahi.tables[table])) await fill(client, names[table], items);
};

/** Bahi on the tables of this book, with the phone that was enrolled before. */
const openRestored = async (target: string) => {
  const { clock, phone } = book;
  const endpoint = inject('endpoint');
  const bahi = await openBahi({ endpoint, port: 0, streams: false, client: engineClient(), book: target, clock });
  onTestFinished(() => bahi.stop());
  const token = await bahi.issuer.token({ role: 'admin', scope: ['state'] });
  return createClient(bahi.url, token, fastFetch, phone);
};
