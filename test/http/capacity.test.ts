/** @module-tag long */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { routeOf } from '../../local/routes.ts';
import { operations } from '../../shared/api/contract.ts';
import { Job } from '../../shared/platform/jobs.ts';
import { type Book, openBook } from '../kit/book.ts';
import { type Call, costOf, meteredClient, sizeOf } from '../kit/capacity.ts';
import { leastUnits } from '../kit/least-capacity.ts';
import { closeJobs } from '../kit/measured/closes.ts';
import { depotJobs } from '../kit/measured/depot-jobs.ts';
import { exchangeOperations } from '../kit/measured/exchanges.ts';
import type { Measured } from '../kit/measured/measured.ts';
import { capturedOperations } from '../kit/measured/offline.ts';
import { registryOperations } from '../kit/measured/registry.ts';
import { reportOperations } from '../kit/measured/reports.ts';
import { requestOperations } from '../kit/measured/requests.ts';
import { restockJobs } from '../kit/measured/restock.ts';
import { shiftOperations } from '../kit/measured/shifts.ts';
import { stockAndAlertOperations } from '../kit/measured/stock-and-alerts.ts';
import { askOperations } from '../kit/measured/transfer-requests.ts';
import { transferOperations } from '../kit/measured/transfers.ts';
import { voucherOperations } from '../kit/measured/vouchers.ts';
import { hurriedClock } from '../kit/monotonic.ts';
import { writeTable } from '../kit/write-capacity.ts';

