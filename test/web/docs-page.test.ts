import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { contract } from '../../shared/api/contract.ts';
import { REDOC_FILE } from '../../shared/api/docs-page.ts';
import { useBook } from '../kit/book.ts';
import { ask } from '../kit/wire.ts';
import { browserPath } from './fixtures/stall.ts';

const book = useBook();

it('The root names the page and the contract, and both are there.', async () => {
  const root = await ask(book, '/');
  const { docs, openapi } = (await root.json()) as Record<string, string>;
  const answers = await Promise.all([docs, openapi].map((path) => ask(book, path ?? '')));
  expect(answers.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual([
    [200, 'text/html; charset=utf-8'],
    [200, 'application/json'],
  ]);
});

it('The page may be kept for an hour and the script, compressed, for a year.', async () => {
  const page = await ask(book, '/docs');
  const [, script = ''] = /<script src="([^"]+)"/.exec(await page.text()) ?? [];
  const { headers } = await ask(book, script);
  expect(page.headers.get('cache-control')).toBe('public, max-age=3600');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  expect(Object.fromEntries(headers)).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-encoding': 'gzip',
    'content-type': 'text/javascript; charset=utf-8',
  });
  expect(Number(headers.get('content-length'))).toBeLessThan(330_000);
});

it('The kept script is the one of the npm package.', async () => {
  const kept = gunzipSync(await readFile(`web/redoc/${REDOC_FILE}`));
  // sha256 of bundles/redoc.standalone.js in redoc-2.5.4.tgz.
  expect(createHash('sha256').update(kept).digest('hex')).toBe(
    'dcaf76612bc4a3fbcc923a8966dee2f6146a5f32e5ce1b6f02dd60cbbf89500b',
  );
});

it.skipIf(!browserPath)('A browser shows every operation, and asks no other site.', { tags: 'long' }, async () => {
  const browser = await chromium.launch({ executablePath: browserPath ?? '', args: ['--no-sandbox'] });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const answered: string[] = [];
  const errors: string[] = [];
  page.on('response', (response) => answered.push(response.url()));
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(`${book.bahi.url}/docs`);
  const [summary = ''] = contract.recordVoucher.summary.split('.');
  await page.getByRole('heading', { name: summary }).first().waitFor({ timeout: 120_000 });
  const others = answered.filter((url) => !url.startsWith(book.bahi.url) && !/^(data|blob):/.test(url));
  expect({ others, errors }).toEqual({ others: [], errors: [] });
});
