import {
  extendSchema,
  extractBase,
  isObject,
  type JsonObject,
  joinVariants,
  mapSchema,
  mapSchemas,
  propertiesOf,
  referenceTo,
  type Schemas,
  usedSchemas,
} from './openapi-compaction.ts';
import { describeProperty } from './property-descriptions.ts';
import { VOUCHER_NAMES } from './schema-components.ts';
import { TYPE_DESCRIPTIONS } from './type-descriptions.ts';

export type OpenApiDocument = JsonObject & { readonly components: JsonObject & { readonly schemas: Schemas } };

/** The document with small schemas that share what they have in common, each described. */
export const shapeSchemas = (document: OpenApiDocument): OpenApiDocument => {
  const opened = nameRepeated(joinOutputs(mapSchemas(document, openObject) as OpenApiDocument));
  const shared = shareProperties(opened.components.schemas);
  const rest = { ...opened, components: { ...opened.components, schemas: {} } };
  const used = usedSchemas(rest, shared);
  const schemas = Object.fromEntries(Object.entries(shared).filter(([name]) => used.has(name)));
  return describeDocument({ ...rest, components: { ...rest.components, schemas } });
};

/** A newer Bahi may add fields to replies, so no object is closed. */
const openObject = ({ additionalProperties, ...schema }: JsonObject): JsonObject =>
  isObject(additionalProperties) ? { ...schema, additionalProperties: true } : schema;

/** zod-openapi splits a schema with a default. The input's form describes replies as well. */
const joinOutputs = (document: OpenApiDocument): OpenApiDocument => {
  const inputNameOf = (name: string) => name.replace(/Output$/, '');
  const joined = mapSchemas(document, ({ $ref, ...schema }) =>
    typeof $ref === 'string' ? { ...schema, $ref: inputNameOf($ref) } : schema,
  ) as OpenApiDocument;
  const schemas = Object.entries(joined.components.schemas).filter(
    ([name]) => inputNameOf(name) === name || !(inputNameOf(name) in joined.components.schemas),
  );
  return { ...joined, components: { ...joined.components, schemas: Object.fromEntries(schemas) } };
};

/** A schema that stands somewhere in full, though it is a component, becomes a reference. */
const nameRepeated = (document: OpenApiDocument): OpenApiDocument => {
  const { schemas } = document.components;
  const names = new Map(
    Object.entries(schemas)
      .map(([name, schema]) => [JSON.stringify(schema), name] as const)
      .filter(([text]) => text.length > 60),
  );
  const refer = (schema: JsonObject): JsonObject => {
    const name = names.get(JSON.stringify(schema));
    return name ? referenceTo(name) : schema;
  };
  const { schemas: _all, ...others } = document.components;
  const rest = mapSchemas({ ...document, components: others }, refer) as JsonObject & { components: JsonObject };
  const named = Object.entries(schemas).map(([name, schema]) => {
    const isWhole = (one: JsonObject) => JSON.stringify(one) === JSON.stringify(schema);
    return [name, mapSchema(schema, (one) => (isWhole(one) ? one : refer(one))) as JsonObject] as const;
  });
  return { ...rest, components: { ...rest.components, schemas: Object.fromEntries(named) } };
};

const KIND_NAMES = Object.values(VOUCHER_NAMES);

const shareProperties = (schemas: Schemas): Schemas => {
  let shared = joinKinds(schemas, 'VoucherClaim', '');
  shared = joinKinds(shared, 'LiveVoucher', 'Live');
  const named = (pattern: RegExp) => Object.keys(shared).filter((name) => pattern.test(name));
  shared = extractBase(shared, 'ExceptionAlertHeader', named(/^(?!Stock|Failed)\w+AlertResponse$/));
  shared = extractBase(shared, 'AlertHeader', ['StockAlertResponse', 'FailedAlertResponse', 'ExceptionAlertHeader']);
  shared = extractBase(shared, 'ReportHeader', named(/^(?!Report)\w+Page$/));
  shared = extractBase(shared, 'Takings', named(/^SalesOf(Day|District|Outlet|Seller)$/));
  const { clock, proof, confirmed } = propertiesOf(shared.LiveSale);
  shared = { ...shared, LiveFields: { type: 'object', properties: { clock, proof, confirmed } } };
  for (const name of KIND_NAMES) shared = extendSchema(shared, `Live${name}`, name, 'LiveFields');
  shared = extendSchema(shared, 'LiveCancelledClaim', 'CancelledClaim');
  for (const [member, base] of EXTENSIONS) shared = extendSchema(shared, member, base);
  return shared;
};

