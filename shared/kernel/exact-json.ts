type RawJsonSupport = { rawJSON(text: string): unknown };
type ReviverContext = { readonly source?: string };

/** A `bigint` as the JSON integer that it is. */
const toRawJson = (value: unknown): unknown =>
  typeof value === 'bigint' ? (JSON as unknown as RawJsonSupport).rawJSON(String(value)) : value;

/** JSON with integers of any length. `each` sees every value first, as a replacer of `JSON.stringify` does. */
export const toExactJson = (value: unknown, each: (value: unknown) => unknown = (one) => one): string =>
  JSON.stringify(value, (_key, inner: unknown) => toRawJson(each(inner)));

/** Reads it back: an integer that is no exact `number` becomes a `bigint`. Throws `SyntaxError`. */
export const fromExactJson = (text: string): unknown =>
  JSON.parse(text, ((_key: string, value: unknown, { source = '' }: ReviverContext = {}) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source)
      ? BigInt(source)
      : value) as Parameters<typeof JSON.parse>[1]);
