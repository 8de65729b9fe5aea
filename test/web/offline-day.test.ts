import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf, instantOf } from '../../shared/kernel/time.ts';
import { partsOf, type VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import * as phone from './fixtures/stall.ts';

/** Behind India by 12 or 13 hours, so that its own day is another one for half of the day. */
const FAR_ZONE = 'America/Los_Angeles';

let stall: phone.StallBrowser;
let page: Page;
const numbers: string[] = [];

describe.skipIf(!phone.browserPath)(
  'A day without a link, on a phone that is set to another time zone',
  { tags: 'long' },
  () => {
    beforeAll(async () => {
      stall = await phone.openStallBrowser();
      ({ page } = await stall.openEnrolledPhone({ timezoneId: FAR_ZONE }));
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      stall.link.state = 'cut';
    });
    afterAll(() => stall?.close());
    it('Goods are received.', async () => {
      await go('receive');
      await press('दूसरा माल');
      await page.getByLabel('दुकानदार या संस्था का नाम').fill('Chikan Samiti');
      await page.getByLabel('सामान जोड़ें').fill('sari');
      await page.locator('.row', { hasText: 'साड़ी' }).click();
      await type('5');
      await press('हो गया');
      await press('माल दर्ज करें');
      await isSaved('माल दर्ज हुआ');
    });

    it('A saree is sold, at the time of India, and comes back.', async () => {
      const number = await phone.sell(page, 'साड़ी');
      numbers.push(number);
      expect(partsOf(number as VoucherNumber).day).toBe(dayOf(instantOf(Date.now())));
      const india = new Intl.DateTimeFormat('hi-IN', { hour: '2-digit', hour12: false, timeZone: 'Asia/Kolkata' });
      expect(await page.locator('.paper-head').textContent()).toContain(`${india.format(Date.now()).slice(0, 2)}:`);
      await page.getByRole('link', { name: 'सामान वापस लें' }).click();
      await press(/एक और/);
      await press(/लौटाकर/);
      await isSaved('वापसी');
    });

    it('Sarees are counted, and the shift is closed.', async () => {
      await go('count');
      await page.locator('.line', { hasText: 'साड़ी' }).locator('.quantity-button').click();
      await type('5');
      await page.locator('.pad-value').press('Enter');
      await press('1 की गिनती दर्ज करें');
      await isSaved('गिनती दर्ज हुई');
      await go('shift');
      await type('500');
      await press(/अब गल्ले में/);
      await type('500');
      await page.locator('.page > .primary').click();
      await isSaved('पाली बंद हुई');
    });

    it('Once the link is back all of it is in the book, and the book agrees with the shelf.', async () => {
      expect(await stall.recorded()).toEqual([]);
      stall.link.state = 'open';
      await phone.linkReturns(page);
      await phone.waitUntilSent(page);
      expect((await stall.recorded()).toSorted()).toEqual(numbers.toSorted());
      const { stock } = await stall.stock();
      expect(stock.find(({ item }) => item === 'WEB-SAREE')).toMatchObject({ onHand: 5 });
      expect(await stall.audit()).toMatchObject({ drifts: [] });
    });
  },
);

const go = (screen: string) => page.goto(`${stall.link.url}/#/${screen}`);
const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
const type = (digits: string) => page.locator('.pad-value').pressSequentially(digits);

const isSaved = async (heading: string): Promise<void> => {
  await page.getByRole('heading', { name: heading }).waitFor();
  numbers.push(await phone.shownNumber(page));
};
