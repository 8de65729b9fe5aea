import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { contract, operations } from '../../shared/api/contract.ts';
import { ERROR_CODES, PROBLEMS } from '../../shared/kernel/problems.ts';
import { toProblem } from '../../shared/kernel/refusal.ts';
import { OfflineVoucher } from '../../shared/ledger/sync-contract.ts';
import { LiveVoucher } from '../../shared/ledger/voucher-contract.ts';
import { cancelledClaim } from '../../shared/ledger/voucher-kind.ts';
import { VOUCHER_KINDS } from '../../shared/ledger/voucher-kinds.ts';
import { writeCsv } from '../../shared/platform/csv.ts';
import { COMMON_ERRORS } from '../../shared/platform/operation-contract.ts';
import { type Book, openBook } from '../kit/book.ts';
import { codesOf, holdToContract } from '../kit/declared.ts';
import { ask } from '../kit/wire.ts';

holdToContract();

let book: Book;
beforeAll(async () => {
  book = await openBook();
});
afterAll(() => book.close());

const read = (schema: z.ZodType, example: unknown) => expect(schema.safeParse(example).error).toBeUndefined();

describe.each(operations)(
  '$id',
  ({ id, route, path, query, body, bodyFor, reply, csv, consumes, statuses, example, ...op }) => {
    it('The operation parses its own example.', () => {
      read(path, example.path);
      read(query, example.query ?? {});
      if (consumes !== 'nothing') read(bodyFor?.(path.parse(example.path)) ?? body, example.body);
      read(reply, example.reply);
      const asked = query.safeParse(example.query ?? {}).data;
      if (csv) expect(writeCsv(csv.table(reply.parse(example.reply), asked))).toBe(csv.example);
    });
    it('The operation describes its path parameters and itself.', () => {
      expect(Object.keys(example.path).toSorted()).toEqual(
        [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted(),
      );
      expect(contract).toHaveProperty(id);
      expect(op.summary).toMatch(/^[A-Z].*[.?]/);
      expect(new Set(statuses).size).toBe(statuses.length);
      expect(consumes === 'nothing').toBe(op.method === 'GET');
    });
    it('The operation declares the errors of its input.', () => {
      const takes = {
        nothing: [],
        'application/json': ['MALFORMED_JSON', 'BODY_TOO_LARGE'],
        'text/csv': ['BODY_TOO_LARGE'],
      };
      const faults = ['MALFORMED_JSON', 'BODY_TOO_LARGE'];
      expect(op.errors.filter((code) => faults.includes(code))).toEqual(takes[consumes]);
      expect(new Set(op.errors).size, 'each code once').toBe(op.errors.length);
      expect(op.errors.filter((code) => COMMON_ERRORS.some((common) => common === code))).toEqual([]);
    });
  },
);

it('Every voucher kind has an example that can be recorded, synced and cancelled.', () => {
  for (const { code: kind, example } of Object.values(VOUCHER_KINDS)) {
    read(LiveVoucher, example);
    read(OfflineVoucher, { number: `7KQ2M${kind}2611220001`, claim: example });
    expect(example.kind).toBe(kind);
    const { occurredAt, by, previous } = example;
    read(cancelledClaim(kind), { kind, occurredAt, by, previous, cancelled: 'torn' });
  }
});

it('Every error code is declared by some operation and has a meaning.', () => {
  const declared = new Set(operations.flatMap(codesOf));
  expect(ERROR_CODES.filter((code) => !declared.has(code))).toEqual([]);
  expect(new Set(Object.values(PROBLEMS).map(({ en }) => en.title)).size).toBe(ERROR_CODES.length);
  for (const code of ERROR_CODES) {
    const { type, status, whatToDo } = toProblem({ refused: code, detail: '' });
    expect(type).toMatch(/^urn:bahi:problem:[a-z-]+$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(whatToDo).toMatch(/\.$/);
  }
});

/** As much of OpenAPI 3.1 as this contract uses. */
const Media = z.strictObject({
  schema: z.looseObject({}),
  example: z.unknown().optional(),
  examples: z.record(z.string(), z.strictObject({ value: z.looseObject({ code: z.string() }) })).optional(),
});
const Described = z.strictObject({
  operationId: z.string(),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(10),
  security: z.array(z.never()).optional(),
  parameters: z
    .array(
      z.strictObject({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean().default(false),
        schema: z.looseObject({ type: z.string().optional() }),
        example: z.string().optional(),
      }),
    )
    .optional(),
  requestBody: z.strictObject({ required: z.literal(true), content: z.record(z.string(), Media) }).optional(),
  responses: z.record(
    z.string().regex(/^[2345]\d\d$/),
    z.strictObject({
      description: z.string().min(5),
      headers: z.record(z.string(), z.strictObject({ $ref: z.string() })).optional(),
      content: z.record(z.string(), Media),
    }),
  ),
});
const OpenApi = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.looseObject({ title: z.string(), version: z.string(), license: z.looseObject({ identifier: z.string() }) }),
  servers: z.array(z.strictObject({ url: z.string() })),
  security: z.tuple([z.strictObject({ token: z.array(z.never()) })]),
  tags: z.array(z.looseObject({ name: z.string() })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'put', 'post']), Described)),
  components: z.strictObject({
    securitySchemes: z.strictObject({ token: z.looseObject({ type: z.literal('http'), scheme: z.literal('bearer') }) }),
    schemas: z.looseObject({ Problem: z.looseObject({ required: z.array(z.string()) }) }),
    examples: z.record(z.string(), z.looseObject({})),
    responses: z.record(z.string(), z.looseObject({})),
    headers: z.record(z.string(), z.looseObject({ description: z.string(), schema: z.looseObject({}) })),
  }),
});

