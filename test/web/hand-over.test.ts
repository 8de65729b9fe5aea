import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectOk } from '../kit/book.ts';
import {
  browserPath,
  enrol,
  forget,
  linkReturns,
  openStallBrowser,
  STALL,
  type StallBrowser,
  sell,
  waitUntilSent,
} from './fixtures/stall.ts';

describe.skipIf(!browserPath)('A stall of several phones and persons', () => {
  let stall: StallBrowser;
  let first: Page;
  let second: Page;
  const sold: string[] = [];
  beforeAll(async () => {
    stall = await openStallBrowser();
    const staff = { name: 'Ravi Kumar', location: STALL };
    expectOk(await stall.admin.putEntry({ path: { kind: 'staff', id: 'S003' }, body: staff }));
    first = (await stall.openEnrolledPhone({ acceptDownloads: true })).page;
    second = (await stall.openEnrolledPhone()).page;
  });
  afterAll(() => stall?.close());
  const go = (page: Page, screen: string) => page.goto(`${stall.link.url}/#/${screen}`);
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();

  it('The day book shows this phone, and the whole stall on demand.', { tags: 'long' }, async () => {
    sold.push(await sell(first, 'एम'), await sell(second, 'एल'));
    await waitUntilSent(second);
    await waitUntilSent(first);
    await go(first, 'day');
    await first.locator('.day-total', { hasText: '₹899' }).waitFor();
    await press(first, 'पूरी दुकान');
    await first.locator('.day-total', { hasText: '₹1,848' }).waitFor();
    await first.getByRole('link', { name: /बिक्री.*एल/ }).click();
    await first.locator('.paper', { hasText: '₹949' }).waitFor();
  });

  it('A voucher that does not go is given to an officer as a file, and counts once.', { tags: 'long' }, async () => {
    stall.link.state = 'cut';
    const number = await sell(first, 'स्टोल');
    const button = first.getByRole('button', { name: 'अधिकारी के लिए फ़ाइल' });
    await expect
      .poll(async () => {
        await linkReturns(first);
        return button.isVisible();
      })
      .toBe(true);
    const [download] = await Promise.all([first.waitForEvent('download'), button.click()]);
    const { location, body } = JSON.parse(await readFile(await download.path(), 'utf8'));
    const answer = expectOk(await stall.admin.syncVouchers({ path: { location }, body }));
    expect(answer.outcomes).toMatchObject([{ number, outcome: 'recorded' }]);
    stall.link.state = 'open';
    await linkReturns(first);
    await waitUntilSent(first);
    sold.push(number);
  });

  it('A number that the phone lost is found missing.', { tags: 'long' }, async () => {
    stall.link.state = 'cut';
    const lost = await sell(first, 'एम');
    await forget(first, lost);
    sold.push(await sell(first, 'एम'));
    stall.link.state = 'open';
    await first.reload();
    await waitUntilSent(first);
    await go(first, 'unsent');
    await press(first, 'देखें कि सर्वर को कोई नंबर नहीं मिला');
    await first
      .locator('.row', { hasText: lost.slice(12) })
      .getByText(/इस फ़ोन में नहीं है/)
      .waitFor();
  });

  it('A hand-over and a sign-out wait until everything is sent.', async () => {
    stall.link.state = 'cut';
    sold.push(await sell(first, 'एम'));
    await go(first, 'more');
    await press(first, 'बाहर जाएँ');
    await first.getByText('पहले सब भेजें: 1 अभी इसी फ़ोन में हैं।').waitFor();
    await first.getByRole('link', { name: 'दुकान सौंपें' }).click();
    await first.getByText(/तब तक दुकान नहीं सौंपी जा सकती/).waitFor();
    stall.link.state = 'open';
    await linkReturns(first);
    await waitUntilSent(first);
  });

  it('A hand-over ends the old phone, and its code starts the phone of the next holder.', async () => {
    const holder = first.getByLabel('नया धारक', { exact: true });
    await holder.selectOption({ label: 'कोई और (नंबर लिखें)' });
    await first.getByLabel('नए धारक का कर्मचारी नंबर').fill('s००१');
    await first.getByText('नया धारक दूसरा व्यक्ति होना चाहिए।').waitFor();
    await holder.selectOption({ label: 'Ravi Kumar' });
    expect(await first.getByLabel('लेने वाले का नाम').inputValue()).toBe('Ravi Kumar');
    await first.getByLabel('सौंपने वाले का नाम').fill('आशा मौर्य');
    await first.locator('.pad-value').pressSequentially('५००');
    await first.locator('.page > .primary').click();
    const code = await first.locator('.change-due .number').textContent();
    await waitUntilSent(first);
    await go(first, 'sell');
    await first.getByRole('heading', { name: 'इस फ़ोन को जोड़ें' }).waitFor();

    const { page: next } = await stall.openPhone();
    await enrol(next, /आशा/, { code: code ?? '', staff: 'S003' });
    const number = await sell(next, 'एल');
    await waitUntilSent(next);
    sold.push(number);
    expect((await stall.voucher(number)).claim).toMatchObject({ by: 'S003', previous: null });
    await go(next, 'more');
    await next.getByLabel('अभी काम पर कौन हैं').selectOption({ label: 'Asha' });
    sold.push(await sell(next, 'स्टोल'));
    await waitUntilSent(next);
    expect((await stall.voucher(sold.at(-1) ?? '')).claim).toMatchObject({ by: 'S001' });
    const terminals = expectOk(await stall.admin.listTerminals({ path: { location: STALL } })).terminals;
    expect(terminals.filter(({ handedOver }) => handedOver)).toMatchObject([{ terminal: sold[0]?.slice(0, 5) }]);
  });

  it('A phone that changes place shows the goods and the stock of each place alone.', { tags: 'long' }, async () => {
    const { page } = await stall.openEnrolledPhone();
    await go(page, 'receive');
    await press(page, 'दूसरा माल');
    await page.getByLabel('दुकानदार या संस्था का नाम').fill('Chikan Samiti');
    await page.getByLabel('सामान जोड़ें').fill('saree');
    await page.locator('.rows .row').first().click();
    await page.locator('.pad-value').pressSequentially('7');
    await press(page, 'हो गया');
    await press(page, 'माल दर्ज करें');
    await page.locator('.paper').waitFor();
    await waitUntilSent(page);
    await go(page, 'sell');
    const stock = page.locator('.item', { hasText: 'साड़ी' }).locator('.stock');
    await expect.poll(() => stock.textContent()).toMatch(/^\d+ बचे$/);
    const known = (await stock.textContent()) ?? '';
    await go(page, 'more');
    await press(page, 'बाहर जाएँ');
    await page.getByRole('heading', { name: 'आप कौन हैं?' }).waitFor();
    await go(page, 'sell');
    stall.link.blocked = /\/locations\/LKO-0.\/stock/;
    await enrol(page, /ज़ाकिर/);
    await stock.getByText('गिनती पता नहीं').waitFor();
    await go(page, 'more');
    await press(page, 'बाहर जाएँ');
    await page.getByRole('heading', { name: 'आप कौन हैं?' }).waitFor();
    await go(page, 'sell');
    stall.link.blocked = /\/locations\/LKO-01\/(stock|catalogue)/;
    await page.getByRole('button', { name: /आशा/ }).click();
    await stock.getByText(known, { exact: true }).waitFor();
    stall.link.blocked = undefined;
  });

  it('Every voucher is in the book once, and the books agree.', async () => {
    const recorded = await stall.recorded();
    expect(recorded.filter((number) => number[5] === 'S').sort()).toEqual([...sold].sort());
    expect(await stall.audit()).toMatchObject({ drifts: [] });
  });
});
