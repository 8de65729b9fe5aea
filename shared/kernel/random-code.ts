import { randomInt } from 'node:crypto';
import { CROCKFORD_ALPHABET } from './ids.ts';

/** Cryptographically random, 5 bits a character. */
export const randomCode = (length: number): string =>
  Array.from({ length }, () => CROCKFORD_ALPHABET[randomInt(CROCKFORD_ALPHABET.length)]).join('');
