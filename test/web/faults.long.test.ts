/** @module-tag long */
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  browserPath,
  enrol,
  linkReturns,
  openStallBrowser,
  type StallBrowser,
  sell,
  waitUntilSent,
} from './fixtures/stall.ts';

describe.skipIf(!browserPath)('A phone under stress', () => {
  let stall: StallBrowser;
  const sold: string[] = [];
  beforeAll(async () => {
    stall = await openStallBrowser();
  });
  afterAll(() => stall?.close());

  it('With a full storage a sale is not saved by half: its bill stays until there is room.', async () => {
    const context = await stall.browser.newContext({ locale: 'hi-IN', timezoneId: 'Asia/Kolkata' });
    const page = await context.newPage();
    const storage = await context.newCDPSession(page);
    const limit = (quota: { quotaSize?: number }) =>
      storage.send('Storage.overrideQuotaForOrigin', { origin: stall.link.url, ...quota });
    await limit({ quotaSize: SMALL_STORAGE });
    await page.goto(stall.link.url);
    await enrol(page);
    sold.push(await sell(page, 'एम'));
    await waitUntilSent(page);
    await page.goto(`${stall.link.url}/#/sell`);
    await page.locator('.item-pick', { hasText: 'एल' }).click();
    await page.getByRole('link', { name: /भुगतान/ }).click();
    await page.getByRole('button', { name: 'कार्ड' }).click();
    await limit({ quotaSize: 1 });
    expect(await page.evaluate(write, SMALL_STORAGE)).toBe('QuotaExceededError');
    await page.getByRole('button', { name: 'बिक्री दर्ज करें' }).click();
    await page.getByText('दर्ज नहीं हुआ। फिर कोशिश करें।').waitFor();
    await limit({});
    await page.getByRole('button', { name: 'बिक्री दर्ज करें' }).click();
    await page.getByRole('heading', { name: 'बिक्री दर्ज हुई' }).waitFor();
    sold.push(((await page.locator('.paper .number').textContent()) ?? '').replaceAll(' ', ''));
    await waitUntilSent(page);
    await context.close();
  });

  it('A nearly full phone says so, while there is still room for a sale.', async () => {
    const context = await stall.browser.newContext({ locale: 'hi-IN', timezoneId: 'Asia/Kolkata' });
    const page = await context.newPage();
    const storage = await context.newCDPSession(page);
    const origin = stall.link.url;
    await storage.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 5_000_000 });
    await page.goto(origin);
    await enrol(page);
    await page.getByText('फ़ोन में जगह कम है').waitFor();
    sold.push(await sell(page, 'एम'));
    await waitUntilSent(page);
    await context.close();
  });

  it('A new version of the app is taken over with a full outbox, and sends it.', async () => {
    const { page, context } = await stall.openEnrolledPhone();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    stall.link.blocked = /\/vouchers$/;
    sold.push(await sell(page, 'एम'), await sell(page, 'स्टोल'));
    const textAt = async (path: string) => (await fetch(`${stall.bahi.url}${path}`)).text();
    const html = await textAt('/index.html');
    stall.link.replaced.set('/index.html', html.replace('<head>', '<head><meta name="version" content="2">'));
    const worker = await textAt('/service-worker.js');
    const next = worker.replace(/(url:"\/index\.html",revision:")\w+/, '$12');
    expect(next).not.toBe(worker);
    stall.link.replaced.set('/service-worker.js', next);
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update();
    });
    await page.getByText('नई बही आ गई है').waitFor();
    expect(await page.locator('meta[name=version]').count()).toBe(0);
    await page.getByRole('button', { name: 'अभी लें' }).click();
    await page.locator('meta[name=version]').waitFor({ state: 'attached' });
    await page.getByText('2 भेजना बाकी').waitFor();
    stall.link.blocked = undefined;
    await linkReturns(page);
    await waitUntilSent(page);
    await context.close();
  });

  it('The first session opens all screens without a link, before any reload.', async () => {
    const { page, context } = await stall.openEnrolledPhone();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    stall.link.state = 'cut';
    await page.goto(`${stall.link.url}/#/adjust`);
    await page.getByRole('heading', { name: 'खराब, खोया या मिला' }).waitFor();
    stall.link.state = 'open';
    await context.close();
  });

  it('A tab of the old version reloads where a screen of it is gone.', async () => {
    const { page, context } = await stall.openEnrolledPhone();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const other = await stall.openTab(context);
    await other.locator('.item-pick').first().waitFor();
    const worker = await (await fetch(`${stall.bahi.url}/service-worker.js`)).text();
    const [, later = 'missing'] = /url:"(\/later-screens-\w+\.js)"/.exec(worker) ?? [];
    stall.link.blocked = new RegExp(later);
    stall.link.replaced.set('/service-worker.js', worker.replaceAll(later, '/icon.svg?later'));
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update();
    });
    const reloaded = page.waitForEvent('load');
    await page.getByRole('button', { name: 'अभी लें' }).click();
    await reloaded;
    const network = await context.newCDPSession(other);
    await network.send('Network.enable');
    await network.send('Network.setCacheDisabled', { cacheDisabled: true });
    await other.evaluate(() => Object.assign(globalThis, { isOldPage: true }));
    await other.goto(`${stall.link.url}/#/adjust`);
    await other.getByText('यह पन्ना नहीं आया').waitFor();
    expect(await other.evaluate(() => 'isOldPage' in globalThis)).toBe(false);
    stall.link.blocked = undefined;
    await other.getByRole('button', { name: 'फिर कोशिश करें' }).click();
    await other.getByRole('heading', { name: 'खराब, खोया या मिला' }).waitFor();
    stall.link.replaced.clear();
    await context.close();
  });

  it('Letters of twice the size, as set in the browser, fit into 320 px and sell.', async () => {
    const browser = await chromium.launch({
      executablePath: browserPath ?? '',
      args: ['--no-sandbox', '--blink-settings=defaultFontSize=32'],
    });
    const page = await browser.newPage({ viewport: { width: 320, height: 640 }, locale: 'hi-IN' });
    await page.goto(stall.link.url);
    await enrol(page);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
    for (const screen of [
      'sell',
      'day',
      'goods',
      'more',
      'receive',
      'count',
      'dispatch',
      'adjust',
      'shift',
      'handover',
    ]) {
      await page.goto(`${stall.link.url}/#/${screen}`);
      await page.locator('h1').first().waitFor({ state: 'attached' });
      expect(await overflowOf(page), screen).toBe(0);
    }
    sold.push(await sell(page, 'एम'));
    await waitUntilSent(page);
    expect(await overflowOf(page)).toBe(0);
    await browser.close();
  });

  it('Every voucher is in the book once, and the books agree.', async () => {
    expect([...(await stall.recorded())].sort()).toEqual([...sold].sort());
    expect(await stall.audit()).toMatchObject({ drifts: [] });
  });
});

/** Bytes. */
const SMALL_STORAGE = 30_000_000;

/** Chromium trusts the room that it measured, until more is asked for. */
const write = (bytes: number): Promise<string> =>
  new Promise((done) => {
    const opening = indexedDB.open('probe');
    opening.onupgradeneeded = () => opening.result.createObjectStore('bytes');
    opening.onerror = () => done(opening.error?.name ?? '');
    opening.onsuccess = () => {
      const work = opening.result.transaction('bytes', 'readwrite');
      work.objectStore('bytes').put('a'.repeat(bytes), 1);
      work.oncomplete = () => done('written');
      work.onabort = () => done(work.error?.name ?? '');
    };
  });

/** Pixels that stick out to the right. */
const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