const EXTENSIONS = [
  ['CatalogueEntry', 'Item'],
  ['QueuedRequest', 'MaterialRequest'],
  ['RequestWithCode', 'MaterialRequest'],
  ['EnrolledTerminal', 'Terminal'],
  ['CalibratedFestival', 'Festival'],
  ['RecordedVoucher', 'Voucher'],
] as const;

/** A union of claims: by kind, or cancelled. */
const joinKinds = (schemas: Schemas, union: string, prefix: string): Schemas => {
  const cancelled = `${prefix}CancelledClaim`;
  const valid = `${prefix}ValidClaim`;
  const mapping = Object.entries(VOUCHER_NAMES).map(([kind, name]) => [kind, referenceTo(`${prefix}${name}`)] as const);
  return {
    ...joinVariants(
      schemas,
      cancelled,
      KIND_NAMES.map((name) => `${prefix}Cancelled${name}`),
      'kind',
    ),
    [valid]: {
      oneOf: mapping.map(([, reference]) => reference),
      discriminator: {
        propertyName: 'kind',
        mapping: Object.fromEntries(mapping.map(([kind, { $ref }]) => [kind, $ref])),
      },
    },
    [union]: { anyOf: [referenceTo(valid), referenceTo(cancelled)] },
  };
};

const describeDocument = (document: OpenApiDocument): OpenApiDocument => {
  const { schemas } = document.components;
  const described = Object.entries(schemas).map(([name, schema]) => {
    const description = TYPE_DESCRIPTIONS[name];
    return [name, { ...(description && { description }), ...describeProperties(name, schema, schemas) }] as const;
  });
  return {
    ...document,
    paths: describeOperations(document.paths, schemas),
    components: { ...document.components, schemas: Object.fromEntries(described) },
  };
};

/** Schemas of one operation only are named after it: `listHeldReply`, `settleHeldBody`. */
const describeOperations = (node: unknown, schemas: Schemas, name = ''): unknown => {
  if (Array.isArray(node)) return node.map((one) => describeOperations(one, schemas, name));
  if (!isObject(node)) return node;
  const id = typeof node.operationId === 'string' ? node.operationId : name;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === 'example' || key === 'examples') return [key, value];
      if (key === 'schema' && isObject(value)) return [key, describeProperties(id, value, schemas)];
      const part = key === 'requestBody' ? `${id}Body` : key === 'responses' ? `${id}Reply` : id;
      return [key, describeOperations(value, schemas, part)];
    }),
  );
};

/** Types whose own description does not say what a property means. */
const GENERIC = ['Balance', 'Day', 'FreeText', 'Instant', 'Paise', 'VoucherNumber'];

const nameIn = (schema: unknown): string | undefined =>
  isObject(schema) && typeof schema.$ref === 'string' ? schema.$ref.replace(/^.*\//, '') : undefined;

/** Adds descriptions to the properties of one schema and of the objects inside it. */
const describeProperties = (name: string, schema: JsonObject, schemas: Schemas): JsonObject => {
  const describe = (path: string, node: unknown): unknown => {
    if (!isObject(node)) return node;
    const inner = Object.entries(node).map(([key, value]) => {
      if (key === 'properties' && isObject(value))
        return [
          key,
          Object.fromEntries(
            Object.entries(value).map(([property, one]) => [
              property,
              describe(`${path}.${property}`, withDescription(path, property, one)),
            ]),
          ),
        ] as const;
      if (key === 'items') return [key, describe(path, value)] as const;
      if (Array.isArray(value) && ['anyOf', 'oneOf', 'allOf'].includes(key))
        return [key, value.map((one) => describe(path, one))] as const;
      return [key, value] as const;
    });
    return Object.fromEntries(inner);
  };
  const withDescription = (path: string, property: string, one: unknown): unknown => {
    if (!isObject(one) || one.description !== undefined) return one;
    const reference = nameIn(one);
    const item = nameIn(one.items);
    // A constant text says what it is.
    const isNamed =
      typeof one.const === 'string' ||
      (reference !== undefined && !GENERIC.includes(reference)) ||
      (item !== undefined && 'properties' in (schemas[item] ?? {}));
    const description = describeProperty(path, property, isNamed);
    return description ? { ...one, description } : one;
  };
  return describe(name, schema) as JsonObject;
};
