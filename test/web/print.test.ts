import { writeFile } from 'node:fs/promises';
import jsqr from 'jsqr';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bill } from '../../shared/billing/bill.ts';
import { getBill } from '../../shared/billing/bill-contract.ts';
import { renderBillHtml } from '../../shared/billing/bill-html.ts';
import { RECEIPT_DOTS } from '../../shared/billing/receipt-layout.ts';
import { expectOk } from '../kit/book.ts';
import { browserPath, openStallBrowser, type StallBrowser, sell } from './fixtures/stall.ts';

describe.skipIf(!browserPath)('A bill on paper of 58 mm', () => {
  let stall: StallBrowser;
  let page: Page;
  beforeAll(async () => {
    stall = await openStallBrowser();
    const path = { kind: 'sellers' as const, id: 'LKO1' };
    const { entry, version } = expectOk(await stall.admin.getEntry({ path }));
    const address = { address: '12 Chowk, Lucknow', pinCode: '226003' };
    expectOk(await stall.admin.putEntry({ path, body: { ...entry, ...address }, ifMatch: version }));
    ({ page } = await stall.openEnrolledPhone());
    await sell(page, 'चिकन कुर्ता, एम');
    await attachPrinter(page);
    await page.getByRole('link', { name: 'बिल दिखाएँ' }).click();
    await page.getByRole('button', { name: 'छोटे प्रिंटर पर' }).click();
    await page.locator('img.receipt').waitFor();
  });
  afterAll(() => stall?.close());
  const about = () => `${stall.link.url}/about/WEB-KURTA-M`;

  it('The picture is 384 dots wide, black and white, and its code opens the page of the goods.', async () => {
    const dots = await shownDots(page);
    expect(dots.width).toBe(RECEIPT_DOTS);
    expect(dots.height % 24).toBe(0);
    expect(scan(dots)).toBe(about());
    if (!process.env.WRITE_SCREENS) return;
    const [, data = ''] = (await page.locator('img.receipt').getAttribute('src'))?.split(',') ?? [];
    await writeFile('docs/bill-58mm.png', Buffer.from(data, 'base64'));
  });

  it('It uses its own font, so that every phone prints the same.', async () => {
    const loaded = await page.evaluate(() =>
      [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family.replaceAll('"', '')),
    );
    expect(loaded).toEqual(['Bahi Receipt', 'Bahi Receipt']);
  });

  it('A printer burns exactly the dots of the picture, and no text.', async () => {
    const dots = await shownDots(page);
    await page.getByRole('button', { name: 'सीरियल प्रिंटर पर छापें' }).click();
    const received = () => page.evaluate(() => (globalThis as unknown as PrinterWindow).burnt);
    await expect.poll(async () => burnt(await received()).height).toBe(dots.height);
    const commands = await received();
    expect(burnt(commands)).toEqual(dots);
    expect(commands.slice(0, 2)).toEqual([0x1b, 0x40]);
    expect(commands.length).toBeLessThan((dots.width * dots.height) / 8 + 100);
  });

  it('A dead dot in a corner of the code makes it unreadable. Moved, it can be read again.', {
    tags: 'long',
  }, async () => {
    const codeOf = ({ width, height, black }: Dots): Dots => ({
      width,
      height: CODE_ROWS,
      black: black.slice((height - CODE_ROWS) * width),
    });
    /** One heating element and its neighbours stay cold. */
    const damage = ({ black, ...size }: Dots, dead: number): Dots => ({
      ...size,
      black: black.map((dot, at) => dot && Math.abs((at % size.width) - dead) > 1),
    });
    const code = codeOf(await shownDots(page));
    const columns = Array.from({ length: code.width / 3 }, (_, at) => 3 * at + 1);
    const spoils = columns.filter((column) => scan(damage(code, column)) === undefined);
    expect(spoils.length).toBeGreaterThan(0);
    const shown = await page.locator('img.receipt').getAttribute('src');
    await page.getByRole('button', { name: 'खिसकाकर छापें' }).click();
    await expect.poll(() => page.locator('img.receipt').getAttribute('src')).not.toBe(shown);
    const moved = codeOf(await shownDots(page));
    expect(spoils.filter((column) => scan(damage(moved, column)) !== about())).toEqual([]);
  });

  it('Without a link the phone makes the same bill itself.', async () => {
    const known = await shownDots(page);
    await page.getByRole('button', { name: 'बंद करें', exact: true }).click();
    stall.link.state = 'cut';
    await page.getByRole('button', { name: 'छोटे प्रिंटर पर' }).click();
    await page.locator('img.receipt').waitFor();
    const own = await shownDots(page);
    stall.link.state = 'open';
    expect([own.width, own.height, scan(own)]).toEqual([known.width, known.height, about()]);
  });

  it.each(['hi', 'en'] as const)(
    'The page in %s fits a phone, and its code opens the page of the goods.',
    { tags: 'long' },
    async (language) => {
      const context = await stall.browser.newContext({ viewport: { width: 420, height: 600 }, deviceScaleFactor: 2 });
      const tab = await context.newPage();
      await tab.setContent(renderBillHtml(Bill.parse(getBill.example.reply), language, 'https://bahi.example'));
      const isWide = await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      const picture = await tab.screenshot({ fullPage: true });
      if (process.env.WRITE_SCREENS && language === 'hi') await writeFile('docs/bill.png', picture);
      await tab.setContent(`<img src="data:image/png;base64,${picture.toString('base64')}">`);
      await tab.locator('img').evaluate((image) => (image as HTMLImageElement).decode());
      const { width, height, grey } = await tab.locator('img').evaluate(readPixels);
      await context.close();
      expect(isWide).toBe(false);
      expect(scan({ width, height, black: [...grey].map((dot) => dot < '\x80') })).toBe(
        'https://bahi.example/about/LKO-KURTA-M',
      );
    },
  );
});

