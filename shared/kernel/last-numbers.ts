import * as z from 'zod';
import { type Refusal, refuse } from './refusal.ts';
import { partsOf, VOUCHER_KIND_CODES, VoucherNumber, voucherNumberOf } from './voucher-number.ts';

/** No phone writes so many of a kind in a day of which nobody has seen one: who names a number further on has mistyped it. */
export const MAX_SERIAL_GAP = 500;

/** The last number that a terminal used of each kind, so that it shows what of its tail never came. */
export const LastNumbers = z
  .array(VoucherNumber)
  .max(VOUCHER_KIND_CODES.length)
  .refine((last) => new Set(last.map((number) => partsOf(number).kind)).size === last.length, 'each kind once');
export type LastNumbers = z.infer<typeof LastNumbers>;

/** A number that a terminal cannot have used by then: of a kind that it had not used, or after the last of its kind, by day and serial. */
export const isAboveLastNumbers = (number: VoucherNumber, last: LastNumbers): boolean => {
  const ofKind = last.find((one) => partsOf(one).kind === partsOf(number).kind);
  return ofKind === undefined || number > ofKind;
};

/** The highest number that a book has of the terminal, kind and day of each of these; of some it has none. */
export type HighestRecordedNumbers = ReadonlyMap<VoucherNumber, VoucherNumber>;

/** Numbers so high that they are looked for in the book before they are believed. */
export const numbersToVerify = (last: readonly VoucherNumber[]): VoucherNumber[] =>
  last.filter((number) => Number(partsOf(number).serial) > MAX_SERIAL_GAP);

/**
 * Live, a number may not leap either: it is at most `MOST_UNSEEN` above the highest that the book has of its terminal, kind and day. What a
 * phone sold without a link, it syncs first. As captured it is recorded as it was, and proves nothing (`missing.ts`).
 */
export const refuseNumberLeap = (
  number: VoucherNumber,
  inBook: HighestRecordedNumbers = new Map(),
): Refusal | undefined => {
  const { serial, ...series } = partsOf(number);
  const highest = inBook.get(number);
  const last = highest ? Number(partsOf(highest).serial) : 0;
  if (Number(serial) - last <= MAX_SERIAL_GAP) return undefined;
  const next = voucherNumberOf({ ...series, serial: String(last + 1).padStart(4, '0') });
  const has = highest ? `the last that the book has of that kind and day is ${highest}` : NONE_RECORDED;
  return refuse('NUMBER_LEAPS', `${number} is more than ${MAX_SERIAL_GAP} ahead: ${has}.`, { next });
};

const NONE_RECORDED = 'the book has none of that kind and day';

/** Last numbers that are so far above what the book has that they were mistyped, by their paths. */
export const findMistypedNumbers = (last: LastNumbers, inBook: HighestRecordedNumbers, path: string) =>
  last.flatMap((number, at) => {
    const known = inBook.get(number);
    const above = Number(partsOf(number).serial) - Number(known ? partsOf(known).serial : 0);
    if (above <= MAX_SERIAL_GAP) return [];
    const has = known ? `the last that the book has of that kind and day is ${known}` : NONE_RECORDED;
    return [{ path: `${path}.${at}`, problem: `${has}: say the last number that the phone shows` }];
  });

/** Where last numbers are not this terminal's, by their paths. */
export const findForeignNumbers = (terminal: string, last: LastNumbers, path: string) =>
  last.flatMap((number, at) =>
    partsOf(number).terminal === terminal
      ? []
      : [{ path: `${path}.${at}`, problem: `is not a number of terminal ${terminal}` }],
  );
