import { CsvError } from 'csv-parse';
import { parse as parseCsv } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { CsvTable } from './operation-contract.ts';

type ParsedRecord = { readonly record: Record<string, string>; readonly info: { readonly lines: number } };

/** The header must name `id` and only known columns. */
export const readCsv = (file: string, columns: readonly string[]): readonly CsvRow[] | Refusal => {
  const known = ['id', ...columns];
  let header: readonly string[] = [];
  try {
    const read = (names: string[]) => {
      header = names;
      return names;
    };
    const rows: ParsedRecord[] = parseCsv(file, {
      bom: true,
      trim: true,
      info: true,
      columns: read,
      skip_empty_lines: true,
    });
    const problems = [
      ...header.filter((name) => !known.includes(name)).map((name) => `unknown column ${name}`),
      ...(header.includes('id') ? [] : ['there is no column id']),
      ...(new Set(header).size < header.length ? ['a column stands twice'] : []),
      ...(rows.length === 0 ? ['there are no lines below the header'] : []),
    ];
    if (problems.length === 0) return rows.map(({ record, info }) => ({ line: info.lines, cells: record }));
    const fields = problems.map((problem) => ({ path: 'line 1', problem }));
    return refuse('IMPORT_REFUSED', `The columns are: ${known.join(', ')}.`, { fields });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const fields = [{ path: `line ${error.lines ?? 1}`, problem: error.message }];
    return refuse('IMPORT_REFUSED', 'The file could not be read as CSV.', { fields });
  }
};

/** A spreadsheet runs text with these starts as a formula, but not a negative number. */
const FORMULA_START = /^(?!-\d+(\.\d+)?$)[=+\-@\t\r]/;

/** RFC 4180. */
export const writeCsv = ({ columns, named, rows }: CsvTable): string =>
  stringify(rows as unknown[], {
    columns: [...columns],
    header: named,
    record_delimiter: 'windows',
    cast: {
      boolean: String,
      string: (text) => (FORMULA_START.test(text) ? `'${text}` : text),
      object: (list) => (Array.isArray(list) ? list.join(' ') : ''),
    },
  });

/** `line`: the number in the file. */
export type CsvRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> };
