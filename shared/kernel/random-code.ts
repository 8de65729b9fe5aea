import { randomInt } from 'node:crypto';
import { CROCKFORD_ALPHABET } from './ids.ts';

/** Letters and digits that nobody misreads, drawn so that nobody guesses them: 5 bits each. */
export const randomCode = (length: number): string =>
  Array.from({ length }, () => CROCKFORD_ALPHABET[randomInt(CROCKFORD_ALPHABET.length)]).join('');