/** Its types are of a module, its code is CommonJS. */
const scanner = jsqr as unknown as typeof jsqr.default;

/** `black`: row by row, from the top left. */
type Dots = { readonly width: number; readonly height: number; readonly black: readonly boolean[] };

const shownDots = async (page: Page): Promise<Dots> => {
  const { width, height, grey } = await page.locator('img.receipt').evaluate(readPixels);
  expect([...new Set(grey)].toSorted()).toEqual(['\0', '\xff']);
  return { width, height, black: [...grey].map((dot) => dot === '\0') };
};

/** Runs in the browser. `grey`: one character for each pixel. */
const readPixels = (shown: Element) => {
  const image = shown as HTMLImageElement;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext('2d');
  context?.drawImage(image, 0, 0);
  const data = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
  const pixels = Array.from({ length: data.length / 4 }, (_, at) => String.fromCharCode(data[4 * at + 1] ?? 0));
  return { width: canvas.width, height: canvas.height, grey: pixels.join('') };
};

const scan = ({ width, height, black }: Dots): string | undefined => {
  const rgba = new Uint8ClampedArray(black.flatMap((dot) => (dot ? [0, 0, 0, 255] : [255, 255, 255, 255])));
  return scanner(rgba, width, height)?.data;
};

/** Rows at the foot of a picture that hold the code. */
const CODE_ROWS = 240;

/** The dots that a printer burns for `GS v 0` commands: rows of bytes, a bit for a dot. */
const burnt = (commands: readonly number[]): Dots => {
  const black: boolean[] = [];
  let [width, height] = [0, 0];
  for (let at = 0; at < commands.length; at++) {
    const [gs, v, zero, mode, xLow = 0, xHigh = 0, yLow = 0, yHigh = 0] = commands.slice(at, at + 8);
    if (gs !== 0x1d || v !== 0x76 || zero !== 0x30 || mode !== 0) continue;
    const [bytes, rows] = [xLow + 256 * xHigh, yLow + 256 * yHigh];
    const data = commands.slice(at + 8, at + 8 + bytes * rows);
    for (const byte of data) for (let bit = 7; bit >= 0; bit--) black.push(((byte >> bit) & 1) === 1);
    [width, height] = [8 * bytes, height + rows];
    at += 7 + data.length;
  }
  return { width, height, black };
};

type PrinterWindow = { burnt: number[] };

/** A printer at the serial port of this browser: it keeps the bytes that it gets. */
const attachPrinter = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const received: number[] = [];
    (globalThis as unknown as PrinterWindow).burnt = received;
    const writable = new WritableStream<Uint8Array>({ write: (bytes) => void received.push(...bytes) });
    const port = { open: async () => undefined, getInfo: () => ({}), writable };
    Object.defineProperty(navigator, 'serial', {
      value: { addEventListener: () => undefined, requestPort: async () => port },
    });
  });
