import { toExactJson } from './exact-json.ts';

/**
 * What was said, as text that does not depend on the order in which a phone wrote its fields. A claim's hash is taken of it and kept for
 * ever: a field that a claim gains later must be optional, and never defaulted, or old claims would no longer equal themselves.
 */
export const toCanonicalJson = (value: unknown): string =>
  toExactJson(value, (inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
