type Raw = { rawJSON(text: string): unknown };
type Source = { readonly source?: string };

/** A `bigint` as the JSON integer that it is. */
const written = (value: unknown): unknown =>
  typeof value === 'bigint' ? (JSON as unknown as Raw).rawJSON(String(value)) : value;

/** JSON with integers of any length. `each` sees every value first, as a replacer of `JSON.stringify` does. */
export const toExactJson = (value: unknown, each: (value: unknown) => unknown = (one) => one): string =>
  JSON.stringify(value, (_key, inner: unknown) => written(each(inner)));

/** Reads it back: an integer that is no exact `number` becomes a `bigint`. Throws `SyntaxError`. */
export const fromExactJson = (text: string): unknown =>
  JSON.parse(text, ((_key: string, value: unknown, { source = '' }: Source = {}) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source)
      ? BigInt(source)
      : value) as Parameters<typeof JSON.parse>[1]);
