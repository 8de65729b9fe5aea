/** A part of an OpenAPI document. */
export type JsonObject = { [name: string]: unknown };

export type Schemas = Record<string, JsonObject>;

const REFERENCE = '#/components/schemas/';

export const referenceTo = (name: string) => ({ $ref: `${REFERENCE}${name}` });

export const isObject = (node: unknown): node is JsonObject =>
  typeof node === 'object' && node !== null && !Array.isArray(node);

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Keys whose values are schemas, lists of schemas, or schemas by name. */
const SCHEMA_LISTS = ['anyOf', 'oneOf', 'allOf'];

/** A copy of a schema with `change` applied to each schema in it, innermost first. */
export const mapSchema = (schema: unknown, change: (schema: JsonObject) => JsonObject): unknown => {
  if (!isObject(schema)) return schema;
  const inner = Object.entries(schema).map(([key, value]) => {
    if (key === 'properties' && isObject(value))
      return [key, mapValues(value, (one) => mapSchema(one, change))] as const;
    if (key === 'items') return [key, mapSchema(value, change)] as const;
    if (SCHEMA_LISTS.includes(key) && Array.isArray(value))
      return [key, value.map((one) => mapSchema(one, change))] as const;
    return [key, value] as const;
  });
  return change(Object.fromEntries(inner));
};

/** The same for each schema of a document, but not for examples. */
export const mapSchemas = (node: unknown, change: (schema: JsonObject) => JsonObject): unknown => {
  if (Array.isArray(node)) return node.map((one) => mapSchemas(one, change));
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === 'schema') return [key, mapSchema(value, change)];
      if (key === 'schemas' && isObject(value)) return [key, mapValues(value, (one) => mapSchema(one, change))];
      return [key, key === 'example' || key === 'examples' ? value : mapSchemas(value, change)];
    }),
  );
};

const mapValues = (object: JsonObject, change: (value: unknown) => unknown): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));

export const propertiesOf = (schema: JsonObject | undefined): JsonObject =>
  isObject(schema?.properties) ? schema.properties : {};

const requiredOf = (schema: JsonObject | undefined): readonly string[] =>
  Array.isArray(schema?.required) ? schema.required : [];

const objectSchema = (properties: JsonObject, required: readonly string[]): JsonObject => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});

/** The properties that all members have with the same schema. */
const commonProperties = (members: readonly (JsonObject | undefined)[]): JsonObject => {
  const [first, ...others] = members;
  return Object.fromEntries(
    Object.entries(propertiesOf(first)).filter(([name, property]) =>
      others.every(
        (other) =>
          isEqual(propertiesOf(other)[name], property) &&
          requiredOf(other).includes(name) === requiredOf(first).includes(name),
      ),
    ),
  );
};

/** Adds `base` with what `members` have in common; each member keeps the rest, by `allOf`. */
export const extractBase = (schemas: Schemas, base: string, members: readonly string[]): Schemas => {
  const common = commonProperties(members.map((name) => schemas[name]));
  const required = requiredOf(schemas[members[0] ?? '']).filter((name) => name in common);
  const withBase = { ...schemas, [base]: objectSchema(common, required) };
  return members.reduce((all, member) => extendSchema(all, member, base), withBase);
};

/** Writes `member` as `bases` and what it adds. Throws if a base has other properties. */
export const extendSchema = (schemas: Schemas, member: string, ...bases: readonly string[]): Schemas => {
  const whole = schemas[member];
  const parts = bases.map((base) => schemas[base]);
  const inherited = Object.assign({}, ...parts.map(propertiesOf)) as JsonObject;
  const differs = Object.keys(inherited).filter((name) => !isEqual(propertiesOf(whole)[name], inherited[name]));
  if (!whole || differs.length > 0) throw new Error(`${member} does not extend ${bases}: ${differs.join(', ')}`);
  const own = Object.fromEntries(Object.entries(propertiesOf(whole)).filter(([name]) => !(name in inherited)));
  const required = requiredOf(whole).filter((name) => name in own);
  const rest = Object.keys(own).length > 0 ? [objectSchema(own, required)] : [];
  return { ...schemas, [member]: { allOf: [...bases.map(referenceTo), ...rest] } };
};

/** Members that differ only in the constant of `discriminator` become one schema with an enum. */
export const joinVariants = (
  schemas: Schemas,
  joined: string,
  members: readonly string[],
  discriminator: string,
): Schemas => {
  const [first, ...others] = members.map((name) => schemas[name]);
  if (!first) throw new Error(`OpenAPI has none of ${members.join(', ')}`);
  const withoutConstant = (schema: JsonObject | undefined) => ({
    ...schema,
    properties: { ...propertiesOf(schema), [discriminator]: {} },
  });
  if (!others.every((other) => isEqual(withoutConstant(other), withoutConstant(first))))
    throw new Error(`${members.join(', ')} differ in more than ${discriminator}`);
  const values = members.map((name) => {
    const property = propertiesOf(schemas[name])[discriminator];
    return isObject(property) ? property.const : undefined;
  });
  const property = { type: 'string', enum: values };
  const rest = Object.fromEntries(Object.entries(schemas).filter(([name]) => !members.includes(name)));
  return { ...rest, [joined]: { ...first, properties: { ...propertiesOf(first), [discriminator]: property } } };
};

/** Names of the schemas that `node` refers to, directly or through others. */
export const usedSchemas = (node: unknown, schemas: Schemas): ReadonlySet<string> => {
  const used = new Set<string>();
  const visit = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(JSON.stringify(schemas[name] ?? {}));
    }
  };
  visit(JSON.stringify(node));
  return used;
};
