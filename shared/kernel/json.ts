type RawJsonSupport = { rawJSON(text: string): unknown };
type ReviverContext = { readonly source?: string };

const toRawJson = (value: unknown): unknown =>
  typeof value === 'bigint' ? (JSON as unknown as RawJsonSupport).rawJSON(String(value)) : value;

/** JSON with integers of any length. */
export const toExactJson = (value: unknown): string => {
  try {
    return JSON.stringify(value);
  } catch {
    // A replacer takes three times as long, and few values hold a bigint.
    return JSON.stringify(value, (_key, inner: unknown) => toRawJson(inner));
  }
};

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
export const toCanonicalJson = (value: unknown): string => toExactJson(withSortedKeys(value));

const withSortedKeys = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withSortedKeys);
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, withSortedKeys(value[name as keyof typeof value])]));
};

/** `undefined`: not JSON. */
export const parseJsonText = (text: string): unknown => {
  try {
    return SURROGATE.test(text) ? JSON.parse(text, requireWellFormed) : JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Decoded UTF-8 holds half a character only as an escape. */
const SURROGATE = /\\u[dD][89a-fA-F]|[\uD800-\uDFFF]/u;

/** No table accepts a lone surrogate, such as `\ud800`. */
const requireWellFormed = (_key: string, value: unknown): unknown => {
  if (typeof value === 'string' && !value.isWellFormed()) throw new SyntaxError('half a character');
  return value;
};
