import { CsvError } from 'csv-parse';
import { parse as parseCsv } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { FieldProblem } from '../kernel/problems.ts';
import { MAX_PROBLEM_FIELDS, type Refusal, refuse } from '../kernel/refusal.ts';
import { operation } from './operation.ts';
import type { CsvTable } from './operation-contract.ts';

type ParsedRecord = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/** The library's types lack `info` without column names. */
const parseRecords = (file: string): readonly ParsedRecord[] =>
  parseCsv(file, {
    bom: true,
    trim: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
  }) as unknown as ParsedRecord[];

const NOT_UTF8 =
  'The file is not UTF-8. In Excel: Save As, "CSV UTF-8 (Comma delimited)". In LibreOffice: Save As, "Text CSV", character set "Unicode (UTF-8)".';

const WITH_COMMAS =
  'The cells of a CSV file must be separated by commas. In LibreOffice: Save As, "Text CSV", "Edit filter settings", field delimiter ",". In Excel: make the comma the list separator of Windows (Region, Additional settings), then Save As, "CSV UTF-8 (Comma delimited)".';

/** Excel writes `sep=;` above the header where commas are decimal. */
const refuseSeparator = (file: string): Refusal | undefined => {
  const start = Math.max(0, file.search(/[^\s\ufeff]/));
  const [first = ''] = file.slice(start).split(/[\r\n]/, 1);
  const line = file.slice(0, start).split('\n').length;
  const stated = /^"?sep=(.)/i.exec(first)?.[1];
  const bare = first.replace(/"[^"]*"/g, '');
  const used = stated ?? [';', '\t'].find((one) => bare.includes(one) && !bare.includes(','));
  if (used === undefined) return undefined;
  if (used === ',') return refuseFile(WITH_COMMAS, line, ['delete this line: a file always has commas']);
  const name = used === ';' ? 'semicolons' : used === '\t' ? 'tabs' : `'${used}'`;
  return refuseFile(WITH_COMMAS, line, [`the cells are separated by ${name}, not by commas`]);
};

const refuseFile = (detail: string, line: number, problems: readonly string[]): Refusal =>
  refuse('IMPORT_REFUSED', detail, { fields: problems.map((problem) => ({ path: `line ${line}`, problem })) });

/** The refusal of a file with these problems. */
export const refuseLines = (problems: readonly FieldProblem[]): Refusal => {
  const limitNote = problems.length > MAX_PROBLEM_FIELDS ? ` Only the first ${MAX_PROBLEM_FIELDS} are listed.` : '';
  const found = problems.length === 1 ? '1 problem was found' : `${problems.length} problems were found`;
  return refuse('IMPORT_REFUSED', `${found}; nothing was written.${limitNote}`, { fields: [...problems] });
};

/** The header must name `key` and only known columns. Empty rows and columns are ignored. */
export const readCsv = (file: string, columns: readonly string[], key = 'id'): readonly CsvRow[] | Refusal => {
  // Decoding replaces what is no UTF-8 by U+FFFD.
  const broken = file.indexOf('\ufffd');
  if (broken >= 0)
    return refuseFile(NOT_UTF8, file.slice(0, broken).split('\n').length, ['some of its letters are not UTF-8']);
  const separated = refuseSeparator(file);
  if (separated) return separated;
  try {
    const records = parseRecords(file);
    const [header, ...rest] = records.filter(({ record }) => record.some((cell) => cell !== ''));
    const names = header?.record ?? [];
    const rows = rest.map(({ record, info }) => ({ record, line: info.lines }));
    const known = [key, ...columns];
    const used = names.map((name, at) => name !== '' || rows.some(({ record }) => (record[at] ?? '') !== ''));
    const problems = [
      ...names.filter((name) => name !== '' && !known.includes(name)).map((name) => `unknown column ${name}`),
      ...names.flatMap((name, at) => (name === '' && used[at] ? [`column ${at + 1} has cells and no name`] : [])),
      ...(names.includes(key) ? [] : [`there is no column ${key}`]),
      ...(hasRepeated(names) ? ['a column stands twice'] : []),
      ...(rows.length === 0 ? ['there are no lines below the header'] : []),
    ];
    if (problems.length > 0)
      return refuseFile(`The columns are: ${known.join(', ')}.`, header?.info.lines ?? 1, problems);
    const wrong = rows.find(({ record }) => record.length < names.length || hasMore(record, names.length));
    if (wrong)
      return refuseFile('The file could not be read as CSV.', wrong.line, [lengthProblem(wrong.record, names)]);
    return rows.map(({ record, line }) => ({
      line,
      cells: Object.fromEntries(names.flatMap((name, at) => (name === '' ? [] : [[name, record[at] ?? '']]))),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refuseFile('The file could not be read as CSV.', Number(error.lines ?? 1), [
      CSV_PROBLEMS[error.code] ?? 'is not written as CSV',
    ]);
  }
};

/** By the codes of csv-parse. */
const CSV_PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is opened and never closed',
  INVALID_OPENING_QUOTE: 'a quotation mark stands inside a cell: write it twice, and the cell in quotation marks',
  CSV_INVALID_CLOSING_QUOTE: 'a quotation mark stands inside a cell: write it twice, and the cell in quotation marks',
};

const hasRepeated = (names: readonly string[]): boolean => {
  const filled = names.filter((name) => name !== '');
  return new Set(filled).size < filled.length;
};

const hasMore = (record: readonly string[], columns: number): boolean =>
  record.slice(columns).some((cell) => cell !== '');

const lengthProblem = (record: readonly string[], names: readonly string[]): string =>
  `it has ${record.length} cells; the header has ${names.length} columns`;

/** A spreadsheet runs text with these starts as a formula. An apostrophe makes it text. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** RFC 4180. */
export const writeCsv = ({ columns, named, rows }: CsvTable): string =>
  stringify(rows as unknown[], {
    columns: [...columns],
    header: named,
    record_delimiter: 'windows',
    cast: {
      boolean: String,
      string: (text) => (FORMULA_START.test(text) ? `'${text}` : text),
      object: (value) => {
        if (Array.isArray(value)) return value.join(' ');
        return 'decimal' in value ? String(value.decimal) : '';
      },
    },
  });

/** An operation whose reply may be CSV. Only functions with one carry the library. */
export const csvOperation: typeof operation = (declared, handle) => ({ ...operation(declared, handle), writeCsv });

/** `line`: the number in the file. */
export type CsvRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> };
