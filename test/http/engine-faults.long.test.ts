/** @module-tag long */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { openTransport } from '../../shared/platform/dynamodb-transport.ts';
import { type Book, enrol, expectOk, numberAt, openBook } from '../kit/book.ts';
import { kurtas, receipt, sale } from '../kit/claims.ts';
import { type FaultProxy, openFaultProxy, STATES } from '../kit/fault-proxy.ts';
import { dayBook, shelf } from '../kit/read-all.ts';
import { ask } from '../kit/wire.ts';

const location = 'LKO-01';
const STOCK = 100_000;
const PHONES = 8;
/** Requests in each state and after each recovery. */
const ANSWERS = 16;
/** Milliseconds: shorter than in the cloud, so that a silent engine costs the test little. */
const TIMEOUTS = { connection: 200, request: 200 };
let [proxy, book] = [{} as FaultProxy, {} as Book];
beforeAll(async () => {
  proxy = await openFaultProxy();
  book = await openBook({ client: dynamoDbClient(proxy.url, openTransport(TIMEOUTS)) });
});
afterAll(async () => {
  await book.close();
  await proxy.close();
});

it('Under load an engine that is gone, silent, read-only or full costs 503s, and no acknowledged sale.', async () => {
  const { clock } = book;
  const token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
  const items = kurtas(PHONES);
  const terminals = await Promise.all(items.map(() => enrol(book, location, 'LKO1')));
  const number = (phone: number, kind: string, serial: number) =>
    numberAt(clock, String(terminals[phone]), kind, serial);
  const lines = items.map((item) => ({ item, quantity: STOCK }));
  const path = { location, number: number(0, 'R', 1) };
  expectOk(await book.admin.recordVoucher({ path, body: receipt(clock, lines, { confirmed: true }) }));

  const acknowledged = new Set<string>();
  const sent = new Map<string, number[]>();
  const busyWithoutAdvice: string[] = [];
  const heard = listener();
  let isOpen = true;
  /** Sends each sale until it is acknowledged, as a phone does. */
  const runPhone = async (phone: number): Promise<void> => {
    for (let serial = 2; isOpen; serial++) {
      const of = number(phone, 'S', serial);
      const time = new Date(Date.parse(clock.now()) + serial).toISOString();
      const body = JSON.stringify(sale(clock, [{ item: String(items[phone]), quantity: 1 }], { occurredAt: time }));
      const statuses: number[] = [];
      sent.set(of, statuses);
      while (!acknowledged.has(of) && (isOpen || statuses.length > 0)) {
        const answer = await ask(book, `/locations/${location}/vouchers/${of}`, { method: 'PUT', body, token });
        await answer.text();
        statuses.push(answer.status);
        if (answer.status === 503 && !answer.headers.get('retry-after')) busyWithoutAdvice.push(of);
        if (answer.status < 300) acknowledged.add(of);
        heard.tell(answer.status);
      }
    }
  };
  const phones = items.map((_item, phone) => runPhone(phone));
  for (const state of STATES) {
    await heard.next(ANSWERS, (status) => status < 300);
    proxy.become(state);
    await heard.next(ANSWERS, (status) => status === 503);
    proxy.become('well');
  }
  await heard.next(ANSWERS, (status) => status < 300);
  isOpen = false;
  await Promise.all(phones);

  const others = [...sent].filter(([, statuses]) => statuses.some((status) => ![200, 201, 503].includes(status)));
  expect(others).toEqual([]);
  expect(busyWithoutAdvice).toEqual([]);
  const sales = (await dayBook(book.admin, location, '2026-11-22')).filter(({ claim }) => claim.kind === 'S');
  expect(sales.map((voucher) => voucher.number).sort()).toEqual([...acknowledged].sort());
  const onHand = [...(await shelf(book.admin, location)).values()].reduce((sum, row) => sum + row.onHand, 0);
  expect(onHand).toBe(STOCK * PHONES - acknowledged.size);
});

/** Lets a test wait for so many answers of a kind, without a pause. */
const listener = () => {
  let waiting: { left: number; fits: (status: number) => boolean; done: () => void } | undefined;
  return {
    tell: (status: number): void => {
      if (waiting?.fits(status) && --waiting.left === 0) waiting.done();
    },
    next: (left: number, fits: (status: number) => boolean): Promise<void> =>
      new Promise((done) => {
        waiting = { left, fits, done };
      }),
  };
};
