import * as z from 'zod';
import { RECEIVED_AT_HEADER, SENT_AT_HEADER } from '../kernel/device-clock.ts';
import { EXAMPLE_PROBLEM_FACTS } from '../kernel/example-problem-facts.ts';
import { PROBLEMS, Problem, toProblem } from '../kernel/problems.ts';
import type { ErrorCode, Refusal } from '../kernel/refusal.ts';
import { COMMON_ERRORS, HTTP_FUNCTIONS, type Operation } from '../platform/operation-contract.ts';
import { operations } from './contract.ts';

type JsonObject = Record<string, unknown>;

/** This contract as OpenAPI 3.1: every operation with its summary, example and error codes. Nothing in it is written twice. */
export const openApi = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Bahi',
    version: '0.1.0',
    summary: "The stock book of Uttar Pradesh's One District One Product outlets and raw-material depots.",
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  security: [{ token: [] }],
  tags: Object.entries(HTTP_FUNCTIONS).map(([name, description]) => ({ name, description })),
  paths: Object.fromEntries(
    [...Map.groupBy(operations, ({ route }) => route)].map(([route, methods]) => [
      route,
      Object.fromEntries(methods.map((operation) => [operation.method.toLowerCase(), operationObjectOf(operation)])),
    ]),
  ),
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    schemas: { Problem: schemaOf(Problem) },
    headers: {
      ReceivedAt: { description: 'When the request arrived, in ms since 1970.', schema: { type: 'integer' } },
      SentAt: {
        description: 'When the answer left, in ms since 1970. By the two a phone measures its clock.',
        schema: { type: 'integer' },
      },
    },
  },
});

/** Input schemas: what callers write. Replies are parsed by the same ones. */
const schemaOf = (schema: z.ZodType): JsonObject => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
  });
  return rest;
};

const operationObjectOf = (operation: Operation): JsonObject => ({
  operationId: operation.id,
  tags: [operation.function],
  summary: operation.summary,
  ...(operation.access === 'open' && { security: [] }),
  ...parametersOf(operation),
  ...(operation.consumes !== 'nothing' && {
    requestBody: {
      required: true,
      content: { [operation.consumes]: { schema: schemaOf(operation.body), example: operation.example.body } },
    },
  }),
  responses: {
    ...Object.fromEntries(operation.statuses.map((status) => [status, successResponse(operation, status)])),
    ...(operation.cacheSeconds !== undefined && { 304: { description: 'As `If-None-Match` says.', content: {} } }),
    ...failureResponses(operation),
  },
});

const parametersOf = ({ path, query, ifMatch, example }: Operation): JsonObject => {
  const listed = (schema: z.ZodType, where: 'path' | 'query', examples: Readonly<Record<string, string>> = {}) => {
    const { properties = {}, required = [] } = schemaOf(schema) as { properties?: JsonObject; required?: string[] };
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: where,
      required: required.includes(name),
      schema: property,
      ...(name in examples && { example: examples[name] }),
    }));
  };
  const parameters = [
    ...listed(path, 'path', example.path),
    ...listed(query, 'query', example.query),
    ...(ifMatch
      ? [{ name: 'If-Match', in: 'header', required: false, schema: { type: 'string' }, example: '"1"' }]
      : []),
  ];
  return parameters.length > 0 ? { parameters } : {};
};

const successResponse = ({ reply, example, csv }: Operation, status: number): JsonObject => ({
  description: status === 201 ? 'Made now.' : 'As asked; of something to be made, that it was there already.',
  headers: {
    [RECEIVED_AT_HEADER]: { $ref: '#/components/headers/ReceivedAt' },
    [SENT_AT_HEADER]: { $ref: '#/components/headers/SentAt' },
  },
  content: {
    'application/json': { schema: schemaOf(reply), example: example.reply },
    ...(csv && { 'text/csv': { schema: { type: 'string' }, example: csv.example } }),
  },
});

/** One response a status, with an example for each code that has it. */
const failureResponses = ({ access, errors }: Operation): JsonObject => {
  const common = access === 'open' ? (['INVALID_REQUEST', 'INTERNAL'] as const) : COMMON_ERRORS;
  const byStatus = Map.groupBy(new Set<ErrorCode>([...common, ...errors]), (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `${code}: ${PROBLEMS[code].title}.`).join(' '),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
          },
        },
      },
    ]),
  );
};

const FACTS: Partial<Record<ErrorCode, Refusal['facts']>> = EXAMPLE_PROBLEM_FACTS;

const exampleOf = (code: ErrorCode): Problem => {
  const facts = FACTS[code];
  return toProblem({ refused: code, detail: `${PROBLEMS[code].title}.`, ...(facts && { facts }) });
};
