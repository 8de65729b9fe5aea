import type { SQSEvent } from 'aws-lambda';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { readOpenAlerts } from '../../functions/send-digest/digest-lines.ts';
import { allStores } from '../../local/all-stores.ts';
import { lambdaContext } from '../../local/gateway-event.ts';
import { WORKERS } from '../../local/jobs.ts';
import { closeKey } from '../../shared/day-close/close-item.ts';
import { type AreaId, ItemId, LocationId, StockLocationId } from '../../shared/kernel/ids.ts';
import { Day } from '../../shared/kernel/time.ts';
import { digestRecipientsIn } from '../../shared/notifications/recipients.ts';
import { areaWorker, locationWorker } from '../../shared/platform/job-handler.ts';
import type { Job } from '../../shared/platform/jobs.ts';
import { UnavailableError } from '../../shared/platform/retry.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { closeAt } from '../kit/day-closes.ts';
import { exceptionAlertStates, exceptionAlertsIn } from '../kit/exception-alerts.ts';
import { evaluateStockRecords, stockRecordOf, sweep, workOff } from '../kit/jobs.ts';
import { openShop, PRICE, received, type Shop, sold } from '../kit/shop.ts';
import { syncAndAdmit } from '../kit/sync-and-admit.ts';
import { tampererOf } from '../kit/tampering.ts';

const book = useBook();
let tamper: ReturnType<typeof tampererOf>;
beforeAll(async () => {
  tamper = tampererOf(book);
});
beforeEach(() => clockAt(START));

it('A day that cannot be closed fails only its own message, with an alert until it closes.', async () => {
  const [bad, good] = await openTwo();
  for (const { location } of [bad, good]) await closeAt(location);
  await unread(bad);
  clockAt(START + DAY);
  expect(await batch('close-day', [bad, good])).toEqual([bad.location]);
  expect((await allStores().closes.head(LocationId.parse(good.location)))?.to).toBe('2026-11-22');
  clockAt(START);
  expect(await failedAt(bad)).toMatchObject([
    {
      about: 'close-day',
      level: 'district',
      state: 'open',
      district: 'LKO',
      figures: { work: 'close-day', day: '2026-11-22', problem: expect.stringContaining('ZodError') },
      says: { en: expect.stringContaining(`The work close-day of 22 November failed at ${bad.location}`) },
    },
  ]);
  expect(await failedAt(good)).toEqual([]);

  await mended(bad);
  clockAt(START + DAY);
  expect(await batch('close-day', [bad, good])).toEqual([]);
  clockAt(START);
  expect(await failedAt(bad)).toEqual([]);
  expect(await livesAt(bad)).toEqual(['failed resolved 1']);
});

it('A district is summed without an unreadable location, and with it once it can be read.', async () => {
  const [bad, good] = await openTwo();
  for (const { location } of [bad, good]) await closeAt(location);
  await workOff('sum-days', 'LKO');
  await workOff('sum-days', 'state');
  const before = await totalsOf('LKO');
  const [phone] = good.phones;
  await syncAndAdmit(book, good.location, [
    phone?.write(sold({ item: ITEM, quantity: 1 }), START - DAY) as Parameters<typeof syncAndAdmit>[2][number],
  ]);
  await closeAt(good.location);
  await unread(bad);
  for (const area of ['LKO', 'state']) await workOff('sum-days', area);
  const parted = await totalsOf('LKO');
  const amount = (totals: typeof before) => Number(totals?.sellers[0]?.amount ?? 0);
  expect(parted?.locations).toBe(before?.locations);
  expect(amount(parted) - amount(before)).toBe(PRICE - 6 * PRICE);
  expect(await failedAt(bad)).toMatchObject([{ about: 'sum-days' }]);

  await mended(bad);
  for (const area of ['LKO', 'state']) {
    await workOff('sum-days', area);
    expect(amount(await totalsOf(area)) - amount(before)).toBe(PRICE);
  }
  expect(await failedAt(bad)).toEqual([]);
});

it('A state report answers without unreadable locations, and names them.', async () => {
  const [bad, good] = await openTwo();
  for (const { location } of [bad, good]) await closeAt(location);
  await workOff('sum-days', 'LKO');
  await workOff('sum-days', 'state');
  const query = { area: 'state', from: YESTERDAY, to: YESTERDAY } as const;
  const stockOuts = async () => expectOk(await book.admin.getReport({ path: { report: 'dead-stock' }, query }));
  const whole = await stockOuts();
  expect(whole.unreadable).toBeUndefined();
  await unread(bad);
  expect(await stockOuts()).toMatchObject({ rows: whole.rows, unreadable: [bad.location] });
  await mended(bad);

  const totals = { daybook: 'area#state#totals', entry: YESTERDAY };
  await tamper.change('Ledger', totals, ({ vouchers }) => ({ vouchers: String(vouchers) }));
  const sales = await book.admin.getReport({ path: { report: 'sales-by-day' }, query });
  expect(expectOk(sales)).toMatchObject({ rows: [], unreadable: [`state ${YESTERDAY}`] });
  await tamper.change('Ledger', totals, ({ vouchers }) => ({ vouchers: Number(vouchers) }));
});

