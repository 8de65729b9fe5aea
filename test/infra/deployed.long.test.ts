/** @module-tag long */
import { beforeAll, expect, it } from 'vitest';
import { Job } from '../../shared/platform/jobs.ts';
import { enrol, expectOk, numberAt } from '../kit/book.ts';
import { receipt, sale } from '../kit/claims.ts';
import { useDeployedBahi } from '../kit/deployed/deployed-bahi.ts';
import { DEPOT, openDepot } from '../kit/depot.ts';
import { requestsAt } from '../kit/material-requests.ts';

const bahi = useDeployedBahi();
const location = 'LKO-01';
const KURTA = 'LKO-KURTA-01';
let terminal: string;
beforeAll(async () => {
  terminal = await enrol(bahi.book, location, 'LKO1');
});
let sold: string;
let serial = 0;
const number = (kind: string) => numberAt(bahi.book.clock, terminal, kind, ++serial);
const soldOne = (more: object = {}) => {
  bahi.book.clock.forward(1);
  return sale(bahi.book.clock, [{ item: KURTA, quantity: 1 }], more);
};

it('A stall receives, sells, syncs and shows a bill as JSON, page and PDF.', async () => {
  const stall = await bahi.book.as('outlet', `location:${location}`);
  const received = receipt(bahi.book.clock, [{ item: KURTA, quantity: 5 }]);
  expectOk(await stall.recordVoucher({ path: { location, number: number('R') }, body: received }));
  sold = number('S');
  const recorded = await stall.recordVoucher({ path: { location, number: sold }, body: soldOne() });
  expect(recorded.status).toBe(201);
  const vouchers = [{ number: number('S'), claim: soldOne() }];
  expect(expectOk(await stall.syncVouchers({ path: { location }, body: { vouchers } })).outcomes).toMatchObject([
    { outcome: 'recorded' },
  ]);
  expect(expectOk(await stall.getBill({ path: { location, number: sold }, query: {} })).number).toBe(sold);
  const token = await bahi.book.bahi.issuer.token({ role: 'outlet', scope: [`location:${location}`] });
  const bill = async (suffix: string, accept: string) => {
    const headers = { authorization: `Bearer ${token}`, accept };
    const answer = await fetch(`${bahi.url}/locations/${location}/vouchers/${sold}/bill${suffix}`, { headers });
    return (await answer.text()).slice(0, 9);
  };
  expect(await bill('', 'text/html')).toMatch(/^<!doctype/i);
  expect(await bill('.pdf', '*/*')).toMatch(/^%PDF-/);
  expect(expectOk(await stall.getLocationStock({ path: { location } })).stock).toMatchObject([
    { item: KURTA, onHand: 3 },
  ]);
});

it('A depot approves and issues a request, and the producer confirms it.', async () => {
  const depot = await openDepot(bahi.book);
  await depot.producer('P0101');
  await depot.receive('LOT-1', 50_000);
  const asks = requestsAt(bahi.book, depot, 'P0101');
  expect((await asks.read(await asks.reach.received())).state).toBe('received');
  await asks.submitted();
  const { requests } = expectOk(await bahi.book.admin.listRequests({ path: { depot: DEPOT } }));
  expect(requests).toContainEqual(expect.objectContaining({ state: 'submitted' }));
});

it('The streams of stock and alerts reach their functions.', async () => {
  expect(await bahi.drainStream('Stock')).toBeGreaterThan(0);
  await bahi.drainStream('Alerts');
  expect(expectOk(await bahi.book.admin.listAlerts({ query: { location } })).alerts.length).toBeGreaterThan(0);
});

it('The next night runs all jobs by their schedules and queues, and closes the day.', async () => {
  bahi.book.clock.forward(24 * 3600);
  for (const job of Job.options) await bahi.runJob(job);
  const deadLetters = bahi.deployment.queues.flatMap(({ name }) =>
    name.startsWith('Failed') ? bahi.cloud.queueOf(name) : [],
  );
  expect(deadLetters).toEqual([]);
  const admin = await bahi.book.as('admin', 'state');
  const totals = expectOk(await admin.getDayTotals({ path: { location, day: '2026-11-22' } }));
  expect(totals).toMatchObject({ vouchers: 3 });
  expect([...bahi.cloud.objects.keys()].some((name) => name.startsWith('Seals/'))).toBe(true);
  const report = { area: 'LKO', from: '2026-11-22', to: '2026-11-22' };
  const page = expectOk(await admin.getReport({ path: { report: 'sales-by-outlet' }, query: report }));
  expect(page).toMatchObject({
    rows: [
      { location, sales: 2 },
      { location: 'LKO-02', sales: 0 },
    ],
  });
});

