import { toExactJson } from './exact-json.ts';

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
