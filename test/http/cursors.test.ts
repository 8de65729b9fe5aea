import { beforeAll, expect, inject, it } from 'vitest';
import { operations } from '../../shared/api/contract.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { smallPagesClient } from '../kit/interceptor.ts';
import { cursorAfter } from '../kit/page-walk.ts';
import { ask } from '../kit/wire.ts';

checkAnswersAgainstContract();

const small = smallPagesClient(inject('endpoint'));
const book = useBook({ client: small.client });
let token: string;
beforeAll(async () => {
  token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
});

const PAGED = operations.filter(({ query }) => 'cursor' in (query as unknown as { shape: object }).shape);

it('The contract knows the paged lists.', () => {
  expect(PAGED.length).toBeGreaterThan(14);
});

it.each(PAGED.map((list) => [list.id, list] as const))('No other list takes a cursor of %s.', async (_id, list) => {
  for (const position of POSITIONS) {
    const cursor = cursorAfter(list.id, askedOf(list), position);
    expect(cursor.length).toBeLessThan(100);
    for (const other of PAGED.filter(({ id }) => id !== list.id))
      expect(await read(other, cursor)).toMatchObject(FOREIGN);
  }
});

it('A list takes its own cursor, and none of the same list for another place.', async () => {
  const at = (location: string) => cursorAfter('getLocationStock', { path: { location } }, ['LKO-KURTA-01']);
  const client = book.admin;
  expectOk(await client.getLocationStock({ path: { location: 'LKO-01' }, query: { cursor: at('LKO-01') } }));
  expect(
    await client.getLocationStock({ path: { location: 'LKO-01' }, query: { cursor: at('LKO-02') } }),
  ).toMatchObject(FOREIGN);
});

it('The cursor of a real page continues its own query only, and may change the format.', async () => {
  await small.withRows(2, async () => {
    const path = { kind: 'items' } as const;
    const first = expectOk(await book.admin.listEntries({ path }));
    const cursor = first.cursor ?? expect.fail('one page');
    const second = expectOk(await book.admin.listEntries({ path, query: { cursor } }));
    expect(second.entries[0]?.id).not.toBe(first.entries[0]?.id);
    expectOk(await book.admin.listEntries({ path, query: { cursor, format: 'json' } }));
    for (const other of [
      await book.admin.listEntries({ path: { kind: 'outlets' }, query: { cursor } }),
      await book.admin.listEntries({ path: { kind: 'districts' }, query: { cursor } }),
      await book.admin.getItemStock({ path: { item: 'LKO-KURTA-01' }, query: { cursor } }),
    ])
      expect(other).toMatchObject(FOREIGN);
    const parts = [cursor.slice(1), cursor.toLowerCase(), cursor.slice(0, 6), cursor.slice(0, 5)];
    for (const broken of parts.filter((one) => one !== cursor))
      expect(await book.admin.listEntries({ path, query: { cursor: broken } })).toMatchObject({ status: 400 });
  });
});

type Paged = (typeof PAGED)[number];

const askedOf = ({ example: { path, query = {} } }: Paged) => ({ path, query });

const read = async ({ route, example: { path, query } }: Paged, cursor: string) => {
  const address = route.replace(/\{(\w+)\}/g, (_, name) => path[name] ?? name);
  const reply = await ask(book, `${address}?${new URLSearchParams({ ...query, cursor })}`, { token });
  return { status: reply.status, problem: (await reply.json()) as { code?: string; fields?: object[] } };
};

const FOREIGN = {
  status: 400,
  problem: { code: 'INVALID_REQUEST', fields: [{ path: 'cursor', problem: 'is not a cursor of this list' }] },
};

const POSITIONS = [
  ['LKO-KURTA-01'],
  ['2026-11-22', 'LKO-01', '7KQ2MS2611220001'],
  ['0'],
  ['items', 'LKO-01', 'x', 'y'],
];