it('A list of alerts answers without an unreadable alert, and says so.', async () => {
  const [bad, good] = await openTwo();
  for (const { location } of [bad, good]) await sweep(location);
  const openIn = async (query: { area: string } | { location: string }) =>
    expectOk(await book.admin.listAlerts({ query }));
  const [first] = (await openIn({ location: bad.location })).alerts;
  if (!first) throw new Error('the shelf is low');
  const key = { location: bad.location, alert: first.alert };
  await tamper.change('Alerts', key, () => ({ episode: 'first' }));
  for (const query of [{ area: 'LKO' }, { area: 'state' }, { location: bad.location }]) {
    const { alerts, unreadable } = await openIn(query);
    expect([
      unreadable,
      alerts.some(({ alert, location }) => alert === first.alert && location === bad.location),
    ]).toEqual([1, false]);
  }
  await workOff('send-digest', 'LKO');
  await tamper.change('Alerts', key, () => ({ episode: 1 }));
  expect((await openIn({ area: 'LKO' })).unreadable).toBeUndefined();
});

it('An unreadable outlet is left out of the demand model, and a bad row out of the plan.', async () => {
  const [bad, good] = await openTwo();
  for (const { location } of [bad, good]) await closeAt(location);
  await unread(bad);
  await workOff('update-demand-model', 'state');
  expect((await allStores().paces.head())?.closedTo).toBe(YESTERDAY);
  expect(await failedAt(bad)).toMatchObject([{ about: 'update-demand-model' }]);
  expect(await failedAt(good)).toEqual([]);
  // So it is folded again once it can be read.
  expect((await allStores().paces.head())?.known).not.toHaveProperty(bad.location);
  await mended(bad);
  clockAt(START + DAY);
  for (const { location } of [bad, good]) await closeAt(location);
  await workOff('update-demand-model', 'state');
  clockAt(START);
  expect(await failedAt(bad)).toEqual([]);
  expect((await allStores().paces.head())?.known).toHaveProperty(bad.location);

  await tamper.row(good.location, ITEM, () => ({ inbound: 'none' }));
  for (const job of ['plan-replenishment', 'sweep-alerts'] as const) await workOff(job, good.location);
  await tamper.row(good.location, ITEM, () => ({ inbound: 0 }));
});

it('A transient failure opens an alert only at its last try.', async () => {
  const [shop] = await openTwo();
  const busy = locationWorker(allStores, async () => {
    throw new UnavailableError('DynamoDB did not answer in time');
  });
  const attempt = async (received: number) => {
    const body = JSON.stringify({ job: 'close-day', location: shop.location, day: '2026-11-22' });
    const record = { messageId: 'one', body, attributes: { ApproximateReceiveCount: String(received) } };
    const { batchItemFailures } = await busy({ Records: [record] } as unknown as SQSEvent, lambdaContext('close-day'));
    expect(batchItemFailures).toHaveLength(1);
    return (await failedAt(shop)).length;
  };
  expect([await attempt(1), await attempt(2), await attempt(3)]).toEqual([0, 0, 1]);
});

/** One try of a job of an area that fails with this error, or succeeds. */
const tryArea = async (area: string, received: number, error?: Error) => {
  const worker = areaWorker(allStores, async () => {
    if (error) throw error;
  });
  const body = JSON.stringify({ job: 'sum-days', area, day: '2026-11-22' });
  const record = { messageId: area, body, attributes: { ApproximateReceiveCount: String(received) } };
  const event = { Records: [record] } as unknown as SQSEvent;
  expect((await worker(event, lambdaContext('sum-days'))).batchItemFailures).toHaveLength(error ? 1 : 0);
};

/** Unresolved alerts of failed jobs that are about the area itself. */
const failedForArea = async (area: string, listed = area) =>
  (await exceptionAlertsIn(book.admin, { area: listed }, 'failed')).filter(
    ({ location, state }) => location === area && state !== 'resolved',
  );

it.each([
  { area: 'PBT', level: 'district', name: 'district PBT', nameHi: 'ज़िला PBT' },
  { area: 'state', level: 'state', name: 'the state', nameHi: 'पूरे राज्य' },
])(
  'A job that fails for $name as a whole opens an alert at its last try, resolved by the next success.',
  async (expected) => {
    const { area, level, name, nameHi } = expected;
    const error = new Error('the totals could not be read');
    await tryArea(area, 1, error);
    await tryArea(area, 2, error);
    expect(await failedForArea(area)).toEqual([]);
    await tryArea(area, 3, error);
    const [alert, ...others] = await failedForArea(area);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      location: area,
      district: area,
      level,
      state: 'open',
      episode: 1,
      says: {
        en: `The work sum-days of 22 November failed for ${name}: tell who runs Bahi (Error: the totals could not be read).`,
        hi: expect.stringContaining(nameHi),
      },
    });
    expect(await failedForArea(area, 'state')).toEqual([alert]);
    const path = { location: area as AreaId, alert: 'failed:sum-days' } as const;
    const acknowledged = await book.admin.acknowledgeAlert({ path, body: {}, ifMatch: 1 });
    expect(acknowledged).toMatchObject({ body: { state: 'acknowledged' } });
    await tryArea(area, 1);
    expect(
      (await exceptionAlertsIn(book.admin, { area }, 'failed')).filter(({ location }) => location === area),
    ).toMatchObject([{ state: 'resolved', episode: 1 }]);
  },
);

