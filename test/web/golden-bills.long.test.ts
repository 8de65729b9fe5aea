import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import jsqr from 'jsqr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicLinkOf } from '../../shared/billing/bill-document.ts';
import { GOLDEN_BILLS } from '../kit/golden-bills.ts';
import { decodeGreyPng, encodeGreyPng, type Picture } from '../kit/grey-png.ts';
import { hasPoppler } from '../kit/pdf-pages.ts';
import { type BillDrawer, ORIGIN, openBillDrawer } from './fixtures/drawn-bills.ts';
import { browserPath } from './fixtures/stall.ts';

describe.skipIf(!browserPath || !hasPoppler)('A golden bill', () => {
  let drawer: BillDrawer;
  beforeAll(async () => {
    drawer = await openBillDrawer();
  });
  afterAll(() => drawer?.close());

  const drawn = (name: keyof typeof SQUARES, ...[bill, language]: Parameters<BillDrawer['html']>) =>
    name === 'pdf' ? drawer.pdf(bill, language) : drawer[name](bill, language).then((picture) => [picture]);

  it('No page scrolls sideways on a narrow phone.', async () => {
    for (const [name, bill] of Object.entries(GOLDEN_BILLS))
      for (const language of ['hi', 'en'] as const)
        expect([name, language, await drawer.isTooWide(bill, language)]).toEqual([name, language, false]);
  });

  for (const [name, bill] of Object.entries(GOLDEN_BILLS))
    for (const language of ['hi', 'en'] as const)
      it.each(['html', 'pdf', 'receipt'] as const)(
        `${name} in ${language} as %s looks as before, and its codes can be read.`,
        async (kind) => {
          const [page, ...others] = await drawn(kind, bill, language);
          if (!page) throw new Error('there is a page');
          expect(others).toEqual([]);
          expect(codesIn(page).toSorted()).toEqual(
            [publicLinkOf(bill, ORIGIN, language).url, ...(bill.upi ? [bill.upi] : [])].toSorted(),
          );
          const small = shrink(page, SQUARES[kind].dots);
          const file = fileURLToPath(new URL(`${name}-${language}-${kind}.png`, GOLDEN));
          if (process.env.WRITE_GOLDEN) await writeFile(file, encodeGreyPng(small));
          expect(existsSync(file), `${file} is missing`).toBe(true);
          const golden = decodeGreyPng(await readFile(file));
          expect([small.width, small.height]).toEqual([golden.width, golden.height]);
          expect(changedShare(small, golden, SQUARES[kind].difference)).toBeLessThanOrEqual(MAX_CHANGED);
        },
      );
});

/**
 * Each golden picture is a small copy of a page, one grey pixel for a square of dots. So the edges
 * of letters, which change between versions of Chromium and poppler, do not count, and a word that
 * changes or moves does. `WRITE_GOLDEN=true` writes them. Look at them before a commit.
 */
const GOLDEN = new URL('golden/', import.meta.url);
/** `dots`: side of a square. It has changed beyond `difference` of grey, of 255. */
const SQUARES = {
  html: { dots: 8, difference: 48 },
  pdf: { dots: 5, difference: 64 },
  receipt: { dots: 4, difference: 96 },
} as const;

/** Squares in 10,000. A moved line changes hundreds, another short word mostly 3 or more. */
const MAX_CHANGED = 2;

/** Its types are of a module, its code is CommonJS. */
const scanner = jsqr as unknown as typeof jsqr.default;

/** Texts of all codes. What is read is painted over: some letters look like an empty code. */
const codesIn = ({ width, height, grey }: Picture): string[] => {
  const rgba = new Uint8ClampedArray(4 * grey.length);
  for (const [at, value] of grey.entries()) rgba.set([value, value, value, 255], 4 * at);
  const texts: string[] = [];
  for (let found = scanner(rgba, width, height); found; found = scanner(rgba, width, height)) {
    if (found.data !== '') texts.push(found.data);
    const corners = Object.values(found.location).filter((corner) => corner !== undefined);
    const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
    for (let y = Math.floor(Math.min(...ys)); y <= Math.max(...ys); y++)
      rgba.fill(255, 4 * (y * width + Math.floor(Math.min(...xs))), 4 * (y * width + Math.ceil(Math.max(...xs)) + 1));
  }
  return texts;
};

/** Means of squares of dots. */
const shrink = ({ width, height, grey }: Picture, dots: number): Picture => {
  const [columns, rows] = [Math.ceil(width / dots), Math.ceil(height / dots)];
  const small = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let [sum, count] = [0, 0];
      for (let y = row * dots; y < Math.min((row + 1) * dots, height); y++)
        for (let x = column * dots; x < Math.min((column + 1) * dots, width); x++) {
          sum += grey[y * width + x] ?? 255;
          count++;
        }
      small[row * columns + column] = Math.round(sum / count);
    }
  return { width: columns, height: rows, grey: small };
};

/** Changed squares in 10,000. */
const changedShare = (one: Picture, other: Picture, difference: number): number =>
  (10_000 * one.grey.filter((value, at) => Math.abs(value - (other.grey[at] ?? 0)) > difference).length) /
  one.grey.length;
