import { CsvError } from 'csv-parse';
import { parse as parseCsv } from 'csv-parse/sync';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { CsvRow } from '../domain/registry/csv.ts';

type Parsed = { readonly record: Record<string, string>; readonly info: { readonly lines: number } };

/** A file's rows; its header must name `id` and no columns but these. */
export const readCsv = (file: string, columns: readonly string[]): readonly CsvRow[] | Refusal => {
  const known = ['id', ...columns];
  let header: readonly string[] = [];
  try {
    const read = (names: string[]) => {
      header = names;
      return names;
    };
    const rows: Parsed[] = parseCsv(file, { bom: true, trim: true, info: true, columns: read, skip_empty_lines: true });
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
