import fc from 'fast-check';
import type { seededRandom } from '../random.ts';

/** The part of JSON Schema that the OpenAPI document uses. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
};

export type Chance = ReturnType<typeof seededRandom>;

/** Names and values that break parsers, prototypes, keys and encodings. */
export const HOSTILE: readonly unknown[] = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  'toString',
  '../..',
  '%2e%2e%2f',
  '#',
  '~',
  'LKO#01',
  "' OR 1=1 --",
  '{"$ne":null}',
  '<script>alert(1)</script>',
  '=HYPERLINK("http://example.in")',
  '\u202eabc',
  'क'.repeat(300),
  'x'.repeat(5_000),
  'NaN',
  '1e400',
  '०१२',
  0,
  -0,
  -1,
  0.1,
  1e21,
  2 ** 53,
  -(2 ** 53),
  1e308,
  true,
  null,
  [],
  {},
  [[[[[]]]]],
  { S: 'x' },
  { __proto__x: 1, constructor: { prototype: { role: 'admin' } } },
  JSON.parse('{"__proto__":{"role":"admin"},"kind":"S"}'),
];

/** Values of patterns with \p{…} or a look-ahead, which fast-check does not generate. */
const WORDS = ['kg', 'bundle', '2.5 kg', '१२ kg', '1 piece', 'किलो'];

const matching = (pattern: string, chance: Chance): string => {
  try {
    return fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { seed: chance.below(1e9), numRuns: 1 })[0] ?? '';
  } catch {
    return chance.pick(WORDS);
  }
};

type Values = {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly chance: Chance;
  /** Values that exist, by the name of their property or parameter. */
  readonly known: Readonly<Record<string, readonly unknown[]>>;
  /** The share of hostile values, from 0 to 1. */
  readonly hostility: number;
};

const MAX_DEPTH = 8;

/** A value of the schema, except where it is hostile or known. */
export const generated = (schema: Schema, name: string, values: Values, depth = 0): unknown => {
  const { chance, known, hostility, schemas } = values;
  if (chance.isChosen(hostility)) return chance.pick(HOSTILE);
  const found = known[name];
  if (found && chance.isChosen(0.85)) return chance.pick(found);
  const next = (one: Schema, of = name) => generated(one, of, values, depth + 1);
  if (schema.$ref) return next(schemas[schema.$ref.replace(/^.*\//, '')] ?? {});
  if ('const' in schema) return schema.const;
  if (schema.enum) return chance.pick(schema.enum);
  const parts = [...(schema.allOf ?? []), ...optionOf(schema, chance)];
  if (parts.length > 0) return merge([...parts.map((one) => next(one)), ...ownProperties(schema, next, chance, depth)]);
  return plainValue(schema, next, chance, depth);
};

type Next = (schema: Schema, name?: string) => unknown;

const optionOf = ({ anyOf, oneOf }: Schema, chance: Chance): Schema[] => {
  const options = anyOf ?? oneOf;
  return options ? [chance.pick(options)] : [];
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of all, or the only value that is no object. */
const merge = (values: readonly unknown[]): unknown =>
  values.every(isObject) ? Object.assign({}, ...values) : values.find((value) => !isObject(value));

const ownProperties = (schema: Schema, next: Next, chance: Chance, depth: number): object[] =>
  schema.properties ? [objectOf(schema, next, chance, depth)] : [];

const objectOf = ({ properties = {}, required = [] }: Schema, next: Next, chance: Chance, depth: number) =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name) || (depth < MAX_DEPTH && chance.isChosen(0.3)))
      .map(([name, schema]) => [name, next(schema, name)]),
  );

const plainValue = (schema: Schema, next: Next, chance: Chance, depth: number): unknown => {
  const { type, minItems = 0, maxItems = 3, minimum = 0, maximum = 1_000_000 } = schema;
  switch (typeof type === 'object' ? chance.pick(type) : type) {
    case 'object':
      return objectOf(schema, next, chance, depth);
    case 'array': {
      const count = chance.between(minItems, depth < MAX_DEPTH ? Math.min(maxItems, minItems + 2) : minItems);
      return Array.from({ length: count }, () => next(schema.items ?? {}));
    }
    case 'integer':
      return chance.pick([minimum, maximum, chance.between(minimum, Math.min(maximum, minimum + 100))]);
    case 'number':
      return minimum + chance.next() * (maximum - minimum);
    case 'boolean':
      return chance.isChosen(0.5);
    case 'null':
      return null;
    default:
      return textOf(schema, chance);
  }
};

const textOf = ({ format, pattern, minLength = 1, maxLength = 80 }: Schema, chance: Chance): string => {
  if (format === 'date') return chance.pick(['2026-11-22', '2026-11-21', '2024-02-29', '2026-12-31']);
  if (format === 'date-time')
    return chance.pick(['2026-11-22T04:00:00Z', '2026-11-21T23:59:59.999Z', '2000-01-01T00:00:00Z']);
  if (format === 'email') return 'asha@example.in';
  if (pattern) return matching(pattern, chance);
  return chance.pick(['कुर्ता', 'Asha', 'a b', 'x'.repeat(maxLength)]).padEnd(minLength, 'x');
};

/** The value with one fault somewhere: a member removed, added, doubled, wrapped or hostile. */
export const withFault = (value: unknown, chance: Chance): unknown => {
  const inside = isObject(value) ? Object.keys(value) : Array.isArray(value) ? [...value.keys()] : [];
  if (inside.length > 0 && chance.isChosen(0.75)) {
    const key = chance.pick<string | number>(inside);
    if (Array.isArray(value)) return value.map((one, at) => (at === key ? withFault(one, chance) : one));
    return { ...(value as object), [key]: withFault((value as Record<string, unknown>)[key], chance) };
  }
  if (isObject(value) && inside.length > 0 && chance.isChosen(0.4)) {
    const left = { ...value };
    delete left[String(chance.pick<string | number>(inside))];
    return left;
  }
  if (isObject(value))
    return { ...value, [chance.pick(['unknown', 'constructor', 'kind', 'role', 'version'])]: chance.pick(HOSTILE) };
  if (Array.isArray(value)) return chance.pick([[...value, ...value], [], value[0], Array(200).fill(value[0] ?? 1)]);
  return chance.pick([[value], { value }, String(value), ...HOSTILE]);
};
