import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  browserPath,
  enrol,
  linkReturns,
  openStallBrowser,
  type StallBrowser,
  sell,
  spoil,
  waitUntilSent,
} from './fixtures/stall.ts';

/** Each story ends with every voucher once in the server's book. */
describe.skipIf(!browserPath)('The outbox in a real browser', () => {
  let stall: StallBrowser;
  beforeAll(async () => {
    stall = await openStallBrowser();
  });
  afterAll(() => stall?.close());
  beforeEach(() => {
    stall.link.state = 'open';
  });

  const expectOnce = async (numbers: readonly string[]) => {
    const recorded = await stall.recorded();
    expect(recorded.filter((number) => numbers.includes(number)).sort()).toEqual([...numbers].sort());
    expect(new Set(recorded).size).toBe(recorded.length);
  };

  it('Sales made while the link is cut wait on the phone, and go once it is back.', async () => {
    const { page, context } = await stall.openEnrolledPhone();
    const before = await sell(page, 'एम');
    await waitUntilSent(page);
    stall.link.state = 'cut';
    const numbers = [before, await sell(page, 'एम'), await sell(page, 'साड़ी')];
    await page.getByText('2 भेजना बाकी').waitFor();
    expect(await stall.recorded()).not.toContain(numbers[1]);
    stall.link.state = 'open';
    await linkReturns(page);
    await waitUntilSent(page);
    await expectOnce(numbers);
    await context.close();
  });

  it('An answer that is lost makes the voucher a repeat, not a second sale.', { tags: 'long' }, async () => {
    const { page, context } = await stall.openEnrolledPhone();
    stall.link.state = 'lose answers';
    const number = await sell(page, 'एल');
    await page.getByText('1 भेजना बाकी').waitFor();
    await expect.poll(() => stall.recorded()).toContain(number);
    stall.link.state = 'open';
    await linkReturns(page);
    await waitUntilSent(page);
    await expectOnce([number]);
    await context.close();
  });

  it('A page that is killed while it sends loses nothing and doubles nothing.', { tags: 'long' }, async () => {
    const { page, context } = await stall.openEnrolledPhone();
    const held = stall.link.hold(/\/vouchers$/);
    const number = await sell(page, 'एम');
    await held.arrived;
    await page.close({ runBeforeUnload: false });
    held.release();
    const again = await stall.openTab(context);
    await waitUntilSent(again);
    await expectOnce([number]);
    await context.close();
  });

  it('An answer that comes late, after a second tab has sent too, changes nothing.', { tags: 'long' }, async () => {
    const { page, context } = await stall.openEnrolledPhone();
    const held = stall.link.hold(/\/vouchers$/);
    const number = await sell(page, 'एम');
    await held.arrived;
    const other = await stall.openTab(context);
    await other.getByRole('link', { name: /भेज/ }).first().waitFor();
    held.release();
    await waitUntilSent(page);
    await waitUntilSent(other);
    await expectOnce([number]);
    await context.close();
  });

  it('Two tabs draw different numbers, one after another.', { tags: 'long' }, async () => {
    const { page, context } = await stall.openEnrolledPhone();
    const other = await stall.openTab(context);
    const numbers = [await sell(page, 'एम'), await sell(other, 'एल'), await sell(page, 'साड़ी')];
    expect(numbers.map((number) => Number(number.slice(12)))).toEqual([1, 2, 3]);
    await waitUntilSent(page);
    await expectOnce(numbers);
    await context.close();
  });

  it('One bill that is open in two tabs is sold once.', { tags: 'long' }, async () => {
    const { page, context } = await stall.openEnrolledPhone();
    await page.locator('.item-pick', { hasText: 'एम' }).click();
    const other = await stall.openTab(context);
    for (const tab of [page, other]) {
      await tab.bringToFront();
      await tab.getByRole('link', { name: /भुगतान/ }).click();
      await tab.getByRole('button', { name: 'कार्ड' }).click();
      await tab.getByRole('button', { name: 'बिक्री दर्ज करें' }).waitFor();
    }
    const press = () => document.querySelector<HTMLButtonElement>('dialog .primary')?.click();
    await Promise.all([page, other].map((tab) => tab.evaluate(press)));
    // The tab that is late may learn of the sale before its press: its sheet closes all the same.
    await Promise.all([page, other].map((tab) => tab.locator('dialog').waitFor({ state: 'detached' })));
    await page.goto(`${stall.link.url}/#/day`);
    await page.getByText('1 बिल').waitFor();
    await waitUntilSent(page);
    await context.close();
  });

  it('Two phones at one stall never share a number.', { tags: 'long' }, async () => {
    const phones = await Promise.all([stall.openEnrolledPhone(), stall.openEnrolledPhone()]);
    const numbers = await Promise.all(phones.map(({ page }) => sell(page, 'एम')));
    await Promise.all(phones.map(({ page }) => waitUntilSent(page)));
    expect(new Set(numbers.map((number) => number.slice(0, 5))).size).toBe(2);
    await expectOnce(numbers);
    for (const { context } of phones) await context.close();
  });

  it('A voucher that the server cannot take does not stop the next one, and stays.', { tags: 'long' }, async () => {
    const { page, context } = await stall.openEnrolledPhone();
    stall.link.state = 'cut';
    const bad = await sell(page, 'एम');
    await spoil(page, bad);
    const good = await sell(page, 'एल');
    stall.link.state = 'open';
    await linkReturns(page);
    await page.getByText('1 भेजना बाकी').waitFor();
    await expectOnce([good]);
    await page.goto(`${stall.link.url}/#/unsent`);
    await page.getByRole('link', { name: new RegExp(`बिक्री ${bad.slice(12)}`) }).waitFor();
    await page.goto(`${stall.link.url}/#/more`);
    await page.getByRole('button', { name: 'बाहर जाएँ' }).click();
    await page.getByText('पहले सब भेजें: 1 अभी इसी फ़ोन में हैं।').waitFor();
    await context.close();
  });

  it('A clock that is 20 minutes off is measured, and the sale counts.', { tags: 'long' }, async () => {
    const { page, context } = await stall.openPhone();
    await page.clock.install({ time: Date.now() + 20 * 60_000 });
    await page.reload();
    await enrol(page);
    const number = await sell(page, 'एम');
    await waitUntilSent(page);
    const { skew = 0 } = (await stall.voucher(number)).admission;
    expect(Math.abs(skew + 20 * 60_000)).toBeLessThan(60_000);
    await context.close();
  });

  it('A phone whose clock stands still draws no time twice.', { tags: 'long' }, async () => {
    const { page, context } = await stall.openEnrolledPhone();
    await page.clock.setFixedTime(Date.now());
    const numbers = [await sell(page, 'एम'), await sell(page, 'एल'), await sell(page, 'एम')];
    await waitUntilSent(page);
    const vouchers = await Promise.all(numbers.map((number) => stall.voucher(number)));
    expect(new Set(vouchers.map(({ claim }) => claim.occurredAt)).size).toBe(3);
    await context.close();
  });

  it('After all stories the books agree.', async () => {
    expect(await stall.audit()).toMatchObject({ drifts: [] });
  });

  it('Goods and stock of a phone with the first version of its database stay.', async () => {
    const { page, context } = await stall.openPhone();
    await page.goto(`${stall.link.url}/icon.svg`);
    await page.evaluate(fillFirstVersion);
    stall.link.blocked = /\/locations\//;
    await page.goto(`${stall.link.url}/#/sell`);
    await page.locator('.item', { hasText: 'पुराना कुर्ता' }).getByText('5 बचे').waitFor();
    stall.link.blocked = undefined;
    await context.close();
  });
});

