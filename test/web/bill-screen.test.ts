import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  browserPath,
  linkReturns,
  openStallBrowser,
  type StallBrowser,
  sell,
  shownNumber,
  waitUntilSent,
} from './fixtures/stall.ts';

describe.skipIf(!browserPath)('The bill at a stall', () => {
  let stall: StallBrowser;
  let page: Page;
  let context: BrowserContext;
  beforeAll(async () => {
    stall = await openStallBrowser();
    ({ page, context } = await stall.openEnrolledPhone({ acceptDownloads: true }));
  });
  afterAll(() => stall?.close());
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
  const follow = (name: string | RegExp) => page.getByRole('link', { name }).click();
  const savedBill = async (): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), press('फ़ाइल रखें')]);
    return readFile(await download.path(), 'utf8');
  };

  it('Without a link it is shown right after the sale, as the server makes it later.', async () => {
    stall.link.state = 'cut';
    const number = await sell(page, 'एम');
    await follow(/बिल दिखाएँ/);
    await page.getByText('सर्वर ने इसे अभी दर्ज नहीं किया').waitFor();
    await page.getByText('आठ सौ निन्यानवे रुपये मात्र').waitFor();
    const hindi = await savedBill();
    await press('English');
    await page.getByText('Rupees eight hundred ninety-nine only').waitFor();
    const english = await savedBill();

    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.tabs').isVisible()).toBe(false);
    expect(await page.getByRole('heading', { name: 'Tax invoice', level: 1 }).isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });

    stall.link.state = 'open';
    await linkReturns(page);
    await waitUntilSent(page);
    await page.getByText('सर्वर की बही में दर्ज').waitFor();
    expect([hindi, english]).toEqual([await stall.billPage(number, 'hi'), await stall.billPage(number, 'en')]);
  });

  it('Sharing hands the file to the phone’s apps, and saves it where there are none.', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), press('ग्राहक को भेजें')]);
    expect(download.suggestedFilename()).toMatch(/^\w{16}\.html$/);
    // Debian's Chromium has no list of apps, so this stands in for it.
    await page.evaluate(() => {
      const given: ShareData[] = [];
      Object.assign(navigator, { canShare: () => true, share: async (data: ShareData) => void given.push(data) });
      Object.assign(globalThis, { given });
    });
    await press('ग्राहक को भेजें');
    const shared = await page.evaluate(() => {
      const [first] = (globalThis as unknown as { given: ShareData[] }).given;
      return { text: first?.text, files: first?.files?.map(({ type }) => type) };
    });
    expect(shared).toEqual({ text: expect.stringContaining('₹899'), files: ['text/html'] });
  });

  it('A return has a credit note, also without a link.', async () => {
    stall.link.state = 'cut';
    await page.goBack();
    await follow('सामान वापस लें');
    await press(/एक और/);
    await press(/₹899 लौटाकर/);
    await page.getByRole('heading', { name: 'वापसी' }).waitFor();
    const number = await shownNumber(page);
    await follow(/बिल दिखाएँ/);
    const note = await savedBill();
    stall.link.state = 'open';
    await linkReturns(page);
    await waitUntilSent(page);
    expect(note).toBe(await stall.billPage(number, 'hi'));
  });

  it('After all of it the books agree.', async () => {
    await context.close();
    expect(await stall.audit()).toMatchObject({ drifts: [] });
  });
});
