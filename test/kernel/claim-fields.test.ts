import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FreeText } from '../../shared/kernel/claim-fields.ts';
import { Name, PostalAddress } from '../../shared/registry/entries.ts';

const MARKS = ['\u061c', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2069'];

it('A text loses its direction marks, and nothing else.', () => {
  const letters = fc.constantFrom('क', '्', '\u200d', '\u200c', '₹', '8', 'a', ' ', ...MARKS);
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 30 }), (all) => {
      const typed = `x${all.join('')}y`;
      const expected = [...typed].filter((letter) => !MARKS.includes(letter)).join('');
      for (const text of [FreeText, Name, PostalAddress]) expect(text.parse(typed)).toBe(expected);
    }),
  );
});

it('A text of marks alone is empty, and is refused.', () => {
  expect(FreeText.safeParse('\u202e\u202c').error?.issues[0]?.message).toBe('words are needed');
});
