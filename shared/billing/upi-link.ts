import { encode } from 'uqr';
import type { Paise } from '../kernel/quantity.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';

/** The paying app turns other `%` sequences into blanks, so names and notes are ASCII. */
const MAX_NAME = 50;
const MAX_NOTE = 50;

/** Letters, digits and blanks of a text, as UPI apps show them. */
const asciiOf = (text: string, length: number): string =>
  text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9 ]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, length)
    .trim();

/** `merchantCategory`: the four digits that the bank gave. `name`: as the bank knows it. */
type UpiPayee = {
  readonly name: string;
  readonly vpa: string;
  readonly merchantCategory?: string | undefined;
};

type UpiPayment = {
  readonly payee: UpiPayee;
  /** The voucher number is the reference (`tr`): at most 35 letters and digits. */
  readonly number: VoucherNumber;
  readonly amount: Paise;
  readonly mode: 'qr' | 'link';
};

const UPI_MODES = { qr: '01', link: '04' } as const;

/**
 * A payment link by the UPI linking specification 1.6. The address must be a merchant's: apps
 * refuse links to a person. An unknown category is left out.
 */
export const upiLinkOf = ({ payee, number, amount, mode }: UpiPayment): string => {
  const fields = {
    pa: payee.vpa,
    pn: asciiOf(payee.name, MAX_NAME) || payee.vpa,
    ...(payee.merchantCategory && { mc: payee.merchantCategory }),
    tr: number,
    tn: asciiOf(`Bill ${number}`, MAX_NOTE),
    am: `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`,
    cu: 'INR',
    mode: UPI_MODES[mode],
  };
  const query = Object.entries(fields).map(([field, value]) => `${field}=${encodeURIComponent(value)}`);
  return `upi://pay?${query.join('&')}`;
};

/** Modules of a QR code, `true` for black, without its quiet zone. Text must be ASCII. */
export const qrModulesOf = (text: string): readonly (readonly boolean[])[] => {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new Error('a QR code of Bahi holds ASCII only');
  return encode(text, { ecc: 'M', border: 0 }).data;
};

/** White modules around a QR code that scanners need (ISO/IEC 18004). */
const QUIET_MODULES = 4;

/** One path of black modules, scaled by its box. */
export const qrSvgOf = (text: string): string => {
  const modules = qrModulesOf(text);
  const size = modules.length + 2 * QUIET_MODULES;
  const path = modules.flatMap((row, y) =>
    row.flatMap((black, x) => (black ? [`M${x + QUIET_MODULES} ${y + QUIET_MODULES}h1v1h-1z`] : [])),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path.join('')}"/></svg>`;
};
