import { toLatinDigits } from '../kernel/units.ts';

/** A cell that does not parse stays text: the schema refuses it. */
export type CellReader = (text: string) => unknown;

export type CsvColumn = {
  readonly field: string;
  readonly read: CellReader;
  readonly write: (value: unknown) => string;
};

const MONTH = /^(?:\d{1,2}[-\s/.]*)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-\s/.,]*\d/i;

const isChangedBySpreadsheets = (text: string): boolean =>
  /^['=+\-@\t\r]/.test(text) ||
  /^(true|false)$/i.test(text) ||
  MONTH.test(text) ||
  (/\d/.test(text) && /^[\d\s.,:/%₹$€£+\-()e]+$/i.test(text) && !/^[1-9]\d{0,10}$/.test(text));

/** A leading apostrophe keeps text as it is: `'0904`. */
const writeText = (value: unknown): string => {
  const text = String(value);
  return isChangedBySpreadsheets(text) ? `'${text}` : text;
};
export const readText = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);

/** Hindi keyboards type Devanagari digits. */
const readNumber =
  (pattern: RegExp): CellReader =>
  (cell) => {
    const latin = toLatinDigits(cell);
    return pattern.test(latin) ? Number(latin) : cell;
  };
const readInteger = readNumber(/^-?\d{1,15}$/);
const readDecimal = readNumber(/^\d{1,6}(\.\d{1,6})?$/);
const readBoolean: CellReader = (cell) => ({ true: true, false: false })[cell.toLowerCase()] ?? cell;

/** Exactly: `1,250.50` rupees are 125050 paise. */
export const readHundredths: CellReader = (cell) => {
  const digits = toLatinDigits(cell).replace(/^₹\s*|,|\s*%$/g, '');
  const [, whole = '', part = ''] = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(digits) ?? [];
  return whole === '' ? cell : Number(whole) * 100 + Number(part.padEnd(2, '0'));
};
const writeHundredths = (value: unknown): string => {
  const digits = String(value).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.00$/, '');
};

/** Day first. */
const readDate: CellReader = (cell) => {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(cell) ?? [];
  return year === '' ? readText(cell) : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
};

const column =
  (read: CellReader, write: CsvColumn['write']) =>
  (field: string): CsvColumn => ({ field, read, write });

export const text = column(readText, writeText);
export const integer = column(readInteger, String);
export const decimal = column(readDecimal, String);
export const boolean = column(readBoolean, String);
export const hundredths = column(readHundredths, writeHundredths);
/** An instant must be text in a spreadsheet. */
export const date = column(readDate, (value) => (String(value).includes('T') ? `'${value}` : String(value)));

const partsOf = (cell: string): string[] =>
  readText(cell)
    .split(';')
    .map((one) => one.trim());
const joined = (write: (one: never) => string) => (value: unknown) =>
  writeText((value as never[]).map((one) => write(one)).join(';'));

export const list = column(partsOf, joined(String));

/** Example: `kg=1000;sq ft=10000/9`, where 9 sq ft are 10,000 base units. */
export const units = column(
  (cell) =>
    partsOf(cell).map((one) => {
      const [unit = '', base = '', per = '1'] = one.split(/[=/]/).map((part) => part.trim());
      return { unit, base: readInteger(base), per: readInteger(per) };
    }),
  joined(
    ({ unit, base, per = 1 }: { unit: string; base: number; per?: number }) =>
      `${unit}=${base}${per === 1 ? '' : `/${per}`}`,
  ),
);

const readAmounts = (cell: string): (readonly [name: string, amount: unknown])[] =>
  partsOf(cell).map((one) => {
    const [name = '', ...amount] = one.split('=');
    return [name.trim(), readInteger(amount.join('=').trim())];
  });

/** Example: `members=3;looms=2`. A missing or repeated name stays text. */
export const means = column(
  (cell) => {
    const amounts = readAmounts(cell);
    const names = new Set(amounts.map(([name]) => name));
    return names.size === amounts.length && !names.has('') ? Object.fromEntries(amounts) : cell;
  },
  (value) =>
    Object.entries(value as object)
      .map((pair) => pair.join('='))
      .join(';'),
);

/** Example: `members=12000`, one means only. */
export const entitlement = column(
  (cell) => {
    const [first, ...others] = readAmounts(cell);
    return first && others.length === 0 ? { per: first[0], quantity: first[1] } : cell;
  },
  (value) => {
    const { per, quantity } = value as { per: string; quantity: number };
    return `${per}=${quantity}`;
  },
);

/** Example: `PBT-BAMBOO=5000;PBT-CORK=300`. */
export const itemQuantities = column(
  (cell) => readAmounts(cell).map(([item, quantity]) => ({ item, quantity })),
  joined(({ item, quantity }: { item: string; quantity: number }) => `${item}=${quantity}`),
);

/** Example: `119 AU/37/GI/119`: application, then authorised user. */
export const gi = column(
  (cell) => {
    const [application, ...user] = readText(cell).split(' ');
    return { application, user: user.join(' ') };
  },
  (value) => {
    const { application, user } = value as { application: string; user: string };
    return writeText(`${application} ${user}`);
  },
);
