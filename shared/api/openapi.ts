import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverride,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { RECEIVED_AT_HEADER, SENT_AT_HEADER } from '../kernel/device-clock.ts';
import { HTTP_FUNCTIONS, type Operation } from '../platform/operation-contract.ts';
import { operations } from './contract.ts';
import { isObject, type JsonObject } from './openapi-compaction.ts';
import { addExamples } from './openapi-examples.ts';
import { shareParameters } from './openapi-parameters.ts';
import { errorResponsesOf, GATEWAY_MESSAGE, problemResponses } from './openapi-responses.ts';
import { type OpenApiDocument, shapeSchemas } from './openapi-schemas.ts';
import { SCHEMA_COMPONENTS } from './schema-components.ts';

/** OpenAPI 3.1. The stacks and the local server call this; no function bundles it. */
export const openApi = (): OpenApiDocument & { readonly openapi: string } => {
  const document = JSON.parse(JSON.stringify(withComponentIds(createOpenApi))) as JsonObject;
  const complete = addExamples(shareParameters(addProblems(document)));
  return { openapi: '3.1.0', ...shapeSchemas(complete) };
};

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

const DESCRIPTION = `Every operation needs a token of the user pool as Bearer, unless it is open.

- **Money** is whole paise: 85000 is ₹850.00. **Tax rates** are basis points: 500 is 5 %.
- **Quantities** are whole base units of the item: piece, gram, millilitre or millimetre. Input may name a unit: \`"2.5 kg"\`.
- **Days** are IST; moments are UTC.
- **Voucher numbers** are terminal, kind, IST day and serial: 7KQ2M S 261122 0007. Kinds: S sale, V reversal, R receipt, D dispatch, A adjustment, I issue, C count, K shift close, H hand-over, Q material request. The same number with the same claim gives the stored voucher; with another claim it is a conflict.
- **Unknown fields** of a request are refused. Replies may gain fields.
- **Problems** are RFC 9457: \`code\` is stable, \`whatToDo\` is the next step. \`Accept-Language: hi\` gives their words in Hindi.
- Each response has \`${RECEIVED_AT_HEADER}\` and \`${SENT_AT_HEADER}\`: when the request came and the reply left, in milliseconds since 1970. A phone measures its clock by them.`;

const createOpenApi = () =>
  createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Bahi',
        version: '0.1.0',
        summary: "The stock ledger of Uttar Pradesh's One District One Product outlets and raw-material depots.",
        description: DESCRIPTION,
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
      },
    },
    { override: representSchema, allowEmptySchema: { custom: true } },
  );

const operationObject = (operation: Operation): ZodOpenApiOperationObject => ({
  operationId: operation.id,
  tags: [operation.function],
  ...wordsOf(operation),
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
  },
});

/** The first sentence is the summary. */
const wordsOf = ({ summary, access }: Operation) => {
  const [, first = '', rest = ''] = /^(.{10,}?)[.?:](?: (.*)|$)/s.exec(summary) ?? ['', summary];
  const roles = access === 'open' ? 'Open to all.' : `Roles: ${access.roles.join(', ')}.`;
  return { summary: first, description: [rest && capitalize(rest), roles].filter(Boolean).join(' ') };
};

const capitalize = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/**
 * zod-openapi lacks output schemas of transforms, writes "0 or at least 1" as a union, and bounds
 * integers by 2^53.
 */
const representSchema: ZodOpenApiOverride = ({ zodSchema, jsonSchema }) => {
  const { def } = zodSchema._zod;
  // Bahi's transforms normalise text, so the output has the input's format.
  if (def.type === 'pipe' && def.out._zod.def.type === 'transform') replaceSchema(jsonSchema, inlineSchema(def.in));
  // The narrowest format of text comes first: a depot is also a location.
  if (def.type === 'pipe' && def.in instanceof z.ZodPipe && def.out instanceof z.ZodString)
    replaceSchema(jsonSchema, inlineSchema(def.in.out));
  if (def.type === 'union') {
    const numbers = def.options.flatMap(numbersOf);
    if (numbers.length === def.options.length)
      replaceSchema(jsonSchema, { type: 'number', minimum: Math.min(...numbers), maximum: Math.max(...numbers) });
    const other = def.options.find((option) => numbersOf(option)[0] !== 0);
    if (def.options.length === 2 && numbers[0] === 0 && numbers.length === 1)
      replaceSchema(jsonSchema, withZero(inlineSchema(other)));
  }
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  // `format` excludes impossible dates; zod's expression for it has 300 characters.
  if (jsonSchema.format === 'date' || jsonSchema.format === 'email') delete jsonSchema.pattern;
  if (jsonSchema.format === 'date-time') jsonSchema.pattern = 'Z$';
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

/** The number of a literal, as a list. */
const numbersOf = ({ _zod: { def } }: z.core.$ZodType): number[] =>
  'values' in def && Array.isArray(def.values) && def.values.length === 1 && typeof def.values[0] === 'number'
    ? def.values
    : [];

const withZero = (schema: JsonSchema): JsonSchema =>
  schema.anyOf
    ? { ...schema, anyOf: schema.anyOf.map(withZero) }
    : schema.minimum === 1
      ? { ...schema, minimum: 0 }
      : schema;

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

const successResponses = ({ id, reply, example, csv, html, pdf, binary, statuses }: Operation) => {
  const creates = statuses.length > 1;
  const response: ZodOpenApiResponseObject = {
    ...(creates && { id: capitalize(id) }),
    description: creates ? '201: recorded now. 200: recorded before.' : 'Success.',
    content: {
      ...(binary
        ? { [binary]: { schema: { type: 'string', contentMediaType: binary } as const } }
        : { 'application/json': { schema: reply, example: example.reply } }),
      ...(html && { 'text/html': { schema: { type: 'string' }, example: html.example } }),
      ...(csv && { 'text/csv': { schema: { type: 'string' }, example: csv.example } }),
    },
  };
  return {
    ...Object.fromEntries(statuses.map((status) => [status, response])),
    ...(pdf && {
      303: { description: `With \`Accept: application/pdf\`: the PDF is at the same path with ${pdf.suffix}.` },
    }),
  };
};

/** As plain JSON: zod-openapi has no references with descriptions. */
const addProblems = (document: JsonObject): OpenApiDocument => {
  const paths = structuredClone(document.paths) as Record<string, Record<string, JsonObject>>;
  for (const operation of operations) {
    const described = paths[operation.route]?.[operation.method.toLowerCase()];
    if (described) Object.assign(described.responses as JsonObject, errorResponsesOf(operation));
  }
  const components = isObject(document.components) ? document.components : {};
  return {
    ...document,
    paths,
    components: {
      ...components,
      schemas: { ...(components.schemas as OpenApiDocument['components']['schemas']), GatewayMessage: GATEWAY_MESSAGE },
      responses: { ...(components.responses as JsonObject), ...problemResponses() },
    },
  };
};
