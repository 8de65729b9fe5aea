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
    // Once its worker has every file, the app opens any screen without a link.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
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

  const pick = async (name: string) => {
    await page.goto(`${stall.link.url}/#/sell`);
    await page.locator('.item-pick', { hasText: name }).click();
    await follow(/भुगतान/);
  };
  const type = (digits: string) => page.locator('.pad-value').pressSequentially(digits);
  const saved = async (): Promise<string> => {
    await page.getByRole('heading', { name: 'बिक्री दर्ज हुई' }).waitFor();
    return shownNumber(page);
  };

  it('A bill is paid in parts, which outlive a closed app, with the change of the last.', {
    tags: 'long',
  }, async () => {
    await pick('एम');
    await press('UPI');
    await page.getByRole('img', { name: 'UPI ₹899' }).waitFor();
    await press('सिर्फ़ एक हिस्सा ऐसे');
    await type('४००');
    await page.getByRole('img', { name: 'UPI ₹400' }).waitFor();
    await press('₹400 लें, बाकी दूसरे तरीक़े से');
    await page.reload();
    await press('नकद');
    await type('500');
    await page.locator('dialog .change-due b', { hasText: '₹1' }).waitFor();
    await press('बिक्री दर्ज करें');
    const number = await saved();
    await waitUntilSent(page);
    expect((await stall.voucher(number)).claim).toMatchObject({
      payments: [
        { tender: 'upi', amount: 40_000 },
        { tender: 'cash', amount: 49_900 },
      ],
    });
  });

  it('A discount below the floor price waits for its reason.', { tags: 'long' }, async () => {
    await pick('एम');
    await page.locator('.line-main').click();
    await press('छूट');
    await type('500');
    await press('हो गया');
    expect(await page.getByRole('button', { name: 'कार्ड' }).isDisabled()).toBe(true);
    await page.getByText('कारण लिखें', { exact: true }).click();
    await page.getByLabel('कारण').fill('दाग़ लगा है');
    await press('हो गया');
    await press('कार्ड');
    await press('बिक्री दर्ज करें');
    const number = await saved();
    await waitUntilSent(page);
    expect(await stall.voucher(number)).toMatchObject({
      claim: { lines: [{ discount: 50_000, reason: 'दाग़ लगा है' }] },
      outcome: { total: 39_900 },
    });
  });

  it.each([
    ['एल', '₹50', [{ tender: 'exchange', amount: 89_900 }], [89_900, 5_000]],
    [
      'स्टोल',
      '₹448.50',
      [
        { tender: 'exchange', amount: 45_050 },
        { tender: 'cash', amount: 44_850 },
      ],
      [45_050],
    ],
  ])(
    'A kurta of ₹899 is exchanged for %s without a link: %s is settled.',
    { tags: 'long' },
    async (name, rest, refund, payments) => {
      stall.link.state = 'cut';
      await sell(page, 'एम');
      await follow('सामान वापस लें');
      await press(/एक और/);
      await press('बदले में सामान');
      await press('₹899 के बदले सामान चुनें');
      await page.locator('.item-pick', { hasText: name }).click();
      await follow(/भुगतान/);
      await page.locator('.totals', { hasText: rest }).waitFor();
      if (payments.length > 1) await press('नकद');
      await press('बिक्री दर्ज करें');
      const number = await saved();
      if (payments.length === 1) await page.locator('.page > .change-due b', { hasText: rest }).waitFor();
      stall.link.state = 'open';
      await linkReturns(page);
      await waitUntilSent(page);
      const { claim } = (await stall.voucher(number)) as { claim: { basket?: string; previous: string } };
      const { claim: returned } = await stall.voucher(claim.previous);
      expect(returned).toMatchObject({ kind: 'V', refund, basket: claim.basket });
      expect(claim).toMatchObject({ payments: payments.map((amount) => ({ amount })) });
    },
  );

  it('After all of it the books agree.', async () => {
    await context.close();
    expect(await stall.audit()).toMatchObject({ drifts: [] });
  });
});
