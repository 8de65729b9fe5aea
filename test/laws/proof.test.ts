import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const PAGE = 'docs/proof.md';
const page = readFileSync(PAGE, 'utf8');

const linksIn = (text: string): string[] => [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, path]) => path ?? '');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (rule|---) /.test(line));

it('every file that docs/proof.md names is there', () => {
  const missing = linksIn(page).filter((path) => !existsSync(join('docs', path)));
  expect(missing).toEqual([]);
  expect(linksIn('[a](../test/a.test.ts), [b](adr/b.md#c)')).toEqual(['../test/a.test.ts', 'adr/b.md']);
});

it('every rule of docs/proof.md names a file of tests', () => {
  expect(rows.length).toBeGreaterThanOrEqual(30);
  expect(rows.filter((row) => !linksIn(row).some((path) => path.startsWith('../test/')))).toEqual([]);
});