/** As version 1 stored them. The app's own database of an empty phone is replaced. */
const fillFirstVersion = async (): Promise<void> => {
  const answer = <Result>(request: IDBRequest<Result>) =>
    new Promise<Result>((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
  await answer(indexedDB.deleteDatabase('bahi'));
  const opening = indexedDB.open('bahi', 1);
  opening.onupgradeneeded = () => {
    const db = opening.result;
    const vouchers = db.createObjectStore('vouchers', { keyPath: 'number' });
    for (const index of ['state', 'day']) vouchers.createIndex(index, index);
    db.createObjectStore('terminals', { keyPath: 'terminal' }).put({ terminal: '7KQ2M', location: 'LKO-01', last: {} });
    const item = { item: 'OLD', place: 'LKO-01', name: 'Old kurta', nameHi: 'पुराना कुर्ता', unit: 'piece' };
    const prices = [{ from: '2020-04-01', price: 100, mrp: 100, gstBasisPoints: 500 }];
    db.createObjectStore('items', { keyPath: 'item' }).put({ ...item, seller: 'LKO1', aliases: [], prices });
    const settings = db.createObjectStore('settings');
    settings.put({ at: Date.now(), rows: [{ item: 'OLD', free: 5, onHand: 5 }] }, 'stock');
    settings.put({ role: 'outlet', scope: ['location:LKO-01'] }, 'user');
  };
  (await answer(opening)).close();
};