// moto does not count transactions as DynamoDB does; both builds of dynoxide do.
describe.runIf(inject('countsUnits'))('what operations cost', () => {
  const meter = meteredClient(inject('endpoint'));
  let book: Book;
  let nights: Book | undefined;
  const measured = new Map<string, { warm: readonly Call[]; cold: readonly Call[] }>();
  /** The operations that were asked for, by their ids, while something was measured. */
  const called = new Set<string | undefined>();
  const hear = (said: unknown) => {
    const { method, url } = (said as { request: { method: string; url: string } }).request;
    called.add(routeOf(method, url.replace(/\?.*/, ''))?.operation.id);
  };
  const asking = async (run: () => Promise<unknown>): Promise<void> => {
    subscribe('http.server.request.start', hear);
    await run();
    unsubscribe('http.server.request.start', hear);
  };

  beforeAll(async () => {
    book = await openBook({ client: meter.client });
  });
  afterAll(async () => {
    await book.close();
    await nights?.close();
  });

  it('Every operation costs, cold and warm, what docs/capacity.md says.', async () => {
    const clock = hurriedClock();
    for (const operationsOf of [
      voucherOperations,
      stockAndAlertOperations,
      registryOperations,
      requestOperations,
      depotJobs,
      closeJobs,
      capturedOperations,
      shiftOperations,
      reportOperations,
      transferOperations,
      askOperations,
      exchangeOperations,
    ])
      await measure(await operationsOf(book));
    // A night folds all stalls that there are: in a book of its own, whatever the others opened.
    nights = await openBook({ client: meter.client });
    await measure(await restockJobs(nights));

    async function measure(operations: readonly Measured[]): Promise<void> {
      for (const { name, prepare, run } of operations) {
        await prepare?.();
        clock.forward(MINUTE_AND_A_BIT); // what was remembered of the registry lapses
        const cold = await meter.callsOf(run);
        await prepare?.();
        measured.set(name, { cold, warm: await meter.callsOf(() => asking(run)) });
      }
    }
    const rows = [...measured].map(([name, { warm, cold }]) => {
      const [then, first] = [costOf(warm), costOf(cold)];
      expect({ name, writes: first.writes }).toEqual({ name, writes: then.writes });
      const written = [then.writes, leastUnits(warm), then.indexes];
      return [name, then.calls, then.reads, ...written, first.calls, first.reads].map(String);
    });
    // Whoever changes a cost on purpose writes all rows anew, and reads the difference.
    if (process.env.WRITE_CAPACITY === 'true') writeTable(CAPACITY, 0, rows);
    else expect(COSTS).toEqual(rows);
  });

  it('Every operation that uses a table and every job has a measured cost.', () => {
    const unmeasured = operations
      .filter((one) => one.function !== 'service' && !called.has(one.id))
      .map(({ id }) => id);
    expect(unmeasured).toEqual([]);
    const names = [...measured.keys()];
    expect(Job.options.filter((job) => !names.some((name) => name.startsWith(`${job}:`)))).toEqual([]);
  });

  it('Writes are the least that DynamoDB allows, or docs/capacity.md gives the reason.', () => {
    const more = [...measured].map(([name, { warm }]): [string, number] => {
      const { writes, indexes } = costOf(warm);
      return [name, writes - leastUnits(warm) - indexes];
    });
    expect(more.filter(([, units]) => units < 0)).toEqual([]);
    const said = MORE.map(([name, units, why = '']) => [name, Number(units), why.length > 20]);
    expect(said).toEqual(more.filter(([, units]) => units > 0).map(([name, units]) => [name, units, true]));
  });

  it.each([
    [1, 4],
    [3, 8],
    [40, 88],
  ])('A sale of %i lines with a warm registry reads nothing and writes %i units in one call.', (lines, units) => {
    const calls = measured.get(`record a sale of ${lines} line${lines > 1 ? 's' : ''}`)?.warm ?? [];
    expect(costOf(calls)).toEqual({ calls: 'TransactWriteItems', reads: 0, writes: units, indexes: 0 });
    const kilobytes = Math.ceil(Math.max(...calls.map(sizeOfVoucher)) / 1024);
    expect(calls.map((call) => call.units)).toEqual([{ Ledger: 2 * kilobytes, Stock: 2 * lines }]);
    expect(kilobytes).toBe(lines === 40 ? 4 : 1);
  });

  it('A new stock row costs one unit more, for the index by item.', () => {
    const calls = measured.get('record a first receipt of 10 items')?.warm ?? [];
    expect(calls.map(({ units }) => units)).toEqual([{ Ledger: 2, Stock: 30 }]);
  });

  it.each([
    ['approve a request of 40 lines', 81, { Stock: 80, Passbook: 80 }],
    ['issue 40 lines of a request', 82, { Stock: 80, Passbook: 80 }],
  ])('To %s is one transaction of %i actions, 2 units for each row and account.', (name, actions, units) => {
    const writes = (measured.get(name)?.warm ?? []).filter(({ command }) => command === 'TransactWriteItems');
    expect(writes).toMatchObject([{ units, input: { TransactItems: { length: actions } } }]);
  });

  it.each([
    ['allocate-materials: 10 requests, all served', 10],
    ['allocate-materials: 100 requests for twice what is free', 100],
  ])('To %s writes each request once, together with its account.', (name, requests) => {
    const writes = (measured.get(name)?.warm ?? []).flatMap(({ input }) =>
      'TransactItems' in input ? [input.TransactItems as Record<string, { TableName: string }>[]] : [],
    );
    const tables = writes.map((actions) => actions.map(({ Update }) => Update?.TableName.split('-').at(-1)));
    expect(tables.filter((names) => names.join() === 'Requests,Passbook')).toHaveLength(requests);
    expect(tables).toHaveLength(requests + 2);
  });

  it('A repeat and a refusal for lack of stock each cost only the refused call.', () => {
    for (const name of ['repeat a sale of 40 lines', 'refuse a sale: too little stock'])
      expect(measured.get(name)?.warm.map(({ command }) => command)).toEqual(['TransactWriteItems']);
  });
});

const MINUTE_AND_A_BIT = 61_000;

/**
 * The tables of docs/capacity.md without headings: costs of operations, and reasons for extra
 * writes.
 */
const CAPACITY = join(import.meta.dirname, '..', '..', 'docs', 'capacity.md');

const [COSTS = [], MORE = []] = readFileSync(CAPACITY, 'utf8')
  .split('\n\n')
  .filter((block) => block.startsWith('|'))
  .map((table) =>
    table
      .split('\n')
      .slice(2)
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
  );

const sizeOfVoucher = ({ input }: Call): number => {
  const { TransactItems } = input as { TransactItems: [{ Put: { Item: object } }] };
  return sizeOf(TransactItems[0].Put.Item);
};
