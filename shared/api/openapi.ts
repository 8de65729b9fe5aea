import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiExampleObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverride,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { RECEIVED_AT_HEADER, SENT_AT_HEADER } from '../kernel/device-clock.ts';
import { type ErrorCode, PROBLEMS } from '../kernel/problems.ts';
import { Problem, toProblem } from '../kernel/refusal.ts';
import { COMMON_ERRORS, HTTP_FUNCTIONS, type Operation } from '../platform/operation-contract.ts';
import { operations } from './contract.ts';
import { SCHEMA_COMPONENTS } from './schema-components.ts';

/** OpenAPI 3.1. The stacks and the local server call this; no function bundles it. */
export const openApi = () => withComponentIds(createOpenApi);

/** zod-openapi reads ids from zod's global registry. Other JSON schemas must not get them. */
const withComponentIds = <Document>(create: () => Document): Document => {
  const components = Object.entries<z.ZodType>(SCHEMA_COMPONENTS);
  const before = components.map(([, schema]) => z.globalRegistry.get(schema));
  for (const [id, schema] of components) z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id });
  try {
    return create();
  } finally {
    for (const [at, [, schema]] of components.entries()) {
      const meta = before[at];
      z.globalRegistry.remove(schema);
      if (meta) z.globalRegistry.add(schema, meta);
    }
  }
};

const createOpenApi = () => {
  const examples = new Map<ErrorCode, ZodOpenApiExampleObject>();
  const responses = new Map<string, ZodOpenApiResponseObject>();
  const exampleOf = (code: ErrorCode) => once(examples, code, () => ({ id: code, value: exampleProblem(code) }));

  /** One response per status. Up to three codes name a shared response. */
  const failureResponse = (codes: readonly ErrorCode[]) =>
    once(responses, codes.join(), () => ({
      ...(codes.length <= 3 && { id: codes.map(pascalCase).join('Or') }),
      description: codes.map((code) => `${code}: ${PROBLEMS[code].en.title}.`).join(' '),
      content: {
        'application/problem+json': {
          schema: Problem,
          examples: Object.fromEntries(codes.map((code) => [code, exampleOf(code)])),
        },
      },
    }));

  const operationObject = (operation: Operation): ZodOpenApiOperationObject => ({
    operationId: operation.id,
    tags: [operation.function],
    summary: operation.summary,
    ...(operation.access === 'open' && { security: [] }),
    ...parametersOf(operation),
    ...(operation.consumes !== 'nothing' && {
      requestBody: {
        required: true,
        content: { [operation.consumes]: { schema: operation.body, example: operation.example.body } },
      },
    }),
    responses: {
      ...successResponses(operation),
      ...(operation.cacheSeconds !== undefined && {
        304: { description: 'The reply still has the tag in `If-None-Match`.', content: {} },
      }),
      ...Object.fromEntries(
        [...errorsByStatus(operation)].map(([status, codes]) => [status, failureResponse(codes)] as const),
      ),
    },
  });

  const document = createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Bahi',
        version: '0.1.0',
        summary: "The stock ledger of Uttar Pradesh's One District One Product outlets and raw-material depots.",
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      security: [{ token: [] }],
      tags: Object.entries(HTTP_FUNCTIONS).map(([name, description]) => ({ name, description })),
      paths: Object.fromEntries(
        [...Map.groupBy(operations, ({ route }) => route)].map(([route, methods]) => [
          route,
          Object.fromEntries(methods.map((operation) => [operation.method.toLowerCase(), operationObject(operation)])),
        ]),
      ),
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
        headers: {
          ReceivedAt: { description: 'Arrival of the request, in ms since 1970.', schema: { type: 'integer' } },
          SentAt: {
            description: 'Departure of the response, in ms since 1970. A phone measures its clock by both headers.',
            schema: { type: 'integer' },
          },
        },
      },
    },
    { override: representSchema, allowEmptySchema: { custom: true } },
  );
  return addParameterExamples(document);
};

