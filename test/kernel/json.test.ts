import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromExactJson, parseJsonText, toCanonicalJson, toExactJson } from '../../shared/kernel/json.ts';

const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'grapheme' }),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 2n ** 53n, max: 10n ** 37n }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('1', '10', '2', '__proto__', 'constructor')), tie('json')),
  ),
}));

describe('JSON', () => {
  it('keeps integers of any length.', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(fromExactJson(toExactJson(value))).toEqual(value);
      }),
    );
  });

  it('in canonical form has sorted names, at any depth, and is the same for any order of members.', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([name, one]) => [name, reversed(one)]),
      );
    };
    fc.assert(
      fc.property(json, (value) => {
        expect(toCanonicalJson(reversed(value))).toBe(toCanonicalJson(value));
        expect(fromExactJson(toCanonicalJson(value))).toEqual(value);
      }),
    );
    expect(toCanonicalJson({ b: [{ d: 1n, c: undefined }], a: null, B: 'भ' })).toBe('{"B":"भ","a":null,"b":[{"d":1}]}');
  });

  it.each(['{"a":"\\ud800"}', '{"a":"\\uDFFFx"}', '["\\udC00\\ud800"]', '{"a":"\ud800"}', '{', ''])(
    '%j is refused.',
    (text) => {
      expect(parseJsonText(text)).toBeUndefined();
    },
  );

  it('takes whole characters of any plane, escaped or not.', () => {
    expect(parseJsonText('["\\ud83d\\ude4f","🙏","\\\\ud800"]')).toEqual(['🙏', '🙏', '\\ud800']);
  });
});
