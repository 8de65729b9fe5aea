import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectOk } from '../kit/book.ts';
import {
  browserPath,
  enrol,
  linkReturns,
  openStallBrowser,
  STALL,
  type StallBrowser,
  shownNumber,
  waitUntilSent,
} from './fixtures/stall.ts';

const OTHER_STALL = 'LKO-02';

describe.skipIf(!browserPath)('Goods between stalls', () => {
  let stall: StallBrowser;
  let asha: Page;
  let zakir: Page;
  beforeAll(async () => {
    stall = await openStallBrowser();
    [asha, zakir] = [(await stall.openPhone()).page, (await stall.openPhone()).page];
    await enrol(asha);
    await enrol(zakir, /ज़ाकिर/);
  });
  afterAll(() => stall?.close());

  const go = (page: Page, screen: string) => page.goto(`${stall.link.url}/#/${screen}`);
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
  const type = (page: Page, digits: string) => page.locator('.pad-value').pressSequentially(digits);
  const add = async (page: Page, name: string, quantity: string) => {
    await page.getByLabel('सामान जोड़ें').fill(name);
    await page.locator('.rows .row').first().click();
    await type(page, quantity);
    await press(page, 'हो गया');
  };
  const saved = async (page: Page): Promise<string> => {
    await page.locator('.paper').waitFor();
    const number = await shownNumber(page);
    await waitUntilSent(page);
    return number;
  };
  const receiveFromSupplier = async (page: Page, quantity: string) => {
    await go(page, 'receive');
    await press(page, 'दूसरा माल');
    await page.getByLabel('दुकानदार या संस्था का नाम').fill('Chikan Samiti');
    await add(page, 'saree', quantity);
    await press(page, 'माल दर्ज करें');
    await saved(page);
  };
  const shelf = async (location: string) =>
    expectOk(await stall.admin.getLocationStock({ path: { location } })).stock.find(({ item }) => item === 'WEB-SAREE');

  const enterAddresses = async () => {
    for (const id of [STALL, OTHER_STALL]) {
      const path = { kind: 'outlets' as const, id };
      const { entry, version } = expectOk(await stall.admin.getEntry({ path }));
      const body = { ...entry, address: 'Platform 1, Charbagh, Lucknow', pinCode: '226004' };
      expectOk(await stall.admin.putEntry({ path, body, ifMatch: version }));
    }
  };

  it('What one stall lacks is asked of another, sent, and received in parts.', async () => {
    await receiveFromSupplier(zakir, '४०');
    await receiveFromSupplier(asha, '1');
    await fetch(`${stall.bahi.url}/local/jobs/sweep-alerts`, { method: 'POST' });

    await go(zakir, 'alerts');
    await zakir.getByRole('link', { name: /Lucknow, stall 1/ }).click();
    await zakir.getByRole('button', { name: /चिकन साड़ी: \d/ }).waitFor();
    await zakir.getByLabel('चालान नंबर').fill('42');
    await press(zakir, 'भेजा हुआ दर्ज करें');
    const dispatch = await saved(zakir);
    await press(zakir, 'डिलीवरी चालान (PDF, 3 प्रतियाँ)');
    await zakir.getByRole('alert').waitFor();
    await zakir.getByText(/^from.address: /).waitFor();
    await enterAddresses();
    const challanOf = async (page: Page) => {
      const download = page.waitForEvent('download');
      await press(page, 'डिलीवरी चालान (PDF, 3 प्रतियाँ)');
      return readFile(await (await download).path());
    };
    const challan = await challanOf(zakir);
    expect(challan.subarray(0, 5).toString()).toBe('%PDF-');
    const { claim } = await stall.voucherAt(OTHER_STALL, dispatch);
    expect(claim).toMatchObject({ to: STALL, document: '42', lines: [{ item: 'WEB-SAREE' }] });
    const [{ quantity = 0 } = {}] = (claim as { lines: { quantity: number }[] }).lines;
    expect(quantity).toBeGreaterThan(3);

    await go(asha, 'alerts');
    await press(asha, 'मैं देख रहा/रही हूँ');
    await asha.getByText('सब ठीक है').waitFor();
    const receive = async (accepted: string, rejected?: string) => {
      await go(asha, 'receive');
      await asha.getByRole('button', { name: /LKO-02/ }).click();
      if (rejected) expect((await challanOf(asha)).length).toBe(challan.length);
      await asha.locator('.quantity-button').click();
      await type(asha, accepted);
      if (rejected) {
        await asha.getByRole('button', { name: /लौटाने लायक/ }).click();
        await type(asha, rejected);
        expect(await asha.getByRole('button', { name: 'हो गया' }).isDisabled()).toBe(true);
        await asha.getByLabel('क्यों लौटाया').fill('फटी है');
      }
      await press(asha, 'हो गया');
      if (!rejected) await asha.getByLabel('इस चालान का और नहीं आएगा').check();
      await press(asha, 'माल दर्ज करें');
      await saved(asha);
      const path = { location: STALL, dispatch };
      return expectOk(await stall.admin.getTransfer({ path }));
    };
    expect(await receive('2', '1')).toMatchObject({ state: 'open', lines: [{ accepted: 2, rejected: 1 }] });
    expect(await receive('1')).toMatchObject({ state: 'closed', lines: [{ accepted: 3, rejected: 1 }] });
    expect(await shelf(STALL)).toMatchObject({ onHand: 4, inbound: 0 });
    expect(await shelf(OTHER_STALL)).toMatchObject({ onHand: 40 - quantity });
  });

  it('Goods are not sent where their seller does not trade.', async () => {
    await go(zakir, 'dispatch');
    await zakir.getByLabel('कहाँ भेजना है (नाम या नंबर)').fill('pilibhit');
    await zakir.getByRole('button', { name: /PBE-01/ }).click();
    await add(zakir, 'saree', '1');
    await zakir.getByText('में Chikan Samiti का माल नहीं बिकता').waitFor();
    expect(await zakir.getByRole('button', { name: 'भेजा हुआ दर्ज करें' }).isDisabled()).toBe(true);
  });

  it('Damage is written without a link, and the book follows.', async () => {
    stall.link.state = 'cut';
    await go(asha, 'adjust');
    await press(asha, 'खो गया');
    await add(asha, 'साड़ी', '9');
    await asha.getByText('बही में सिर्फ़ 4 हैं').waitFor();
    await asha.locator('.quantity-button').click();
    await type(asha, '1');
    await press(asha, 'हो गया');
    await asha.getByLabel('कैसे हुआ').fill('भीड़ में');
    await press(asha, 'सुधार दर्ज करें');
    await asha.locator('.paper').waitFor();
    const number = await shownNumber(asha);
    stall.link.state = 'open';
    await linkReturns(asha);
    await waitUntilSent(asha);
    expect((await stall.voucher(number)).claim).toMatchObject({ kind: 'A', reason: 'lost', note: 'भीड़ में' });
    expect(await shelf(STALL)).toMatchObject({ onHand: 3 });
  });

  describe('An item that is new since the phone’s list', () => {
    const NEW = 'WEB-INDIGO';
    const requestLine = (item: string, quantity: number) => ({ item, quantity });
    let counter: Awaited<ReturnType<StallBrowser['enrolCounter']>>;
    beforeAll(async () => {
      const path = { kind: 'items' as const, id: 'WEB-STOLE' };
      const { entry } = expectOk(await stall.admin.getEntry({ path }));
      const { keypad: _own, ...same } = entry;
      const body = { ...same, name: 'Indigo stole', nameHi: 'नील का स्टोल' };
      expectOk(await stall.admin.putEntry({ path: { ...path, id: NEW }, body }));
      counter = await stall.enrolCounter(OTHER_STALL, 'LKO1');
      const lines = [requestLine('WEB-SAREE', 5), requestLine(NEW, 9)];
      await counter('R', { from: { supplier: 'Chikan Samiti' }, lines });
    });

    it('It is shown by its number in a dispatch, and received under it.', async () => {
      const sent = await counter('D', { to: STALL, lines: [requestLine('WEB-SAREE', 1), requestLine(NEW, 3)] });
      stall.link.blocked = new RegExp(`/registry/items/${NEW}`);
      await go(asha, 'receive');
      await asha.getByRole('button', { name: new RegExp(`${sent.slice(-4)}`) }).click();
      await asha.locator('.line', { hasText: NEW }).getByText('सूची में अभी नहीं').waitFor();
      await press(asha, 'माल दर्ज करें');
      const number = await saved(asha);
      await asha.locator('.paper-lines').getByText(NEW).waitFor();
      expect((await stall.voucher(number)).claim).toMatchObject({
        lines: [requestLine('WEB-SAREE', 1), requestLine(NEW, 3)],
      });
    });

    it('With a link its name is read from the registry.', async () => {
      const sent = await counter('D', { to: STALL, lines: [requestLine(NEW, 2)] });
      stall.link.blocked = undefined;
      await go(asha, 'receive');
      await asha.getByRole('button', { name: new RegExp(`${sent.slice(-4)}`) }).click();
      await asha.locator('.line').getByText('नील का स्टोल').waitFor();
      expect(await asha.getByText('सूची में अभी नहीं').count()).toBe(0);
      await press(asha, 'माल दर्ज करें');
      expect((await stall.voucher(await saved(asha))).claim).toMatchObject({ lines: [requestLine(NEW, 2)] });
    });
  });

  it('An item that the phone does not know is sent on request, in the unit that the request states.', async () => {
    const path = { kind: 'items' as const, id: 'WEB-DYE' };
    const { entry } = expectOk(await stall.admin.getEntry({ path: { kind: 'items', id: 'WEB-STOLE' } }));
    const { keypad: _own, ...same } = entry;
    const body = { ...same, name: 'Indigo', nameHi: 'नील', unit: 'gram', units: [{ unit: 'kg', base: 1_000 }] };
    expectOk(await stall.admin.putEntry({ path, body: { ...body, reorderPoint: 500 } as never }));
    for (const [location, quantity] of [
      [STALL, '0.1 kg'],
      [OTHER_STALL, '9 kg'],
    ] as const) {
      const counter = await stall.enrolCounter(location, 'LKO1');
      await counter('R', { from: { supplier: 'Dyer' }, lines: [{ item: path.id, quantity }] });
    }
    await fetch(`${stall.bahi.url}/local/jobs/sweep-alerts`, { method: 'POST' });
    stall.link.blocked = new RegExp(`/registry/items/${path.id}`);
    await go(zakir, 'alerts');
    await zakir.getByRole('link', { name: /Lucknow, stall 1/ }).click();
    await zakir.locator('.line', { hasText: path.id }).getByText('सूची में अभी नहीं').waitFor();
    await press(zakir, 'भेजा हुआ दर्ज करें');
    const { claim } = await stall.voucherAt(OTHER_STALL, await saved(zakir));
    expect(claim).toMatchObject({
      lines: expect.arrayContaining([{ item: path.id, quantity: expect.stringMatching(/^\d+ gram$|^[\d.]+ kg$/) }]),
    });
    stall.link.blocked = undefined;
  });

  it('After all of it the books of both stalls agree.', async () => {
    expect(await stall.audit()).toMatchObject({ drifts: [] });
    expect(await stall.audit(OTHER_STALL)).toMatchObject({ drifts: [] });
  });
});
