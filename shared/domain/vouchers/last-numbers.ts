import * as z from 'zod';
import { KINDS, partsOf, VoucherNumber } from './number.ts';

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

/** Where last numbers are not this terminal's, by their paths. */
export const foreignIn = (terminal: string, last: LastNumbers, path: string) =>
  last.flatMap((number, at) =>
    partsOf(number).terminal === terminal
      ? []
      : [{ path: `${path}.${at}`, problem: `is not a number of terminal ${terminal}` }],
  );
