import { beforeAll, expect, inject, it } from 'vitest';
import { expectConsistentAllocation } from '../kit/allocation-check.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { competingDepots, DAY, storesOf } from '../kit/competing-depots.ts';
import { laggingClient, mortalClient } from '../kit/interceptor.ts';

/** An index lags: it lists requests that have moved since, and runs that are done. */
const NEXT = '2026-11-23';
const book = useBook();
let depots: ReturnType<typeof competingDepots>;
beforeAll(async () => {
  depots = competingDepots(book);
});

const EXAMPLE = {
  entitled: { P0300: 200, P0301: 100, P0302: 100, P0303: 200 },
  free: [90],
  asks: [
    ['P0300', 40],
    ['P0301', 10],
    ['P0302', 25],
    ['P0303', 60],
  ] as const,
};

it('A cancelled or approved request that the index shows as waiting takes nothing from others.', async () => {
  const { depot, tools, look } = await opened();
  const [first, second] = depot.all;
  if (!first || !second) throw new Error('four requests');
  await look();
  await depot.receive(10);
  expectOk(await book.admin.cancelRequest({ path: first, body: {}, ifMatch: 1 }));
  expectOk(
    await book.admin.approveRequest({ path: { depot: depot.depot, number: second.number }, body: {}, ifMatch: 1 }),
  );
  await depot.run(DAY, tools);
  const { runs, stock } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
  expect(runs[0]?.record.map(({ share, given }) => [share, given])).toEqual([
    [25, 25],
    [60, 60],
  ]);
  expect(stock[0]).toMatchObject({ onHand: 100, free: 5 });
});

it('A run that the index shows as running ends once, and nothing returns twice.', async () => {
  const { depot, tools, look } = await opened();
  const { client } = mortalClient(inject('endpoint'), { write: 3, when: 'unsent' });
  await expect(depot.run(DAY, storesOf(book, client))).rejects.toThrow('the process died');
  const [first] = depot.all;
  if (!first) throw new Error('four requests');
  expectOk(await book.admin.cancelRequest({ path: first, body: {}, ifMatch: 1 }));
  const [, running] = await look();
  expect(running.rows.map(({ state }) => state)).toEqual(['running']);
  await depot.run();
  const left = await depot.outcome(DAY, NEXT);
  await depot.run(DAY, tools);
  expect(await depot.outcome(DAY, NEXT)).toEqual(left);
  await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
});

it('Requests that the index shows again on the next day get nothing twice.', async () => {
  const { depot, tools, look } = await opened();
  await look();
  await depot.run();
  await depot.receive(200);
  await depot.run(NEXT, tools);
  const { requests, stock } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY);
  expect(await depot.records(NEXT)).toEqual([]);
  expect(requests.map(({ lines }) => lines[0]?.approved)).toEqual([32, 10, 16, 32]);
  expect(stock[0]).toMatchObject({ onHand: 290, free: 200 });
});

it("Waiting requests of yesterday's late run are served today, though the index lags.", async () => {
  const depot = await depots.openDepot({ ...EXAMPLE, free: [0] });
  const { client } = mortalClient(inject('endpoint'), { write: 3, when: 'unsent' });
  await expect(depot.run(DAY, storesOf(book, client))).rejects.toThrow('the process died');
  await depot.receive(135);
  const lagging = laggingClient(inject('endpoint'));
  const tools = storesOf(book, lagging.client);
  await tools.requests.queue(depot.depot, undefined, 'waiting');
  await depot.run(NEXT, tools);
  const { requests } = await expectConsistentAllocation(book.admin, depot.depot, depot.all, DAY, NEXT);
  expect(requests.map(({ lines }) => lines[0]?.approved)).toEqual([40, 10, 25, 60]);
});

const opened = async () => {
  const depot = await depots.openDepot(EXAMPLE);
  const { client, catchUp } = laggingClient(inject('endpoint'));
  const tools = storesOf(book, client);
  const look = () =>
    Promise.all([tools.requests.queue(depot.depot, undefined, 'waiting'), tools.runs.unfinished(depot.depot)]);
  return { depot, tools, look, catchUp };
};
