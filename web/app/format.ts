import { language } from './texts.ts';

const locale = (): string => (language.value === 'hi' ? 'hi-IN-u-nu-latn' : 'en-IN');

/**
 * Formats paise: `₹1,798`, with paise only where there are any. Digits are Latin in both
 * languages, as on notes and bills.
 */
export const rupees = (paise: number | bigint): string => {
  const hasPaise = BigInt(paise) % 100n !== 0n;
  return new Intl.NumberFormat(locale(), {
    style: 'currency',
    currency: 'INR',
    minimumFractionDigits: hasPaise ? 2 : 0,
    maximumFractionDigits: hasPaise ? 2 : 0,
  }).format(Number(paise) / 100);
};

/** `10:42` in IST. */
export const timeOfDay = (milliseconds: number): string =>
  new Intl.DateTimeFormat(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'Asia/Kolkata',
  }).format(milliseconds);

/** `22 नवंबर, 10:42`. Always the date: कल means yesterday and tomorrow. */
export const dateAndTime = (milliseconds: number): string =>
  new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'Asia/Kolkata',
  }).format(milliseconds);

const DEVANAGARI_ZERO = 0x966;

/** Hindi keyboards type ०-९. */
export const toLatinDigits = (text: string): string =>
  text.replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - DEVANAGARI_ZERO));

/** Whole numbers only; `undefined` if there is none. */
export const wholeNumberIn = (text: string): number | undefined => {
  const digits = toLatinDigits(text).replace(/\D/g, '');
  return digits === '' ? undefined : Number(digits);
};

/** Rupees as typed, to paise: `12`, `12.5`, `१२.५०`. */
export const paiseIn = (text: string): number | undefined => {
  const [, whole = '', part = ''] = /^\s*(\d*)(?:\.(\d{0,2}))?\s*$/.exec(toLatinDigits(text).replaceAll(',', '')) ?? [];
  if (whole === '' && part === '') return undefined;
  return Number(whole) * 100 + Number(part.padEnd(2, '0') || 0);
};

/** `7KQ2M S 261122 0007`, as people read it out. */
export const spacedNumber = (number: string): string =>
  `${number.slice(0, 5)} ${number.slice(5, 6)} ${number.slice(6, 12)} ${number.slice(12)}`;
