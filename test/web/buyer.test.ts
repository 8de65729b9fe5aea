import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPath, openStallBrowser, type StallBrowser, shownNumber, waitUntilSent } from './fixtures/stall.ts';

const DELHI_GSTIN = '07AAACB2894G1ZP';

describe.skipIf(!browserPath)('A buyer at a stall', () => {
  let stall: StallBrowser;
  let page: Page;
  beforeAll(async () => {
    stall = await openStallBrowser();
    ({ page } = await stall.openEnrolledPhone());
  });
  afterAll(() => stall?.close());
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
  const openBill = async () => {
    await page.goto(`${new URL(page.url()).origin}/#/sell`);
    await page.locator('.item-pick', { hasText: 'एम' }).click();
    await page.getByRole('link', { name: /भुगतान/ }).click();
  };
  const pay = async (reference?: string) => {
    await press(reference ? 'UPI' : 'नकद');
    if (reference) await page.getByLabel('पर्ची या UPI नंबर (हो तो)').fill(reference);
    await press('बिक्री दर्ज करें');
    await page.getByRole('heading', { name: 'बिक्री दर्ज हुई' }).waitFor();
    await waitUntilSent(page);
    return shownNumber(page);
  };

  it('A GSTIN of another State is checked, and makes the bill one with IGST.', async () => {
    await openBill();
    await press('ख़रीदार लिखें (GSTIN या राज्य)');
    await page.getByLabel('GSTIN (हो तो)').fill(DELHI_GSTIN.replace(/P$/, 'Q'));
    await page.getByText('यह GSTIN सही नहीं है').waitFor();
    await page.getByLabel('GSTIN (हो तो)').fill(DELHI_GSTIN.toLowerCase());
    await page.getByText('बिल पर IGST होगा').waitFor();
    await press('बिल पर लिखें');
    await page.getByText('GSTIN के साथ नाम और पता भी लिखें').waitFor();
    await page.getByLabel('नाम').fill('Sharma Traders');
    await page.getByLabel('पता').fill('1 Mall Road, Delhi');
    await press('बिल पर लिखें');
    await page.getByText('Sharma Traders').waitFor();
    // The bill in progress keeps its buyer.
    await page.reload();
    await page.getByText('Sharma Traders').waitFor();
    const voucher = await stall.voucher(await pay());
    expect(voucher.claim).toMatchObject({
      buyer: { gstin: DELHI_GSTIN, name: 'Sharma Traders', address: '1 Mall Road, Delhi' },
    });
    expect(voucher.outcome).toMatchObject({ placeOfSupply: '07', tax: [{ cgst: 0, sgst: 0, igst: 4_281 }] });
    await openBill();
    expect(await page.getByText('Sharma Traders').count()).toBe(0);
  });

  it('Below ₹50,000 a bill keeps only the State of a buyer without a GSTIN, and a buyer can be taken off.', {
    tags: 'long',
  }, async () => {
    await page.reload();
    await press('ख़रीदार लिखें (GSTIN या राज्य)');
    await page.getByLabel('राज्य', { exact: true }).selectOption({ label: 'दिल्ली' });
    await page.getByLabel('नाम').fill('Ramesh');
    await press('बिल पर लिखें');
    await press('ख़रीदार बदलें');
    await press('ख़रीदार हटाएँ');
    await press('ख़रीदार लिखें (GSTIN या राज्य)');
    await page.getByLabel('राज्य', { exact: true }).selectOption({ label: 'दिल्ली' });
    await page.getByLabel('नाम').fill('Ramesh');
    await press('बिल पर लिखें');
    const { claim } = await stall.voucher(await pay());
    expect(claim).toMatchObject({ buyer: { state: '07' } });
    expect(JSON.stringify(claim)).not.toContain('Ramesh');
  });

  it('A bill with the UPI number of another bill shows a warning that names it.', async () => {
    await openBill();
    const first = await pay('432198765012');
    expect(await page.getByRole('alert').count()).toBe(0);
    await openBill();
    await pay('432198765012');
    const notice = page.getByRole('alert').filter({ hasText: 'यही UPI नंबर' });
    await notice.waitFor();
    expect((await notice.textContent())?.replaceAll(' ', '')).toContain(first);
  });
});
