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

/**
 * JSON with sorted keys, for the stored hash of a claim. A new claim field must be optional without
 * a default: a default would change the hash of old claims.
 */
export const toCanonicalJson = (value: unknown): string =>
  toExactJson(value, (inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** `undefined`: not JSON. */
export const parseJsonText = (text: string): unknown => {
  try {
    return JSON.parse(text, requireWellFormed);
  } catch {
    return undefined;
  }
};

/** No table accepts a lone surrogate, such as `\ud800`. */
const requireWellFormed = (_key: string, value: unknown): unknown => {
  if (typeof value === 'string' && !value.isWellFormed()) throw new SyntaxError('half a character');
  return value;
};