const once = <Key, Value>(made: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const value = made.get(key) ?? make();
  made.set(key, value);
  return value;
};

const pascalCase = (code: string): string => code.toLowerCase().split('_').map(capitalize).join('');

const capitalize = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/**
 * zod-openapi lacks output schemas of transforms, writes "0 or at least 1" as a union, and bounds
 * integers by 2^53.
 */
const representSchema: ZodOpenApiOverride = ({ zodSchema, jsonSchema }) => {
  const { def } = zodSchema._zod;
  // Bahi's transforms normalise text, so the output has the input's format.
  if (def.type === 'pipe' && def.out._zod.def.type === 'transform') replaceSchema(jsonSchema, inlineSchema(def.in));
  if (def.type === 'union' && def.options.length === 2 && def.options.some(isZero)) {
    const positive = inlineSchema(def.options.find((option) => !isZero(option)));
    if (positive.type === 'integer' && positive.minimum === 1) replaceSchema(jsonSchema, { ...positive, minimum: 0 });
  }
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
};

/** An empty registry removes ids, so nothing becomes a reference. */
const inlineSchema = (schema: z.core.$ZodType | undefined): JsonSchema => {
  if (!schema) return {};
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', metadata: z.registry() });
  return rest;
};

type JsonSchema = z.core.JSONSchema.BaseSchema;

const replaceSchema = (old: JsonSchema, schema: JsonSchema): void => {
  for (const key of Object.keys(old)) delete old[key];
  Object.assign(old, schema);
};

const isZero = ({ _zod: { def } }: z.core.$ZodType): boolean =>
  'values' in def && Array.isArray(def.values) && def.values.length === 1 && def.values[0] === 0;

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  example: '"1"',
} as const;

const parametersOf = ({ path, query, ifMatch }: Operation) => ({
  requestParams: { path: path as z.ZodObject, query: query as z.ZodObject },
  ...(ifMatch && { parameters: [IF_MATCH] }),
});

/** zod-openapi has no parameter examples. */
const addParameterExamples = (document: OpenApiDocument): OpenApiDocument => {
  for (const { route, method, example } of operations) {
    const { parameters = [] } = document.paths?.[route]?.[method.toLowerCase() as 'get'] ?? {};
    const examples = { ...example.path, ...example.query };
    for (const parameter of parameters)
      if ('name' in parameter && parameter.name in examples) parameter.example = examples[parameter.name];
  }
  return document;
};

type OpenApiDocument = ReturnType<typeof createDocument>;

const successResponses = ({ id, reply, example, csv, html, statuses }: Operation) => {
  const creates = statuses.includes(201);
  const response: ZodOpenApiResponseObject = {
    ...(creates && { id: capitalize(id) }),
    description: creates ? '201: this request recorded it. 200: an earlier request did.' : 'The reply.',
    headers: {
      [RECEIVED_AT_HEADER]: { $ref: '#/components/headers/ReceivedAt' },
      [SENT_AT_HEADER]: { $ref: '#/components/headers/SentAt' },
    },
    content: {
      'application/json': { schema: reply, example: example.reply },
      ...(html && { 'text/html': { schema: { type: 'string' }, example: html.example } }),
      ...(csv && { 'text/csv': { schema: { type: 'string' }, example: csv.example } }),
    },
  };
  return Object.fromEntries(statuses.map((status) => [status, response]));
};

const errorsByStatus = ({ access, errors }: Operation): Map<number, ErrorCode[]> => {
  const common = access === 'open' ? (['INVALID_REQUEST', 'INTERNAL'] as const) : COMMON_ERRORS;
  return Map.groupBy(new Set<ErrorCode>([...common, ...errors]), (code) => PROBLEMS[code].status);
};

const exampleProblem = (code: ErrorCode): Problem => {
  const row = PROBLEMS[code];
  const facts = 'example' in row ? { facts: row.example } : {};
  return toProblem({ refused: code, detail: `${row.en.title}.`, ...facts });
};
