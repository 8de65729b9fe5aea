import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeCsv } from '../../shared/platform/csv.ts';

const table = (
  rows: readonly Record<
    string,
    string | number | boolean | readonly string[] | { readonly decimal: string } | undefined
  >[],
) => ({
  columns: ['one', 'two'],
  named: true,
  rows,
  cursor: undefined,
});

it('writes the names of columns, then line by line; what is not said is empty, lists are words', () => {
  const rows = [
    { one: -5, two: ['A', 'B'] },
    { two: true },
    { one: { decimal: '-60.00' } },
    { one: 'a "b", c', two: 'd\r\ne' },
  ];
  expect(writeCsv(table(rows))).toBe('one,two\r\n-5,A B\r\n,true\r\n-60.00,\r\n"a ""b"", c","d\r\ne"\r\n');
  expect(writeCsv({ ...table([{ one: 1 }]), named: false })).toBe('1,\r\n');
  expect(writeCsv(table([]))).toBe('one,two\r\n');
});

it('whatever the text, it is read back as it was, and no spreadsheet takes it for a formula', () => {
  const texts = fc.oneof(fc.string(), fc.constantFrom('=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '"', ','));
  fc.assert(
    fc.property(texts, texts, (one, two) => {
      const [read]: Record<string, string>[] = parse(writeCsv(table([{ one, two }])), { columns: true });
      for (const [said, back] of [
        [one, read?.one],
        [two, read?.two],
      ]) {
        expect(back).not.toMatch(/^[=+\-@\t\r]/);
        expect([said, `'${said}`]).toContain(back);
      }
    }),
  );
});
