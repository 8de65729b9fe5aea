type RawJsonSupport = { rawJSON(text: string): unknown };
type ReviverContext = { readonly source?: string };

const toRawJson = (value: unknown): unknown =>
  typeof value === 'bigint' ? (JSON as unknown as RawJsonSupport).rawJSON(String(value)) : value;

/** JSON with integers of any length. `each` is a replacer for every value. */
export const toExactJson = (value: unknown, each: (value: unknown) => unknown = (one) => one): string =>
  JSON.stringify(value, (_key, inner: unknown) => toRawJson(each(inner)));

/** Reads an integer beyond 2^53 as a `bigint`. Throws `SyntaxError`. */
export const fromExactJson = (text: string): unknown =>
  JSON.parse(text, ((_key: string, value: unknown, { source = '' }: ReviverContext = {}) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source)
      ? BigInt(source)
      : value) as Parameters<typeof JSON.parse>[1]);