type Components = Record<string, Record<string, unknown>>;

/** The document's responses and examples in place of their references; schemas stay references. */
const resolveReferences = (node: unknown, components: Components): unknown => {
  if (Array.isArray(node)) return node.map((one) => resolveReferences(one, components));
  if (typeof node !== 'object' || node === null) return node;
  const [, kind = '', name = ''] =
    '$ref' in node ? (/^#\/components\/(responses|examples)\/(.*)$/.exec(String(node.$ref)) ?? []) : [];
  if (name) return resolveReferences(components[kind]?.[name], components);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolveReferences(value, components)]));
};

describe('openapi.json', () => {
  let served: z.infer<typeof OpenApi>;
  let text: string;
  beforeAll(async () => {
    text = await (await ask(book, '/openapi.json')).text();
    const document = JSON.parse(text);
    served = OpenApi.parse({ ...document, paths: resolveReferences(document.paths, document.components) });
  });

  it('names its schemas, and is at most 270 KB of JSON.', () => {
    expect(text.length).toBeLessThan(270_000);
    expect(served.components.schemas).toMatchObject({
      Instant: { type: 'string', format: 'date-time' },
      Quantity: { type: 'integer', minimum: 1, maximum: 100_000_000 },
      RequestLine: { properties: { asked: { $ref: '#/components/schemas/Quantity' } } },
    });
    expect(text.match(/"const":0[,}]/g)?.length ?? 0).toBeLessThan(5);
  });

  it('names the option that each value of a discriminator means.', () => {
    const { ExceptionAlert, HeldSettlement, ReportPage } = served.components.schemas;
    expect(HeldSettlement).toMatchObject({
      discriminator: {
        propertyName: 'do',
        mapping: {
          admit: '#/components/schemas/AdmitHeld',
          correct: '#/components/schemas/CorrectHeld',
          reject: '#/components/schemas/RejectHeld',
        },
      },
    });
    expect(ReportPage).toMatchObject({ discriminator: { propertyName: 'report' } });
    expect(ExceptionAlert).toBeUndefined();
  });

  it('It has every operation once, and nothing else.', () => {
    const ids = Object.values(served.paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId));
    expect(ids.toSorted()).toEqual(operations.map(({ id }) => id).toSorted());
    const tags = operations.map((operation) => operation.function);
    expect(served.tags.map(({ name }) => name).toSorted()).toEqual([...new Set(tags)].toSorted());
  });

  it.each(operations)('$id has its input, an example and every error code.', (operation) => {
    const { route, method, example, access, consumes, statuses, ifMatch } = operation;
    const described = served.paths[route]?.[method.toLowerCase() as 'get'];
    if (!described) throw new Error(`${method} ${route} is not described`);
    const { parameters = [], responses, requestBody, security } = described;

    const named = (where: string) => parameters.filter((one) => one.in === where).map(({ name }) => name);
    expect(named('path').toSorted()).toEqual(Object.keys(example.path).toSorted());
    expect(named('query')).toEqual(expect.arrayContaining(Object.keys(example.query ?? {})));
    expect(named('header')).toEqual(ifMatch ? ['If-Match'] : []);
    for (const one of parameters)
      if (one.in === 'path') expect([one.required, one.example]).toEqual([true, example.path[one.name]]);

    expect(requestBody?.content[consumes]?.example).toEqual(example.body);
    for (const status of statuses)
      expect(responses[status]?.content['application/json']?.example).toEqual(example.reply);
    expect(responses['200']?.content['text/csv']?.example).toBe(operation.csv?.example);
    expect(security).toEqual(access === 'open' ? [] : undefined);

    const problems = Object.entries(responses).flatMap(([status, { content }]) =>
      Object.keys(content['application/problem+json']?.examples ?? {}).map((code) => `${status} ${code}`),
    );
    const declared = ERROR_CODES.filter((code) => codesOf(operation).includes(code));
    expect(problems.toSorted()).toEqual(declared.map((code) => `${PROBLEMS[code].status} ${code}`).toSorted());
  });
});
