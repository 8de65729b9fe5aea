import { beforeEach, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { sweep } from '../kit/jobs.ts';
import { adjusted, openShop, received, type Shop, sold } from '../kit/shop.ts';
import { recordLive } from '../kit/shop-phone.ts';

checkAnswersAgainstContract();

const items = kurtas(20);
let shop: Shop;
let item: string;
const book = useBook({ streams: true });
beforeEach(async () => {
  [item, shop] = [items.pop() ?? '', await openShop(book)];
});

const QUIET = { alerts: [], suggestions: 0, sent: 0 };

it('An item with reorder point 0 that sells out has no alert, no suggestion and no SMS.', async () => {
  await setReorderPoint(0);
  await happens(received({ item, quantity: 2 }));
  await happens(sold({ item, quantity: 2 }));
  expect(await openAlerts()).toEqual(QUIET);
  const { stock } = expectOk(await shop.client.getLocationStock({ path: { location: shop.location } }));
  expect(stock).toMatchObject([{ item, onHand: 0, reorderPoint: 0, short: false }]);
});

it('A registered reorder point of 0 overrides any plan.', async () => {
  await setReorderPoint(0);
  await happens(received({ item, quantity: 2 }));
  await planned({ reorderPoint: 5, target: 9 });
  await happens(sold({ item, quantity: 2 }));
  expect(await openAlerts()).toEqual(QUIET);
  await happens(received({ item, quantity: 99 }));
  expect(await openAlerts()).toEqual(QUIET);
});

it('Setting the reorder point to 0 ends alerts and suggestions; raising it brings them back.', async () => {
  await happens(received({ item, quantity: 2 }));
  await happens(sold({ item, quantity: 2 }));
  expect(await openAlerts()).toMatchObject({ alerts: ['out', 'short'], suggestions: 1 });
  await setReorderPoint(0);
  expect(await openAlerts()).toMatchObject({ alerts: [], suggestions: 0 });
  await setReorderPoint(3);
  expect(await openAlerts()).toMatchObject({ alerts: ['out', 'short'], suggestions: 1 });
});

it('A planned reorder point of 0 orders the next piece when the last is sold.', async () => {
  await happens(received({ item, quantity: 1 }));
  await planned({ reorderPoint: 0, target: 1 });
  expect(await openAlerts()).toMatchObject({ alerts: [], suggestions: 0 });
  await happens(sold({ item, quantity: 1 }));
  expect(await openAlerts()).toMatchObject({ alerts: ['out', 'short'], suggestions: 1 });
});

it('Stock below zero alerts at any reorder point, and asks for a count.', async () => {
  await setReorderPoint(0);
  await happens(received({ item, quantity: 1 }));
  const written = shop.phones[0]?.write(sold({ item, quantity: 2 }));
  if (written) expectOk((await shop.phones[0]?.live(written, { goodsInHand: true })) as never);
  await book.bahi.drainStream();
  expect(await openAlerts()).toMatchObject({ alerts: ['discrepancy'], suggestions: 0 });
  await happens(adjusted('found', { item, quantity: 3 }));
  expect(await openAlerts()).toMatchObject({ alerts: [], suggestions: 0 });
});

/** The registry's own reorder point of the item. */
const setReorderPoint = async (reorderPoint: number) => {
  const path = { kind: 'items' as const, id: item };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  expectOk(await book.admin.putEntry({ path, body: { ...entry, reorderPoint }, ifMatch: version }));
  allStores().registry.forget('items', item);
};

const planned = (plan: { reorderPoint: number; target: number }) =>
  allStores().stock.plan(StockLocationId.parse(shop.location), ItemId.parse(item), plan);

const happens = async (said: Parameters<typeof recordLive>[1]) => {
  await recordLive(shop, said);
  await book.bahi.drainStream();
};

const openAlerts = async () => {
  const { client, location } = shop;
  await sweep(location);
  await book.bahi.drainStream();
  const { alerts } = expectOk(await client.listAlerts({ query: { location, state: 'open' } }));
  const { suggestions } = expectOk(await client.getSuggestions({ path: { location } }));
  const { messages } = await book.bahi.outbox.all();
  return {
    alerts: alerts.map(({ type }) => type).sort(),
    suggestions: suggestions.length,
    sent: messages.filter(({ sms }) => sms.en.includes(location)).length,
  };
};
