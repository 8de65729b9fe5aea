import { expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { sweep } from '../kit/jobs.ts';
import { openShop, received, sold } from '../kit/shop.ts';

const book = useBook();

it('An item called HELD has its own alerts, beside the alerts of held vouchers.', async () => {
  const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: 'LKO-KURTA-01' } }));
  expectOk(await book.admin.putEntry({ path: { kind: 'items', id: 'HELD' }, body: entry }));
  const shop = await openShop(book);
  const [phone] = shop.phones;
  if (!phone) throw new Error('the stall has a phone');
  const [outcome] = expectOk(await phone.sync([phone.write(sold({ item: 'LKO-NOBODYS', quantity: 1 }))])).outcomes;
  expect(outcome).toMatchObject({ outcome: 'held' });
  expectOk(await phone.live(phone.write(received({ item: 'HELD', quantity: 1 }))));
  await sweep(shop.location);
  const query = { location: shop.location, state: 'open' as const };
  const keys = expectOk(await shop.client.listAlerts({ query })).alerts.map(({ alert }) => alert.split(':')[0]);
  expect(keys.sort()).toEqual(['HELD', 'held']);
});