it('The canary finds the API as a phone does, and open pages need no token.', async () => {
  await bahi.functions.invoke('canary-sale', {});
  for (const path of ['/health', '/openapi.json', '/docs'])
    expect((await fetch(bahi.url + path)).status, path).toBe(200);
  expect((await fetch(`${bahi.url}/alerts`)).status).toBe(401);
});

it('Until here no function lacked a permission or outgrew its memory.', () => {
  expect(bahi.cloud.denials).toEqual([]);
  const outgrown = bahi.deployment.functions.filter(
    ({ name, memory }) => (bahi.functions.megabytes.get(name) ?? 0) > memory,
  );
  expect(outgrown.map(({ name }) => name)).toEqual([]);
});

/** Runs without one action on one resource in the function's policy. */
const withoutPower = async (name: string, action: string, resource: string, run: () => Promise<unknown>) => {
  const { statements } = bahi.functions.functionNamed(name);
  const kept = [...statements];
  const without = kept.flatMap((one) =>
    one.actions.includes(action)
      ? [
          { ...one, actions: one.actions.filter((of) => of !== action) },
          { ...one, actions: [action], resources: one.resources.filter((of) => of !== resource) },
        ]
      : [one],
  );
  statements.splice(0, statements.length, ...without);
  await run();
  statements.splice(0, statements.length, ...kept);
  expect(bahi.cloud.denials).toContain(`${name}: ${action} ${resource}`);
};

it('A sale fails if the template loses one permission, and succeeds when it is back.', async () => {
  const admin = await bahi.book.as('admin', 'state');
  const path = { location, number: number('S') };
  const body = soldOne();
  await withoutPower('vouchers', 'dynamodb:UpdateItem', 'Stock.Arn', async () =>
    expect(await admin.recordVoucher({ path, body })).toMatchObject({ ok: false, status: 500 }),
  );
  expect((await admin.recordVoucher({ path, body })).status).toBe(201);
});

it('Messages that failed three times wait among the dead letters; redriven, even twice, each works once.', async () => {
  const [queue, deadLetters] = ['Queuecloseday', 'Failedcloseday'];
  const [day, planned] = ['2026-11-23', '2026-11-24'];
  bahi.book.clock.forward(24 * 3600);
  await withoutPower('close-day', 'dynamodb:PutItem', 'Ledger.Arn', () => bahi.runJob('close-day'));
  const failed = [...bahi.cloud.queueOf(deadLetters)];
  expect(failed.map(({ body }) => JSON.parse(body))).toContainEqual({ job: 'close-day', location, day: planned });
  const admin = await bahi.book.as('admin', 'state');
  const alerts = async () =>
    expectOk(await admin.listAlerts({ query: { location, type: 'failed' } })).alerts.map(({ state }) => state);
  expect(await alerts()).toEqual(['open']);

  // As the runbook's start-message-move-task, once and once more.
  const after: unknown[] = [];
  for (const messages of [bahi.cloud.queueOf(deadLetters).splice(0), failed]) {
    bahi.cloud.queueOf(queue).push(...messages.map((message) => ({ ...message, received: 0 })));
    await bahi.drainQueue(queue);
    const seals = [...bahi.cloud.objects.keys()].filter((name) => name.startsWith('Seals/')).sort();
    after.push({ totals: expectOk(await admin.getDayTotals({ path: { location, day } })), seals });
  }
  expect(bahi.cloud.queueOf(deadLetters)).toEqual([]);
  expect(after[0]).toMatchObject({ totals: { vouchers: 1 } });
  expect(after[1]).toEqual(after[0]);
  expect(await alerts()).toEqual([]);
});
