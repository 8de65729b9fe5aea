import { beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { operations } from '../../shared/api/contract.ts';
import type { Operation } from '../../shared/platform/operation-contract.ts';
import { useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { ask } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let token: string;
beforeAll(async () => {
  token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
});

const readers = operations.filter(({ method }) => method === 'GET');

it.each(readers.map((operation) => [operation.id, operation] as const))(
  'Whatever the parameters of %s are, the answer is no fault of the server.',
  { tags: 'long' },
  async (_id, operation) => {
    const { path, query = {} } = operation.example;
    const answers = [];
    for (const value of VALUES) {
      for (const name of namesIn(operation.path))
        if (!['', '..'].includes(value))
          answers.push(await send(operation, { ...path, [name]: value }, Object.entries(query)));
      for (const name of namesIn(operation.query)) {
        answers.push(await send(operation, path, Object.entries({ ...query, [name]: value })));
        answers.push(await send(operation, path, [...Object.entries(query), [name, value]]));
      }
      answers.push(
        await send(
          operation,
          path,
          namesIn(operation.query).map((name) => [name, value]),
        ),
      );
    }
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  },
);

const VALUES = [
  '',
  ' ',
  '0',
  '-1',
  '1e9',
  'x',
  'null',
  'true',
  '{}',
  '[]',
  '..',
  '%',
  '\u0000',
  '२०२६-११-२२',
  'क'.repeat(40),
  '2026-02-30',
  '2026-13-01',
  '0000-00-00',
  '2026-11-22',
  '9999-12-31',
  '2026-11-22T05:00:00Z',
  'state',
  '__proto__',
];

type Parameters = Record<string, string>;

const namesIn = (schema: z.ZodType): string[] =>
  Object.keys((z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties as object | undefined) ?? {});

const send = async (
  { method, route, consumes, example }: Operation,
  path: Parameters,
  query: readonly [string, string][],
) => {
  const address = route.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(path[name] ?? ''));
  const search =
    query.length > 0 ? `?${new URLSearchParams(query.map(([name, value]): [string, string] => [name, value]))}` : '';
  const body = consumes === 'application/json' ? JSON.stringify(example.body) : String(example.body ?? '');
  const { status } = await ask(book, `${address}${search}`, {
    method,
    token,
    ...(consumes !== 'nothing' && { body, headers: { 'content-type': consumes } }),
  });
  return { address: `${method} ${address}${search}`, status };
};
