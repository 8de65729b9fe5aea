import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { operations } from '../../shared/api/contract.ts';
import { type Day, Instant } from '../../shared/kernel/time.ts';
import { farDateProblems } from '../../shared/registry/dated-field.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO, DEPOT, openDepot } from '../kit/depot.ts';
import { ask } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let token: string;
beforeAll(async () => {
  token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
});

it('The contract knows the dated parameters.', () => {
  expect(DATED.map(({ operation, name }) => `${operation.id} ${name}`)).toEqual(
    expect.arrayContaining(['getDay day', 'getAllocation day', 'getReport from', 'getReport to', 'getCatalogue since']),
  );
});

describe('A dated parameter outside this century is refused, and the text says what it may be', () => {
  it.each(DATED.map((one) => [`${one.operation.id} ${one.name}`, one] as const))('%s', async (_name, one) => {
    const { operation, name, isDay, at } = one;
    for (const day of ['0000-01-01', '0026-11-22', '1999-12-31', '2100-01-01', '9999-12-31']) {
      const bad = { [name]: isDay ? day : `${day}T05:00:00Z` };
      const path = { ...operation.example.path, ...(at === 'path' && bad) } as Record<string, string>;
      const query = new URLSearchParams({ ...operation.example.query, ...(at === 'query' && bad) });
      const address = operation.route.replace(/\{(\w+)\}/g, (_, part) => path[part] ?? part);
      const reply = await ask(book, `${address}?${query}`, { token, method: operation.method });
      const problem = `a ${isDay ? 'day' : 'time'} is from 2000-01-01 to 2099-12-31`;
      expect(await reply.json(), day).toMatchObject({
        status: 400,
        code: 'INVALID_REQUEST',
        fields: [{ path: name, problem }],
      });
    }
  });
});

describe('A registry date', () => {
  const [id = ''] = kurtas(1);
  const put = async (change: (entry: object) => object) => {
    const path = { kind: 'items', id } as const;
    const { entry, version } = expectOk(await book.admin.getEntry({ path }));
    return book.admin.putEntry({ path, body: change(entry) as never, ifMatch: version });
  };
  const priceFrom = (from: string) => (entry: object) => {
    const { prices } = entry as { prices: object[] };
    return { ...entry, prices: [...prices, { ...prices[0], from }] };
  };

  it.each([
    ['a price of the year 26', priceFrom('0026-11-22'), 'prices.1.from', 'a day is from 2000-01-01 to 2099-12-31'],
    ['a price of 2062', priceFrom('2062-11-22'), 'prices.1.from', 'is at most 2028-11-22'],
    ['an instant of 2062', priceFrom('2062-11-22T06:30:00Z'), 'prices.1.from', 'is at most 2028-11-22'],
    [
      'a status of 2062',
      (entry: object) => ({ ...entry, status: 'discontinued', statusFrom: '2062-01-01' }),
      'statusFrom',
      'is at most 2028-11-22',
    ],
  ])('with %s is refused.', async (_what, change, path, problem) => {
    expect(await put(change)).toMatchObject({ status: 400, problem: { fields: [{ path, problem }] } });
  });

  it('A price from the next financial year is stored.', async () => {
    expectOk(await put(priceFrom('2027-04-01')));
  });

  it('Far dates are found at any depth, and other fields are left alone.', () => {
    const now = Instant.parse('2026-11-22T05:00:00Z');
    const entry = {
      name: '2062-01-01',
      toldTo: [{ from: '2062-01-01' as Day }, { hsnFrom: '2026-01-01' }],
      notifiedOn: '2062-05-05',
      product: { season: { to: '2062-01-01T00:00:00.000Z' } },
    };
    expect(farDateProblems(entry, now).map(({ path }) => path)).toEqual([
      'toldTo.0.from',
      'notifiedOn',
      'product.season.to',
    ]);
  });
});

it.each([
  ['yesterday', '2026-11-21', 400],
  ['today', '2026-11-22', 201],
])('A request needed by %s (%s) is answered %d.', async (_when, neededBy, status) => {
  const depot = await openDepot(book);
  await depot.producer('P0101', 9);
  const answer = await book.admin.submitRequest({
    path: { producer: 'P0101', number: depot.number('Q') },
    body: depot.asking('1 kg', { neededBy }),
  });
  const fields = [{ path: 'neededBy', problem: 'is before today, 2026-11-22' }];
  expect(answer).toMatchObject(status === 201 ? { status } : { status, problem: { code: 'INVALID_REQUEST', fields } });
});

it('A request for 2062 is refused, and an entitlement of a season far ahead.', async () => {
  const depot = await openDepot(book);
  await depot.producer('P0100', 9);
  const ahead = (path: string, problem: string) => ({ status: 400, problem: { fields: [{ path, problem }] } });
  const request = await book.admin.submitRequest({
    path: { producer: 'P0100', number: depot.number('Q') },
    body: depot.asking('1 kg', { neededBy: '2062-12-01' }),
  });
  expect(request).toMatchObject(ahead('neededBy', 'is at most 2027-11-23'));
  const grant = await book.admin.grantEntitlement({
    path: { producer: 'P0100', item: BAMBOO, grant: 'FAR' },
    body: { depot: DEPOT, quantity: '5 kg', why: 'a slip', season: '2062-63' },
  });
  expect(grant).toMatchObject(ahead('season', 'is at most 2027-28'));
});

type Property = { readonly format?: string };

const datedIn = (schema: z.ZodType): [name: string, isDay: boolean][] => {
  const { properties = {} } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
  return Object.entries(properties as Record<string, Property>)
    .filter(([, { format }]) => format === 'date' || format === 'date-time')
    .map(([name, { format }]) => [name, format === 'date']);
};

const DATED = operations.flatMap((operation) => [
  ...datedIn(operation.path).map(([name, isDay]) => ({ operation, name, isDay, at: 'path' as const })),
  ...datedIn(operation.query).map(([name, isDay]) => ({ operation, name, isDay, at: 'query' as const })),
]);
