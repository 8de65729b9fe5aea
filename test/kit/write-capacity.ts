import { readFileSync, writeFileSync } from 'node:fs';

type Rows = readonly (readonly string[])[];

/** Replaces the rows of a Markdown table, the first (0) or a later one. Its heading stays. */
export const writeTable = (file: string, which: number, rows: Rows): void => {
  const lines = readFileSync(file, 'utf8').split('\n');
  const rules = lines.flatMap((line, at) => (/^\| -/.test(line) ? [at] : []));
  const rule = rules[which];
  if (rule === undefined) throw new Error(`${file} has no table ${which}`);
  const end = lines.findIndex((line, at) => at > rule && !line.startsWith('|'));
  const heading = cellsOf(lines[rule - 1] ?? '');
  const widths = heading.map((name, at) => Math.max(name.length, ...rows.map((row) => (row[at] ?? '').length)));
  const written = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const table = [written(heading), written(widths.map((width) => '-'.repeat(width))), ...rows.map(written)];
  writeFileSync(file, [...lines.slice(0, rule - 1), ...table, ...lines.slice(end)].join('\n'));
};

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
