import { expect, it } from 'vitest';
import { textsIn } from '../../shared/kernel/texts.ts';

const TEXTS = { rest: { en: '{1} of {0}', hi: '{0} में से {1}' }, plain: { en: 'Item', hi: 'वस्तु' } };

it('A text has its values in the order of its language; a value stands as it is.', () => {
  expect(textsIn(TEXTS, 'en')('rest', 5, '$&')).toBe('$& of 5');
  expect(textsIn(TEXTS, 'hi')('rest', 5, 2)).toBe('5 में से 2');
  expect([textsIn(TEXTS, 'en')('plain'), textsIn(TEXTS, 'en')('rest', 5)]).toEqual(['Item', ' of 5']);
});
