import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { tryCanarySale } from '../../functions/canary-sale/try-canary-sale.ts';
import { useBook } from '../kit/book.ts';

const book = useBook();

const canary = async (api: string | undefined) => {
  const counted: string[] = [];
  await tryCanarySale({ api, count: (name) => void counted.push(name) });
  return counted;
};

/** A gateway that answers each method with this status. */
const gateway = async (statuses: Readonly<Record<string, number>>): Promise<string> => {
  const server = createServer(({ method = '' }, response) => void response.writeHead(statuses[method] ?? 404).end());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

it('The canary counts one refused sale where Bahi is healthy, and writes nothing.', async () => {
  const before = await book.admin.listEntries({ path: { kind: 'outlets' } });
  expect(await canary(book.bahi.url)).toEqual(['CanarySalesRefused']);
  expect(await book.admin.listEntries({ path: { kind: 'outlets' } })).toEqual(before);
});

it.each([
  [{ GET: 503, PUT: 401 }, 'GET /health must answer 200, but answered 503.'],
  [{ GET: 200, PUT: 200 }, 'PUT /locations/CANAR-00/vouchers/none must answer 401, but answered 200.'],
  [{ GET: 200, PUT: 500 }, 'PUT /locations/CANAR-00/vouchers/none must answer 401, but answered 500.'],
])('With answers %j the canary fails, and names the probe.', async (statuses, message) => {
  const api = await gateway(statuses);
  await expect(canary(api)).rejects.toThrow(message);
});

it('Without an address the canary says what to set.', async () => {
  await expect(canary(undefined)).rejects.toThrow('set API_URL');
});