it('An alert of a failed job of an area escalates while its job does not run again.', async () => {
  const hour = 3_600_000;
  await tryArea('LKO', 3, new Error('the totals could not be read'));
  const levelAfter = async (hours: number) => {
    clockAt(START + hours * hour);
    await sweep('LKO');
    // A token lasts a day.
    clockAt(START);
    return (await failedForArea('LKO')).map(({ level }) => level);
  };
  expect([await levelAfter(71), await levelAfter(72)]).toEqual([['district'], ['state']]);
});

it('The digests of a district and of the state list a job that failed for all of it.', async () => {
  const error = new Error('no totals');
  for (const area of ['PBT', 'state']) await tryArea(area, 3, error);
  clockAt(START + 3_600_000);
  for (const area of ['PBT', 'state']) {
    const open = await readOpenAlerts(area as AreaId, allStores());
    const recipients = digestRecipientsIn(area as AreaId, open, []);
    const topic = recipients.find(({ to }) => to === area);
    expect(topic?.alerts).toContainEqual(expect.objectContaining({ location: area, type: 'failed' }));
  }
});

it('The problem of a failed job contains no phone number or e-mail address.', async () => {
  const [shop] = await openTwo();
  const work = { location: LocationId.parse(shop.location), work: 'close-day', day: YESTERDAY } as const;
  await allStores().failureAlerts.open(work, new Error('Invalid parameter: +919876543210 of asha@example.org'));
  const [alert] = await failedAt(shop);
  expect(alert).toMatchObject({ figures: { problem: 'Error: Invalid parameter: … of …' } });
});

it('An unreadable stream record does not block the records after it.', async () => {
  const [shop] = await openTwo();
  const row = await allStores().stock.row(StockLocationId.parse(shop.location), ItemId.parse(ITEM));
  if (!row) throw new Error('there is stock');
  const news = stockRecordOf(undefined, row);
  const bad = {
    ...news,
    dynamodb: { ...news.dynamodb, NewImage: { ...news.dynamodb?.NewImage, onHand: { S: 'many' } } },
  };
  await evaluateStockRecords([bad as typeof news, news]);
});

const ITEM = 'LKO-KURTA-01';

const DAY = 24 * 3_600_000;

const YESTERDAY = Day.parse('2026-11-21');

const clockAt = (milliseconds: number) => book.clock.set(new Date(milliseconds).toISOString());

/** Two shops that sold six and seven yesterday; the first is to go wrong. */
const openTwo = async (): Promise<[Shop, Shop]> => {
  clockAt(START - DAY);
  const shops: [Shop, Shop] = [await openShop(book), await openShop(book)];
  for (const [at, { location, phones }] of shops.entries()) {
    const [phone] = phones;
    if (!phone) throw new Error('a shop has a phone');
    const goods = [received({ item: ITEM, quantity: 9 }), sold({ item: ITEM, quantity: 6 + at })];
    await syncAndAdmit(
      book,
      location,
      goods.map((one) => phone.write(one)),
    );
  }
  clockAt(START);
  return shops;
};

const unread = ({ location }: Shop, day = YESTERDAY) =>
  tamper.change('Ledger', closeKey(LocationId.parse(location), day, 1), ({ items }) => ({ items: { was: items } }));

const mended = ({ location }: Shop, day = YESTERDAY) =>
  tamper.change('Ledger', closeKey(LocationId.parse(location), day, 1), ({ items }) => ({
    items: (items as { was: unknown }).was,
  }));

const failedAt = async ({ location }: Shop) =>
  (await exceptionAlertsIn(book.admin, { location }, 'failed')).filter(({ state }) => state !== 'resolved');

const livesAt = ({ location }: Shop) => exceptionAlertStates(book.admin, { location }, 'failed');

const totalsOf = (area: string) => allStores().totals.find(area as AreaId, YESTERDAY);

/** One batch with a message for each location; the locations whose message failed. */
const batch = async (job: Job, shops: readonly Shop[], received = 1): Promise<string[]> => {
  const Records = shops.map(({ location }) => ({
    messageId: location,
    attributes: { ApproximateReceiveCount: String(received) },
    body: JSON.stringify({ job, location, day: '2026-11-22' }),
  }));
  const { batchItemFailures } = await WORKERS[job]({ Records } as unknown as SQSEvent, lambdaContext(job));
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};
