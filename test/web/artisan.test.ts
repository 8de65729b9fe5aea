import jsqr from 'jsqr';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectOk } from '../kit/book.ts';
import { expectReadable } from './fixtures/accessibility.ts';
import { ARTISAN, BAMBOO, DEPOT, type DepotBrowser, enterMeasure, openDepotBrowser } from './fixtures/depot.ts';
import { browserPath } from './fixtures/stall.ts';

describe.skipIf(!browserPath)('The screens of an artisan', () => {
  let depot: DepotBrowser;
  let page: Page;
  let counter: Awaited<ReturnType<DepotBrowser['enrolCounter']>>;
  beforeAll(async () => {
    depot = await openDepotBrowser();
    counter = await depot.enrolCounter(DEPOT, 'PBT1');
    const lines = [{ item: BAMBOO, quantity: '50 kg', lot: 'L-1' }];
    await counter('R', { from: { supplier: 'Assam Bamboo Society' }, lines });
    ({ page } = await depot.openPhone());
    await page.getByRole('button', { name: /नूरजहाँ/ }).click();
    await page.getByRole('heading', { name: 'मेरी माँगें' }).waitFor();
  });
  afterAll(() => depot?.close());
  const go = (address: string) => depot.go(page, address);
  const screenshot = async (name: string) => {
    if (process.env.WRITE_SCREENS) await page.screenshot({ path: `docs/screens/${name}.png` });
  };
  const own = async () => expectOk(await depot.artisan.listProducerRequests({ path: { producer: ARTISAN } })).requests;
  const fillForm = async (kg: string) => {
    await page.getByRole('button', { name: /बांसुरी का बाँस: 0/ }).click();
    await enterMeasure(page, kg, 'किग्रा');
    await page.getByRole('button', { name: 'माँग भेजें' }).click();
  };

  let number = '';
  it('A request whose answer is lost is sent again, and there is one.', async () => {
    await page.getByRole('link', { name: 'नई माँग' }).click();
    await page.getByRole('button', { name: 'अभ्यास: अधिकारी का कोड लें' }).click();
    await page.getByRole('button', { name: 'फ़ोन जोड़ें' }).click();
    await page.getByRole('heading', { name: 'माल चुनें' }).waitFor();
    depot.link.state = 'lose answers';
    await fillForm('६०');
    await page.getByText('जवाब नहीं आया।').waitFor();
    depot.link.state = 'open';
    await page.getByRole('button', { name: 'फिर भेजें' }).click();
    await page.getByText('कतार में', { exact: true }).waitFor();
    const requests = await own();
    expect(requests).toMatchObject([{ state: 'submitted', via: 'own', lines: [{ asked: 60_000 }] }]);
    number = requests[0]?.request ?? '';
  });

  it('What was allotted, and why, is said in the language of the screen.', async () => {
    await depot.runJob('allocate-materials');
    const sentence = (await depot.request(ARTISAN, number)).history.findLast((change) => change.told)?.told;
    await go('requests');
    await page.locator('.row', { hasText: 'आपके लिए रखा है' }).waitFor();
    await page
      .getByText(sentence?.hi ?? '–')
      .first()
      .waitFor();
    await screenshot('artisan-requests');
    await expectReadable(page);
    await page.locator('.row').first().click();
    await page.getByRole('button', { name: 'Switch to English' }).click();
    await page.locator('.why', { hasText: sentence?.en ?? '–' }).waitFor();
    await page.getByRole('button', { name: 'हिन्दी में देखें' }).click();
  });

  it('The code of an issue is shown in digits and as a QR code, and confirms the receipt.', async () => {
    await counter('I', { request: number, lines: [{ item: BAMBOO, quantity: '50 kg' }] });
    await page.reload();
    const digits = (await page.locator('.code-digits').textContent()) ?? '';
    expect(digits).toMatch(/^\d{6}$/);
    expect(await readQr(page)).toBe(`${number} ${digits}`);
    await screenshot('artisan-code');
    await expectReadable(page);
    await page.getByRole('button', { name: 'मुझे माल मिल गया' }).click();
    await page.getByRole('button', { name: 'हाँ, पूरा मिल गया' }).click();
    await page.getByText('मिल गया', { exact: true }).waitFor();
    expect(await depot.request(ARTISAN, number)).toMatchObject({ state: 'received' });
  });

  it('A waiting request can be withdrawn, by a second press.', { tags: 'long' }, async () => {
    await go('ask');
    await fillForm('5');
    await page.getByText('कतार में', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'माँग वापस लें' }).click();
    await page.getByRole('button', { name: 'हाँ, वापस लें' }).click();
    await page.getByText('वापस लिया', { exact: true }).first().waitFor();
    expect((await own()).map(({ state }) => state).sort()).toEqual(['cancelled', 'received']);
  });

  it('An implausible quantity is asked about, and the same request goes when it is right.', {
    tags: 'long',
  }, async () => {
    await go('ask');
    await fillForm('50000');
    await page.getByRole('button', { name: 'मात्रा सही है, भेजें' }).click();
    await page.getByText('कतार में', { exact: true }).waitFor();
    expect((await own()).filter(({ state }) => state === 'submitted')).toMatchObject([
      { lines: [{ asked: 50_000_000 }] },
    ]);
  });

  it('The passbook shows what was drawn, and what is left.', async () => {
    await page.getByRole('link', { name: 'पासबुक' }).click();
    await page.locator('.figures', { hasText: 'बाकी' }).getByText('70 किग्रा').waitFor();
    await page.getByText('नूरजहाँ ख़ातून').waitFor();
    await screenshot('artisan-passbook');
    await expectReadable(page);
  });

  it('Goods that stalls took are shown with their worth.', async () => {
    const workshop = await depot.enrolCounter(ARTISAN, 'PBT1');
    const stall = await depot.enrolCounter('PBE-01', 'PBT1');
    const flute = { item: 'PBT-FLUTE-C', quantity: 6 };
    const dispatch = await workshop('D', { to: 'PBE-01', lines: [{ ...flute, unitCost: 15_000 }] });
    await stall('R', {
      from: { dispatch },
      final: true,
      lines: [{ ...flute, quantity: 4, rejected: 1, why: 'cracked' }],
    });
    await page.getByRole('link', { name: 'मेरा सामान' }).click();
    await page.locator('.day-total', { hasText: '₹600' }).waitFor();
    await page.locator('.figures', { hasText: 'लौटाया' }).waitFor();
    await expectReadable(page);
  });

  it.each(['ask', 'more'])('axe-core finds nothing serious at %s, and 320 px are enough.', async (address) => {
    await go(address);
    await expectReadable(page);
  });

  it('Without a link the requests are shown as they were.', { tags: 'long' }, async () => {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    depot.link.state = 'cut';
    await go('requests');
    await page.reload();
    await page.getByText(/की जानकारी/).waitFor();
    await page.locator('.row').first().waitFor();
    depot.link.state = 'open';
    expect(await depot.auditDepot()).toMatchObject({ drifts: [] });
  });
});

// The package declares a default export, and Node gives the module.
const scanner = jsqr as unknown as typeof jsqr.default;

/** The text that a camera decodes from a picture of the page. */
const readQr = async (page: Page): Promise<string | undefined> => {
  const { pixels, size } = await page.locator('img.qr').evaluate(async (picture: HTMLImageElement) => {
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 200;
    canvas.height = 200;
    const drawing = canvas.getContext('2d');
    drawing?.drawImage(picture, 0, 0, 200, 200);
    return { size: 200, pixels: [...(drawing?.getImageData(0, 0, 200, 200).data ?? [])] };
  });
  return scanner(new Uint8ClampedArray(pixels), size, size)?.data;
};
