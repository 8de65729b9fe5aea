import * as z from 'zod';
import { KINDS, partsOf, VoucherNumber } from './number.ts';

/** No phone writes so many of a kind in a day of which nobody has seen one: who names a number further on has mistyped it. */
export const MOST_UNSEEN = 500;

/** The last number that a terminal used of each kind, so that it shows what of its tail never came. */
export const LastNumbers = z
  .array(VoucherNumber)
  .max(KINDS.length)
  .refine((last) => new Set(last.map((number) => partsOf(number).kind)).size === last.length, 'each kind once');
export type LastNumbers = z.infer<typeof LastNumbers>;

/** A number that a terminal cannot have used by then: of a kind that it had not used, or after the last of its kind, by day and serial. */
export const isAbove = (number: VoucherNumber, last: LastNumbers): boolean => {
  const ofKind = last.find((one) => partsOf(one).kind === partsOf(number).kind);
  return ofKind === undefined || number > ofKind;
};

/** The highest number that a book has of the terminal, kind and day of each of these; of some it has none. */
export type InBook = ReadonlyMap<VoucherNumber, VoucherNumber>;

/** Such numbers as are looked for in the book before they are believed. */
export const highIn = (last: LastNumbers): VoucherNumber[] =>
  last.filter((number) => Number(partsOf(number).serial) > MOST_UNSEEN);

/** Last numbers that are so far above what the book has that they were mistyped, by their paths. */
export const mistypedIn = (last: LastNumbers, inBook: InBook, path: string) =>
  last.flatMap((number, at) => {
    const known = inBook.get(number);
    const above = Number(partsOf(number).serial) - Number(known ? partsOf(known).serial : 0);
    if (above <= MOST_UNSEEN) return [];
    const has = known
      ? `the last that the book has of that kind and day is ${known}`
      : 'the book has none of that kind and day';
    return [{ path: `${path}.${at}`, problem: `${has}: say the last number that the phone shows` }];
  });

/** Where last numbers are not this terminal's, by their paths. */
export const foreignIn = (terminal: string, last: LastNumbers, path: string) =>
  last.flatMap((number, at) =>
    partsOf(number).terminal === terminal
      ? []
      : [{ path: `${path}.${at}`, problem: `is not a number of terminal ${terminal}` }],
  );
