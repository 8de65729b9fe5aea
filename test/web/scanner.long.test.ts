/** @module-tag long */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { browserPath, enrol, openStallBrowser, type StallBrowser } from './fixtures/stall.ts';

describe.skipIf(!browserPath)('The camera of a browser without a barcode detector', () => {
  let stall: StallBrowser;
  let folder: string;
  beforeAll(async () => {
    stall = await openStallBrowser();
    folder = await mkdtemp(join(tmpdir(), 'bahi-camera-'));
  });
  afterAll(async () => {
    await stall?.close();
    await rm(folder, { recursive: true });
  });

  it('A picture of an EAN-13 code puts its item on the bill.', async () => {
    const picture = join(folder, 'camera.y4m');
    await writeFile(picture, pictureOf('2000000001012'));
    const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
    const browser = await chromium.launch({
      executablePath: browserPath ?? '',
      args: ['--no-sandbox', ...camera, `--use-file-for-fake-video-capture=${picture}`],
    });
    const page = await browser.newPage({ locale: 'hi-IN' });
    await page.goto(stall.link.url);
    await enrol(page);
    await page.getByRole('button', { name: 'बारकोड पढ़ें' }).click();
    await page.locator('.item.picked', { hasText: 'एम' }).waitFor();
    await browser.close();
  });
});

const WIDTH = 640;
const HEIGHT = 480;
const BAR = 4;

/** One frame of video, in grey: the bars in the middle of white. */
const pictureOf = (code: string): Uint8Array => {
  const bars = ean13(code);
  const left = (WIDTH - bars.length * BAR) / 2;
  const row = Uint8Array.from({ length: WIDTH }, (_, x) => (bars[Math.floor((x - left) / BAR)] === '1' ? 16 : 235));
  const luminance = Array.from({ length: HEIGHT }, () => [...row]).flat();
  const colour = new Array<number>((WIDTH * HEIGHT) / 2).fill(128);
  const head = new TextEncoder().encode(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\nFRAME\n`);
  return Uint8Array.from([...head, ...luminance, ...colour]);
};

/** GS1 General Specifications, 5.2.1: modules of each digit with odd parity. */
const ODD = '0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011'.split(' ');
/** Parity of the left digits, by the first digit, which has no bars. */
const PARITIES = 'LLLLLL LLGLGG LLGGLG LLGGGL LGLLGG LGGLLG LGGGLL LGLGLG LGLGGL LGGLGL'.split(' ');

/** `1` is a bar. */
const ean13 = (code: string): string => {
  const inverted = (modules: string) => [...modules].map((one) => (one === '1' ? '0' : '1')).join('');
  const reversed = (modules: string) => [...modules].reverse().join('');
  const [first = 0, ...digits] = [...code].map(Number);
  const modules = digits.map((digit, at) => {
    const odd = ODD[digit] ?? '';
    if (at >= 6) return inverted(odd);
    return PARITIES[first]?.[at] === 'G' ? reversed(inverted(odd)) : odd;
  });
  return `101${modules.slice(0, 6).join('')}01010${modules.slice(6).join('')}101`;
};
