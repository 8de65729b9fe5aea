import { randomInt } from 'node:crypto';
import { CROCKFORD_ALPHABET, type TerminalCode } from './ids.ts';

/** Cryptographically random, 5 bits a character. */
export const randomCode = (length: number): string =>
  Array.from({ length }, () => CROCKFORD_ALPHABET[randomInt(CROCKFORD_ALPHABET.length)]).join('');

/** An e-invoice number, and so a terminal code, must not begin with 0. */
export const randomTerminalCode = (): TerminalCode => {
  const code = randomCode(5);
  return code.startsWith('0') ? randomTerminalCode() : (code as TerminalCode);
};
