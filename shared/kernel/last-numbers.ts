import * as z from 'zod';
import { type Refusal, refuse } from './refusal.ts';
import { partsOf, VOUCHER_KIND_CODES, VoucherNumber, voucherNumberOf } from './voucher-number.ts';

/** No terminal writes so many vouchers of a kind in a day. A larger gap is a typing error. */
export const MAX_SERIAL_GAP = 500;

/** A terminal's last number of each kind. It shows missing vouchers at the end of a series. */
export const LastNumbers = z
  .array(VoucherNumber)
  .max(VOUCHER_KIND_CODES.length)
  .refine((last) => new Set(last.map((number) => partsOf(number).kind)).size === last.length, 'each kind once');
export type LastNumbers = z.infer<typeof LastNumbers>;

/** True if the terminal cannot have used the number by then. */
export const isAboveLastNumbers = (number: VoucherNumber, last: readonly VoucherNumber[]): boolean => {
  const ofKind = last.find((one) => partsOf(one).kind === partsOf(number).kind);
  return ofKind === undefined || number > ofKind;
};

/** Highest recorded number of the same terminal, kind and day, if there is one. */
export type HighestRecordedNumbers = ReadonlyMap<VoucherNumber, VoucherNumber>;

/** Declared numbers so high that the ledger is checked first. */
export const numbersToVerify = (last: readonly VoucherNumber[]): VoucherNumber[] =>
  last.filter((number) => Number(partsOf(number).serial) > MAX_SERIAL_GAP);

/**
 * Refuses a live number more than MAX_SERIAL_GAP above the highest recorded one of its terminal,
 * kind and day.
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

export const findMistypedNumbers = (last: LastNumbers, inBook: HighestRecordedNumbers, path: string) =>
  last.flatMap((number, at) => {
    const known = inBook.get(number);
    const above = Number(partsOf(number).serial) - Number(known ? partsOf(known).serial : 0);
    if (above <= MAX_SERIAL_GAP) return [];
    const has = known ? `the last that the book has of that kind and day is ${known}` : NONE_RECORDED;
    return [{ path: `${path}.${at}`, problem: `${has}: say the last number that the phone shows` }];
  });

export const findForeignNumbers = (terminal: string, last: LastNumbers, path: string) =>
  last.flatMap((number, at) =>
    partsOf(number).terminal === terminal
      ? []
      : [{ path: `${path}.${at}`, problem: `is not a number of terminal ${terminal}` }],
  );
