import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { isStockAlert } from '../../shared/alerts/alert.ts';
import { ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { instantOf } from '../../shared/kernel/time.ts';
import { UpdateCommand } from '../../shared/platform/dynamodb-commands.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { daysAgo, START } from '../kit/clock.ts';
import { BAMBOO, DEPOT, type Depot, openDepot } from '../kit/depot.ts';
import { exceptionAlertStates, exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { engineClient } from '../kit/fast-clients.ts';
import { sweep } from '../kit/jobs.ts';
import { dispatched, lastFrom, openShop, received, type Shop } from '../kit/shop.ts';
import { recordLive } from '../kit/shop-phone.ts';
import { openStall, type Stall } from '../kit/stall.ts';

const book = useBook();
let stall: Stall;
let item: string;
beforeAll(async () => {
  stall = await openStall(book, location, 'LKO1');
});
beforeEach(() => {
  item = left.pop() ?? '';
});

describe('Stock alerts at an outlet', () => {
  it('Selling the last piece opens OUT beside SHORT; receipts resolve each in turn.', async () => {
    await stall.receive({ item, quantity: 2 });
    expect(await types()).toEqual(['short']);
    await stall.sell({ item, quantity: 2 });
    expect(await types()).toEqual(['out', 'short']);
    await stall.receive({ item, quantity: 1 });
    expect(await types()).toEqual(['short']);
    await stall.receive({ item, quantity: 3 });
    expect(await types()).toEqual([]);
  });

  it('Goods in transit that cover the shortage resolve both alerts; missing goods reopen them.', async () => {
    const [from, to]: [Shop, Shop] = [await openShop(book, [0], 30), await openShop(book, [0], 30)];
    await recordLive(from, received({ item, quantity: 20 }));
    await recordLive(to, received({ item, quantity: 1 }));
    expect(await types(to.location)).toEqual(['short']);
    const { number } = await recordLive(from, dispatched(to.location, { item, quantity: 6 }));
    expect(await types(to.location)).toEqual([]);
    await recordLive(to, lastFrom(number, { item, quantity: 1 }));
    const [again] = await open(to.location);
    expect(again).toMatchObject({ type: 'short', episode: 2, figures: { onHand: 2, inbound: 0 } });
  });

  it('The sweep finds overstock, with its quantity, only where a plan exists.', async () => {
    await stall.receive({ item, quantity: 37 });
    expect(await types()).toEqual([]);
    const plan = { reorderPoint: 3, target: 12, pace: { othersPerWeek: 1, factor: 1, leadDays: 7 } };
    await allStores().stock.plan(StockLocationId.parse(location), ItemId.parse(item), plan);
    const [alert] = await open();
    expect(alert).toMatchObject({
      type: 'overstock',
      state: 'open',
      says: { en: 'KURTA of LKO1: You have 37, which is 37 weeks of sales here: send some where it sells.' },
    });
    await stall.sell({ item, quantity: 1 });
    expect(await types()).toEqual([]);
  });
});

it('An alert stored without version and level keeps working.', async () => {
  await stall.receive({ item, quantity: 2 });
  await sweep(location);
  const client = engineClient();
  const update = {
    TableName: book.bahi.tables.Alerts,
    Key: { location, alert: `${item}:short` },
    UpdateExpression: 'REMOVE #version, #level',
    ExpressionAttributeNames: { '#version': 'version', '#level': 'level' },
  };
  await client.send(new UpdateCommand(update));
  client.destroy();
  expect(await open()).toMatchObject([{ version: 1, level: 'outlet', episode: 1 }]);
  await stall.sell({ item, quantity: 1 });
  expect(await open()).toMatchObject([{ version: 2, level: 'outlet', episode: 1, figures: { onHand: 1 } }]);
});

describe('Stock alerts at a depot', () => {
  let depot: Depot;
  beforeAll(async () => {
    depot = await openDepot(book);
  });

  it("A depot's alert counts free stock, in the units of the material.", async () => {
    const path = { kind: 'items' as const, id: BAMBOO };
    const { entry, version } = expectOk(await book.admin.getEntry({ path }));
    expectOk(await book.admin.putEntry({ path, body: { ...entry, reorderPoint: 5_000 }, ifMatch: version }));
    await depot.receive('SIL-1', 5_000);
    const [alert, ...others] = await open(DEPOT, BAMBOO);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      type: 'material',
      figures: { free: 5_000 },
      says: { en: 'BAMBOO of PBT1: The depot has 5 kg free: more is needed at 5 kg.' },
    });
    await depot.receive('SIL-2', 1);
    expect(await types(DEPOT, BAMBOO)).toEqual([]);
  });
});

describe('Silent outlets', () => {
  const DAY = 24 * 3_600_000;
  const onDay = async (days: number, act: () => Promise<unknown>) => {
    book.clock.set(instantOf(START + days * DAY));
    await act();
    book.clock.set(instantOf(START));
  };
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop(book, [0], 30);
  });
  const silent = async () => {
    const admin = await book.as('admin', 'state');
    return exceptionAlertStates(admin, { location: shop.location }, 'silent');
  };
  const swept = (days: number) => onDay(days, () => sweep(shop.location));

  it('An outlet is silent after a whole day without vouchers until one comes; then an episode may follow', async () => {
    await daysAgo(book.clock, 3, () => recordLive(shop, received({ item, quantity: 9 })));
    await swept(-2);
    expect(await silent()).toEqual([]);
    await swept(-1);
    expect(await silent()).toEqual(['silent open 1']);
    await swept(0);
    expect(await exceptionAlertsIn(book.admin, { location: shop.location }, 'silent')).toMatchObject([
      { about: shop.location, level: 'district', version: 1, figures: { lastDay: '2026-11-19' } },
    ]);
    await recordLive(shop, received({ item, quantity: 1 }));
    await swept(0);
    expect(await silent()).toEqual(['silent resolved 1']);
    await swept(1);
    expect(await silent()).toEqual(['silent resolved 1']);
    await swept(2);
    expect(await silent()).toEqual(['silent open 2']);
  });

  it('An outlet that never recorded anything is not silent, nor is a depot.', async () => {
    await swept(0);
    expect(await silent()).toEqual([]);
    await sweep(DEPOT);
    expect(await exceptionAlertStates(book.admin, { location: DEPOT }, 'silent')).toEqual([]);
  });
});

// The reorder point of every kurta is 3.
const location = 'LKO-01';

const left = kurtas(45);

const open = async (at = location, of = item) => {
  await sweep(at);
  const { alerts } = expectOk(await book.admin.listAlerts({ query: { location: at } }));
  return alerts.filter(isStockAlert).flatMap((alert) => (alert.item === of ? [alert] : []));
};

const types = async (at = location, of = item) => (await open(at, of)).map(({ type }) => type);
