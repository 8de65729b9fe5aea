import { beforeAll, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import type { Shop } from '../kit/shop.ts';
import {
  acceptTransferRequest,
  stallWithStock,
  transferRequestsAt,
  writeAcceptance,
} from '../kit/transfer-requests.ts';

checkAnswersAgainstContract();

const book = useBook();
let giver: Shop;
const of = (items: readonly string[], quantity: number) => Object.fromEntries(items.map((item) => [item, quantity]));
beforeAll(async () => {
  giver = await stallWithStock(book, of(kurtas(45), 400));
});

it('A request beyond 40 lines continues once the first lines are in transit.', async () => {
  const short = await stallWithStock(book, of(kurtas(43), 1));
  const [ask] = await transferRequestsAt(giver);
  expect(ask?.dispatch.lines).toHaveLength(40);
  expect(ask?.lines.map(({ item }) => item)).toEqual(kurtas(40));
  const written = writeAcceptance(giver, ask?.dispatch ?? { to: '', lines: [] });
  expect((await acceptTransferRequest(giver, written)).status).toBe(201);
  const [rest] = await transferRequestsAt(giver);
  expect(rest?.dispatch).toMatchObject({
    to: short.location,
    lines: kurtas(43)
      .slice(40)
      .map((item) => ({ item })),
  });
  expect(
    (await acceptTransferRequest(giver, writeAcceptance(giver, rest?.dispatch ?? { to: '', lines: [] }))).status,
  ).toBe(201);
  expect(await transferRequestsAt(giver)).toEqual([]);
});

it('Requests of many stalls come in pages, each stall once.', async () => {
  const stalls: string[] = [];
  for (let at = 0; at < 13; at++) stalls.push((await stallWithStock(book, of(kurtas(6), 1))).location);
  const path = { location: giver.location };
  const first = expectOk(await giver.client.listTransferRequests({ path }));
  expect(first.transferRequests.length).toBeLessThan(13);
  expect(first.cursor).toBeDefined();
  const all = await transferRequestsAt(giver);
  expect(all.map(({ to }) => to)).toEqual(stalls.sort());
  expect(all.flatMap(({ lines }) => lines)).toHaveLength(13 * 6);
});

it('Many stalls without demand cost no more reads than the limit of a page.', { tags: 'long' }, async () => {
  const columns = 'id,name,station,district,sellers';
  const lines = Array.from(
    { length: 240 },
    (_, n) => `Z${'ABC'[n % 3]}K-${10 + Math.floor(n / 3)},A stall,LKO,PBT,LKO1`,
  );
  expectOk(await book.admin.importEntries({ path: { kind: 'outlets' }, body: [columns, ...lines].join('\n') }));
  const { location, client } = await stallWithStock(book, of(kurtas(45), 400), { district: 'PBT' });
  const first = expectOk(await client.listTransferRequests({ path: { location } }));
  expect(first).toMatchObject({ transferRequests: [], cursor: expect.any(String) });
  expect(await transferRequestsAt({ location, client })).toEqual([]);
});
