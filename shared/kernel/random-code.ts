import { randomInt } from 'node:crypto';
import { CROCKFORD } from './ids.ts';

/** Letters and digits that nobody misreads, drawn so that nobody guesses them: 5 bits each. */
export const randomCode = (length: number): string =>
  Array.from({ length }, () => CROCKFORD[randomInt(CROCKFORD.length)]).join('');
