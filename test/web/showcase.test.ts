import { chromium } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { getStatedFigures, StatedFigures } from '../../shared/reports/maker-statement-contract.ts';
import { renderStatedFigures } from '../../shared/reports/stated-figures-page.ts';
import { useBook } from '../kit/book.ts';
import { workOff } from '../kit/jobs.ts';
import { expectReadable } from './fixtures/accessibility.ts';
import { browserPath } from './fixtures/stall.ts';

const book = useBook();

const openBrowser = async () => {
  const browser = await chromium.launch({ executablePath: browserPath ?? '', args: ['--no-sandbox'] });
  onTestFinished(() => browser.close());
  return browser;
};

it.skipIf(!browserPath)('A small phone without script reads the showcase in both languages.', async () => {
  await workOff('build-showcase', 'LKO');
  await workOff('build-showcase', 'state');
  const browser = await openBrowser();
  const plain = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  await plain.goto(`${book.bahi.url}/showcase`);
  await plain.locator('a[href="/showcase/districts/LKO.html"]').click();
  await plain.getByRole('link', { name: 'वस्तु' }).first().click();
  await plain.getByRole('link', { name: 'English' }).click();
  expect(await plain.locator('h1').textContent()).toContain('KURTA of LKO1');
  expect(plain.url()).toContain('/showcase/en/items/');

  const page = await browser.newPage();
  for (const path of ['index', 'districts/LKO', 'items/LKO-KURTA-01'])
    for (const language of ['', 'en/']) {
      await page.goto(`${book.bahi.url}/showcase/${language}${path}.html`);
      await expectReadable(page);
    }
});

it.skipIf(!browserPath)("The page that checks a maker's record fits a small phone.", async () => {
  const figures = StatedFigures.parse(getStatedFigures.example.reply);
  const page = await (await openBrowser()).newPage();
  for (const language of ['hi', 'en'] as const) {
    await page.setContent(renderStatedFigures(figures, language));
    await expectReadable(page);
  }
});
