import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overflowOf, seriousProblems } from './fixtures/accessibility.ts';
import {
  browserPath,
  linkReturns,
  openStallBrowser,
  STALL,
  type StallBrowser,
  sell,
  waitUntilSent,
} from './fixtures/stall.ts';

describe.skipIf(!browserPath)('The screens of a stall', () => {
  let stall: StallBrowser;
  let page: Page;
  beforeAll(async () => {
    stall = await openStallBrowser();
    ({ page } = await stall.openEnrolledPhone());
  });
  afterAll(() => stall?.close());
  const go = (screen: string) => page.goto(`${stall.link.url}/#/${screen}`);
  const search = () => page.getByRole('searchbox');
  const screenshot = async (name: string) => {
    if (process.env.WRITE_SCREENS) await page.screenshot({ path: `docs/screens/${name}.png` });
  };

  it.each(['कुरता', 'कुर्ता', 'kurta', 'kurtaa'])('Search for %s finds both kurtas.', async (query) => {
    await go('sell');
    await search().fill(`${query} चिकन`);
    await expect.poll(() => page.locator('.item').count()).toBe(2);
    await search().fill('');
  });

  it('Keypad code and barcode add the item at Enter, also in Devanagari digits.', async () => {
    await go('sell');
    for (const code of ['2000000001012', '१०१']) {
      await search().fill(code);
      await search().press('Enter');
    }
    await page.locator('.item.picked', { hasText: 'एम' }).getByText('2', { exact: true }).waitFor();
    await search().fill('चिकन');
    await screenshot('sell');
    await search().fill('');
  });

  it('A typed 3 replaces what stands there, and a discount lowers the total.', async () => {
    await go('bill');
    await page.locator('.line-main').click();
    await page.getByRole('button', { name: '3', exact: true }).click();
    expect(await page.locator('.pad-value').inputValue()).toBe('3');
    await page.getByRole('button', { name: 'छूट' }).click();
    await page.locator('.pad-value').pressSequentially('९७');
    expect(await page.locator('.pad-value').inputValue()).toBe('97');
    await page.getByRole('button', { name: 'हो गया' }).click();
    await page.locator('.grand dd', { hasText: '₹2,600' }).waitFor();
  });

  it('Cash gives the change due, and the server has the same total and tax.', async () => {
    await page.getByRole('button', { name: 'नकद' }).click();
    await page.locator('.pad-value').pressSequentially('३०००');
    await page.locator('dialog .change-due b', { hasText: '₹400' }).waitFor();
    await screenshot('cash');
    await page.getByRole('button', { name: 'बिक्री दर्ज करें' }).click();
    await page.getByRole('heading', { name: 'बिक्री दर्ज हुई' }).waitFor();
    await page.locator('.page > .change-due b', { hasText: '₹400' }).waitFor();
    await waitUntilSent(page);
    await screenshot('saved');
    const number = ((await page.locator('.paper .number').textContent()) ?? '').replaceAll(' ', '');
    const { outcome, admission } = await stall.voucher(number);
    expect(outcome).toMatchObject({ total: 260_000, tax: [{ cgst: 6_190, sgst: 6_190 }] });
    expect(admission).toMatchObject({ way: 'captured' });
  });

  it('Goods of a sale come back for what was paid for them.', async () => {
    await page.getByRole('link', { name: 'सामान वापस लें' }).click();
    await page.getByRole('button', { name: /एक और/ }).click();
    await page.getByRole('button', { name: /₹867 लौटाकर/ }).click();
    await page.getByRole('heading', { name: 'वापसी' }).waitFor();
    await waitUntilSent(page);
    const number = ((await page.locator('.paper .number').textContent()) ?? '').replaceAll(' ', '');
    expect((await stall.voucher(number)).outcome).toMatchObject({ moved: [1], refunded: 86_700 });
  });

  it('Goods are received from a supplier.', async () => {
    await go('receive');
    await page.getByRole('button', { name: 'दूसरा माल' }).click();
    await page.getByLabel('दुकानदार या संस्था का नाम').fill('Chikan Samiti');
    await page.getByLabel('सामान जोड़ें').fill('sari');
    await page.locator('.row', { hasText: 'साड़ी' }).click();
    await page.locator('.pad-value').pressSequentially('१२');
    await page.getByRole('button', { name: 'हो गया' }).click();
    await page.getByRole('button', { name: 'माल दर्ज करें' }).click();
    await page.getByRole('heading', { name: 'माल दर्ज हुआ' }).waitFor();
    await waitUntilSent(page);
    const { stock } = await stall.stock();
    expect(stock.find(({ item }) => item === 'WEB-SAREE')?.onHand).toBe(12);
  });

  it('A count outlives a closed app line by line, and sets the stock.', async () => {
    await go('count');
    await page.locator('.quantity-button').first().click();
    await page.locator('.pad-value').pressSequentially('7');
    await page.locator('.pad-value').press('Enter');
    await page.getByText(/में से 1 गिने/).waitFor();
    const counted = await page.locator('.line .item-name').first().textContent();
    await page.reload();
    await page.getByText(/में से 1 गिने/).waitFor();
    await page.getByRole('button', { name: '1 की गिनती दर्ज करें' }).click();
    await page.getByRole('heading', { name: 'गिनती दर्ज हुई' }).waitFor();
    await waitUntilSent(page);
    const { stock } = await stall.stock();
    expect([counted, stock.some(({ onHand }) => onHand === 7)]).toEqual([expect.any(String), true]);
  });

  it('A shift closes with the difference of the till.', async () => {
    await go('shift');
    await page.locator('.pad-value').pressSequentially('500');
    await page.getByRole('button', { name: /अब गल्ले में/ }).click();
    await page.locator('.pad-value').pressSequentially('2230');
    await page.getByText('₹3 कम').waitFor();
    await screenshot('shift');
    await page.locator('.page > .primary').click();
    await page.getByRole('heading', { name: 'पाली बंद हुई' }).waitFor();
    await waitUntilSent(page);
    const number = ((await page.locator('.paper .number').textContent()) ?? '').replaceAll(' ', '');
    expect((await stall.voucher(number)).outcome).toMatchObject({ over: [{ tender: 'cash', amount: -300 }] });
  });

  it('All of it works by keyboard alone.', async () => {
    await go('sell');
    await search().focus();
    await page.keyboard.type('saree');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /भुगतान/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'नकद' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.pad-value:focus').waitFor();
    await page.keyboard.type('2500');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'बिक्री दर्ज हुई' }).waitFor();
  });

  it.each(SCREENS)('axe-core finds nothing serious at %s, and 320 px are enough.', async (screen) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await go(screen);
    await page.locator('h1').first().waitFor({ state: 'attached' });
    expect(await overflowOf(page)).toBe(0);
    expect(await seriousProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 780 });
  });

  it.each(SCREENS)('Letters of 200 % fit into 320 px at %s.', { tags: 'long' }, async (screen) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await go(screen);
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    expect(await overflowOf(page)).toBe(0);
    await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
    await page.setViewportSize({ width: 390, height: 780 });
  });

  it('The app opens and sells without a link, and sends when the link is back.', async () => {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    stall.link.state = 'cut';
    await page.reload();
    const number = await sell(page, 'स्टोल');
    stall.link.state = 'open';
    await linkReturns(page);
    await waitUntilSent(page);
    expect(await stall.recorded()).toContain(number);
  });

  it('The browser finds nothing that keeps the app from being installed.', async () => {
    const tools = await page.context().newCDPSession(page);
    const { installabilityErrors } = await tools.send('Page.getInstallabilityErrors');
    // A test's window is like a private one, where nothing can be installed.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
    const { errors, manifest } = await tools.send('Page.getAppManifest');
    expect([errors, JSON.stringify(manifest)]).toEqual([[], expect.stringContaining('बही')]);
  });

  it('Sign-out ends the session, and the books agree.', async () => {
    await go('more');
    await page.getByRole('button', { name: 'बाहर जाएँ' }).click();
    await page.getByRole('heading', { name: 'आप कौन हैं?' }).waitFor();
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).toBe('{}');
    expect(await stall.audit()).toMatchObject({ location: STALL, drifts: [] });
  });
});

const SCREENS = [
  ...(['sell', 'bill', 'day', 'goods', 'more', 'return', 'receive', 'count', 'shift', 'unsent'] as const),
  ...(['adjust', 'dispatch', 'alerts', 'handover'] as const),
];
