import { afterEach, expect, inject, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { instantOf } from '../../shared/kernel/time.ts';
import type { DynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { DeleteCommand, ScanCommand } from '../../shared/platform/dynamodb-commands.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { closeAt } from '../kit/day-closes.ts';
import { watchedClient } from '../kit/interceptor.ts';
import { workOff } from '../kit/jobs.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { openShop, received, type Shop, sold } from '../kit/shop.ts';

const [ITEM = '', SLOW = ''] = kurtas(2);
const DAY = 24 * 3_600_000;
const DAYS = 14;
let books: Book[] = [];
afterEach(async () => {
  for (const book of books) await book.close();
  books = [];
});

it('Faster sales raise the plan, others fill gaps, and planning again writes nothing.', async () => {
  const { shops, written } = await open();
  for (const one of written) await bring(one);
  await night(shops);
  const [busy, calm] = [await plansOf(shops[0]), await plansOf(shops[1])];
  const pointOf = (plans: typeof busy, of: string) => plans.find(({ item }) => item === of)?.plan?.reorderPoint ?? -1;
  expect(pointOf(busy, ITEM)).toBeGreaterThan(pointOf(calm, ITEM));
  expect(pointOf(calm, ITEM)).toBeGreaterThan(pointOf(calm, SLOW));
  expect(pointOf(calm, SLOW)).toBeGreaterThanOrEqual(0);
  expect(busy[0]?.plan?.pace).toMatchObject({ leadDays: 7 });
  expect(busy[0]?.plan?.pace?.factor).toBeGreaterThan(calm[0]?.plan?.pace?.factor ?? 9);
  await night(shops);
  expect([await plansOf(shops[0]), await plansOf(shops[1])]).toEqual([busy, calm]);
});

it('The planned reorder point drives shelf and alerts.', async () => {
  const { book, shops, written } = await open();
  for (const one of written) await bring(one);
  await night(shops);
  const [{ client, location }] = shops;
  const [row] = expectOk(await client.getLocationStock({ path: { location }, query: {} })).stock;
  expect(row).toMatchObject({ item: ITEM, reorderPoint: row?.plan?.reorderPoint, short: false });
  const [phone] = shops[0].phones as [Phone];
  const quantity = (row?.onHand ?? 0) - (row?.plan?.reorderPoint ?? 0);
  expectOk(await phone.live(phone.write(sold({ item: ITEM, quantity }), Date.parse(book.clock.now()))));
  await workOff('sweep-alerts', location);
  const { alerts } = expectOk(await client.listAlerts({ query: { location } }));
  expect(alerts.filter((alert) => 'item' in alert && alert.item === ITEM)).toMatchObject([
    { item: ITEM, type: 'short', figures: { reorderPoint: row?.plan?.reorderPoint, target: row?.plan?.target } },
  ]);
});

it('A late voucher updates the model from its day on, as if it had been in time.', { tags: 'long' }, async () => {
  const inTime = await open();
  for (const one of inTime.written) await bring(one);
  await night(inTime.shops);
  const [plans, state] = [await plansOf(inTime.shops[0]), await known()];

  const late = await open();
  /** Its outlets in the names of the others. */
  const here = async () =>
    JSON.parse(
      late.shops.reduce(
        (text, { location }, at) => text.replaceAll(location, inTime.shops[at]?.location ?? ''),
        JSON.stringify(await known()),
      ),
    );
  const missed = late.written[0]?.all.slice(5, 7) ?? [];
  for (const { phone, all } of late.written) await bring({ phone, all: all.filter((one) => !missed.includes(one)) });
  await night(late.shops);
  expect(await here()).not.toEqual(state);
  if (late.written[0]) await bring({ phone: late.written[0].phone, all: missed });
  await night(late.shops);
  expect(await here()).toEqual(state);
  const withoutVersion = (all: typeof plans) => all.map(({ item, plan }) => ({ item, plan }));
  expect(withoutVersion(await plansOf(late.shops[0]))).toEqual(withoutVersion(plans));
});

it('A missing close updates the model when it comes.', { tags: 'long' }, async () => {
  const { shops, written } = await open();
  for (const one of written) await bring(one);
  await closeAt(shops[0].location);
  await workOff('update-demand-model', 'state');
  const head = await allStores().paces.head();
  expect(Object.keys(head?.known ?? {})).toEqual([shops[0].location]);
  await night(shops);
  expect(Object.keys((await allStores().paces.head())?.known ?? {}).sort()).toEqual(
    shops.map(({ location }) => location).sort(),
  );
  expect((await known())?.outlets.map(([outlet]) => outlet)).toEqual(
    shops.map(({ location }) => StockLocationId.parse(location)).sort(),
  );
  expect((await known())?.day).toBe(instantOf(START - DAY).slice(0, 10));
});

it('After a crash on day three the update continues, each day once.', { tags: 'long' }, async () => {
  const { client, watch } = watchedClient(inject('endpoint'));
  const { shops, written } = await open(client);
  for (const one of written) await bring(one);
  for (const { location } of shops) await closeAt(location);
  let heads = 0;
  watch({
    before: ({ says }) => {
      if (says.includes('"head"') && ++heads > 3) throw new Error('the process died');
    },
  });
  await expect(workOff('update-demand-model', 'state')).rejects.toThrow();
  watch({});
  expect(await known()).toMatchObject({ days: 2 });
  await workOff('update-demand-model', 'state');
  expect(await known()).toMatchObject({ days: DAYS, day: instantOf(START - DAY).slice(0, 10) });
});

it('When every snapshot has expired, the model starts again from the closes.', { tags: 'long' }, async () => {
  const { client } = watchedClient(inject('endpoint'));
  const { book, shops, written } = await open(client);
  for (const one of written) await bring(one);
  await night(shops);
  const TableName = book.bahi.tables.Paces;
  book.clock.set(instantOf(START + 45 * DAY));
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  for (const { upTo, part, lapsesAt } of Items)
    if (lapsesAt * 1_000 < START + 45 * DAY) await client.send(new DeleteCommand({ TableName, Key: { upTo, part } }));
  await night(shops);
  expect((await known())?.day).toBe(instantOf(START + 44 * DAY).slice(0, 10));
  await night(shops);
});

const open = async (client?: DynamoDbClient) => {
  const book = await openBook(client && { client });
  books.push(book);
  const shops = [await openShop(book, [0], 30), await openShop(book, [0], 30)] as [Shop, Shop];
  const written = shops.map(({ phones }, at) => {
    const [phone] = phones as [Phone];
    const goods = received({ item: ITEM, quantity: 200 }, { item: SLOW, quantity: 20 });
    const sales = Array.from({ length: DAYS }, (_, day) =>
      phone.write(sold({ item: ITEM, quantity: at === 0 ? 4 : 1 }), START - (DAYS - day) * DAY),
    );
    return { phone, all: [phone.write(goods, START - (DAYS + 1) * DAY), ...sales] };
  });
  return { book, shops, written };
};

const bring = async ({ phone, all }: { phone: Phone; all: readonly Written[] }) => {
  for (const { outcome } of expectOk(await phone.sync(all)).outcomes) expect(outcome).toBe('recorded');
};

const night = async (shops: readonly Shop[]) => {
  for (const { location } of shops) await closeAt(location);
  await workOff('update-demand-model', 'state');
  for (const { location } of shops) await workOff('plan-replenishment', location);
};

const plansOf = async ({ rows }: Shop) =>
  [...(await rows()).values()].map(({ item, plan, version }) => ({ item, plan, version }));

/** The final paces, without the run that wrote them. */
const known = async () => {
  const { paces } = allStores();
  const head = await paces.head();
  return head && paces.snapshot(head, head.day);
};
