import * as z from 'zod';
import type { TerminalCode } from './ids.ts';
import { Day, type Instant, instantOf, millisecondsOf } from './time.ts';

export const VOUCHER_KIND_CODES = ['S', 'V', 'R', 'D', 'A', 'I', 'C', 'H', 'K', 'Q'] as const;
export const VoucherKindCode = z.enum(VOUCHER_KIND_CODES);
export type VoucherKindCode = z.infer<typeof VoucherKindCode>;

export type VoucherNumberParts = {
  readonly terminal: TerminalCode;
  readonly kind: VoucherKindCode;
  readonly day: Day;
  readonly serial: string;
};

const NUMBER_PATTERN = new RegExp(
  `^([0-9A-HJKMNP-TV-Z]{5})([${VOUCHER_KIND_CODES.join('')}])(\\d{2})(\\d{2})(\\d{2})(\\d{4})$`,
);

/** As people write it: with spaces, in lower case. */
export const normalizeNumber = (text: string): string => text.replace(/\s/g, '').toUpperCase();

/**
 * Terminal, kind, IST day and serial: `7KQ2MS2611220007`. It is the GST document number (rule 46),
 * the idempotency key and the table key. Accepts spaces and lower case.
 */
export const VoucherNumber = z
  .string()
  .transform(normalizeNumber)
  .refine((text) => NUMBER_PATTERN.test(text), {
    error: `a number is terminal (5), kind (${VOUCHER_KIND_CODES.join(', ')}), day (yymmdd) and serial (4), such as 7KQ2MS2611220007`,
    abort: true,
  })
  .refine((text) => !text.endsWith('0000'), 'serials start at 0001')
  .refine((text) => Day.safeParse(dayIn(text)).success, 'there is no such day')
  .brand('VoucherNumber');
export type VoucherNumber = z.infer<typeof VoucherNumber>;

const dayIn = (number: string): string => `20${number.slice(6, 8)}-${number.slice(8, 10)}-${number.slice(10, 12)}`;

export const partsOf = (number: VoucherNumber): VoucherNumberParts => ({
  terminal: number.slice(0, 5) as TerminalCode,
  kind: number[5] as VoucherKindCode,
  day: dayIn(number) as Day,
  serial: number.slice(12),
});

/** The reversal of a reversal undoes a return. */
export const isReversalNumber = (of: VoucherNumber): boolean => partsOf(of).kind === 'V';

export const voucherNumberOf = ({ terminal, kind, day, serial }: VoucherNumberParts): VoucherNumber =>
  `${terminal}${kind}${day.slice(2).replaceAll('-', '')}${serial}` as VoucherNumber;

/** Total order of vouchers: time, then number. Sorts as text. */
export const VoucherSequence = z.string().brand('Order');

export type VoucherSequence = z.infer<typeof VoucherSequence>;

/** Milliseconds that a device's clock is behind the server's. */
export const Skew = z.int().brand('Skew');

export type Skew = z.infer<typeof Skew>;

/** In server time. */
export const correctedTime = (occurredAt: Instant, skew: number): Instant =>
  instantOf(millisecondsOf(occurredAt) + skew);

type SequencedVoucher = {
  readonly number: VoucherNumber;
  readonly claim: { readonly occurredAt: Instant };
  readonly admission: { readonly skew?: number | undefined };
};

export const sequenceOf = ({ number, claim, admission }: SequencedVoucher): VoucherSequence =>
  `${correctedTime(claim.occurredAt, admission.skew ?? 0)}#${number}` as VoucherSequence;

export const numberOfSequence = (order: VoucherSequence): VoucherNumber => order.split('#')[1] as VoucherNumber;

/** Below every sequence of the same terminal and time, above those of lower terminals. */
export const tieOfSequence = (order: VoucherSequence): VoucherSequence =>
  order.slice(0, order.indexOf('#') + 6) as VoucherSequence;

export const timeOfSequence = (order: VoucherSequence): Instant => order.split('#')[0] as Instant;
