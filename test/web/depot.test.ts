import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAllPages } from '../../local/demo-client.ts';
import { expectReadable } from './fixtures/accessibility.ts';
import {
  ARTISAN,
  BAMBOO,
  DEPOT,
  type DepotBrowser,
  enrolAtDepot,
  enterMeasure,
  openDepotBrowser,
} from './fixtures/depot.ts';
import { browserPath, linkReturns } from './fixtures/stall.ts';

describe.skipIf(!browserPath)('The screens of a depot', () => {
  let depot: DepotBrowser;
  let page: Page;
  beforeAll(async () => {
    depot = await openDepotBrowser();
    ({ page } = await depot.openAs('Munni Kashyap'));
    await enrolAtDepot(page);
    await page.getByRole('heading', { name: 'Requests', level: 1 }).waitFor();
  });
  afterAll(() => depot?.close());
  const go = (address: string) => depot.go(page, address);
  const waitUntilSent = (on = page) => on.getByText('All sent').waitFor();
  const queue = () =>
    listAllPages(
      (query) => depot.admin.listRequests({ path: { depot: DEPOT }, query }),
      (reply) => reply.requests,
    );

  const screenshot = async (name: string) => {
    if (process.env.WRITE_SCREENS) await page.screenshot({ path: `docs/screens/${name}.png` });
  };

  const approveAndIssue = async (): Promise<void> => {
    for (const action of ['Approve', 'Issue'] as const) {
      await page.getByRole('button', { name: action }).click();
      await page
        .locator('dialog')
        .getByRole('button', { name: action === 'Issue' ? 'Handed over: save' : action })
        .click();
      await page
        .getByText(action === 'Issue' ? 'Issued, to be confirmed' : 'Set aside', { exact: true })
        .first()
        .waitFor();
    }
  };

  /** At the counter, for an artisan without a phone. */
  const ask = async (artisan: string, kg: string): Promise<string> => {
    const before = new Set((await queue()).map(({ request }) => request));
    await go('queue');
    await page.getByLabel('Number of the artisan').fill(artisan);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByRole('link', { name: 'New request' }).click();
    await page.getByRole('button', { name: /Flute bamboo: 0/ }).click();
    await enterMeasure(page, kg, 'kg');
    await page.getByRole('button', { name: 'Send request' }).click();
    await page.getByText('Waiting', { exact: true }).waitFor();
    return (await queue()).find(({ request }) => !before.has(request))?.request ?? '';
  };
  const openRequest = async (artisan: string, number: string) => {
    await go('more');
    await go(`request/${artisan}%20${number}`);
  };

  it('A lot is received from a supplier, in kg and with its lot number.', async () => {
    await page.getByRole('link', { name: 'Shelf' }).click();
    await page.getByRole('link', { name: 'Receive a lot' }).click();
    await page.getByLabel('Name of the supplier').fill('Assam Bamboo Society');
    await page.getByLabel('Material').selectOption(BAMBOO);
    await page.getByRole('button', { name: /^Quantity –/ }).click();
    await enterMeasure(page, '92.5', 'kg');
    await page.getByLabel('Cost of the whole lot').fill('५५५०');
    const lot = await page.getByLabel('Lot number').inputValue();
    await page.getByRole('button', { name: 'Save receipt' }).click();
    await page.getByRole('heading', { name: 'Receipt saved' }).waitFor();
    await waitUntilSent();
    expect(await depot.row()).toMatchObject({ onHand: 92_500, lots: [{ lot, left: 92_500 }] });
    await go('shelf');
    await page.getByText('92.5 kg').first().waitFor();
  });

  it('A dispatch is received in kg, in two deliveries, under a lot number of its own.', async () => {
    const stall = await depot.enrolCounter('PBE-01', 'PBT1');
    await stall('R', { from: { supplier: 'Assam Bamboo Society' }, lines: [{ item: BAMBOO, quantity: '30 kg' }] });
    await stall('D', { to: DEPOT, lines: [{ item: BAMBOO, quantity: '12.5 kg' }] });
    const receive = async (quantity: string, more?: () => Promise<void>) => {
      await go('shelf');
      await page.getByRole('link', { name: 'On the way' }).click();
      await page.getByRole('button', { name: /PBE-01/ }).click();
      await page.locator('.quantity-button').click();
      await page.locator('.pad-value').pressSequentially(quantity);
      await page.getByLabel('Lot number').fill('pbe-7');
      await more?.();
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('button', { name: 'Save receipt' }).click();
      await page.getByRole('heading', { name: 'Receipt saved' }).waitFor();
      await waitUntilSent();
    };
    await receive('१०.५');
    await receive('1.5', async () => {
      await page.getByRole('button', { name: /Rejected/ }).click();
      await page.locator('.pad-value').pressSequentially('0.5');
      await page.getByLabel('Why rejected').fill('wet');
    });
    expect(await depot.row()).toMatchObject({
      onHand: 104_500,
      inbound: 0,
      lots: [{}, { lot: 'PBE-7', left: 12_000 }],
    });
  });

  it('A count in kg sets the stock of the depot.', async () => {
    await go('count');
    await page.getByLabel('Hide the book’s figure').uncheck();
    await page.getByText('book says 104.5 kg').waitFor();
    await page.getByRole('button', { name: /^Flute bamboo: / }).click();
    await enterMeasure(page, '104', 'kg');
    await page.getByRole('button', { name: 'Flute bamboo: 104 kg' }).waitFor();
    await page.getByRole('button', { name: 'Save the count of 1' }).click();
    await page.getByRole('heading', { name: 'Count saved' }).waitFor();
    await waitUntilSent();
    expect(await depot.row()).toMatchObject({ onHand: 104_000 });
  });

  let number = '';
  it('A request is entered at the counter, approved in part, issued without a link, and confirmed by code.', async () => {
    number = await ask('42', '60');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('button', { name: 'Flute bamboo: Change' }).click();
    await enterMeasure(page, '40', 'kg');
    await page.locator('dialog').getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Set aside', { exact: true }).first().waitFor();
    expect(await depot.request(ARTISAN, number)).toMatchObject({
      state: 'approved',
      lines: [{ asked: 60_000, approved: 40_000 }],
    });

    depot.link.state = 'cut';
    await page.getByRole('button', { name: 'Issue' }).click();
    await page.getByRole('button', { name: 'Handed over: save' }).click();
    await page.getByText('Handed over; it is still to be sent.').waitFor();
    expect(await page.getByRole('button', { name: 'Issue' }).count()).toBe(0);
    depot.link.state = 'open';
    await linkReturns(page);
    await page.getByRole('button', { name: 'Confirm receipt' }).click();

    const { confirmWith } = (await depot.artisan.getRequest({ path: { producer: ARTISAN, number } })).body as {
      confirmWith: { code: string };
    };
    const wrong = confirmWith.code === '111111' ? '222222' : '111111';
    await page.locator('.pad-value').pressSequentially(wrong);
    await page.locator('dialog').getByRole('button', { name: 'Confirm receipt' }).click();
    await page.locator('dialog').getByRole('alert').waitFor();
    await page.locator('.pad-value').pressSequentially(confirmWith.code);
    await page.locator('dialog').getByRole('button', { name: 'Confirm receipt' }).click();
    await page.getByText('Received', { exact: true }).waitFor();
    expect(await depot.request(ARTISAN, number)).toMatchObject({ state: 'received', lines: [{ issued: 40_000 }] });
  });

  it('A request that another counter changed meanwhile is shown as it stands.', { tags: 'long' }, async () => {
    const other = await ask('43', '5');
    const { version } = await depot.request('P0043', other);
    await depot.admin.approveRequest({ path: { depot: DEPOT, number: other }, body: {}, ifMatch: version });
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('button', { name: 'Ask at another depot' }).click();
    await page.locator('dialog').getByRole('button', { name: 'Reject', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page.getByText('Set aside', { exact: true }).first().waitFor();
  });

  it('A request is rejected with a reason that the artisan reads.', { tags: 'long' }, async () => {
    const other = await ask('43', '7');
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('button', { name: 'This request came twice' }).click();
    await page.locator('dialog').getByRole('button', { name: 'Reject', exact: true }).click();
    await page.getByText('“This request came twice”').waitFor();
    expect(await depot.request('P0043', other)).toMatchObject({ state: 'rejected' });
  });

  it('The issuer who signs for the artisan is marked, and card and PIN work.', { tags: 'long' }, async () => {
    const card = { card: 'PBT-0043', pin: '8305' };
    await depot.admin.setPin({ path: { producer: 'P0043' }, body: card });
    const own = await ask('43', '2');
    await approveAndIssue();
    await page.getByRole('button', { name: 'Confirm receipt' }).click();
    await page.getByRole('button', { name: 'Card and PIN' }).click();
    await page.getByLabel('Card number').fill('pbt-0043');
    await page.getByLabel('PIN', { exact: true }).fill('८३०५');
    await page.locator('dialog').getByRole('button', { name: 'Confirm receipt' }).click();
    await page.getByText('Received', { exact: true }).waitFor();

    const signed = await ask('43', '1');
    await approveAndIssue();
    await page.getByRole('button', { name: 'Confirm receipt' }).click();
    await page.getByRole('button', { name: 'Signature' }).click();
    await page.getByLabel('Which paper is signed').fill('Register, page 4');
    await page.locator('dialog').getByRole('button', { name: 'Confirm receipt' }).click();
    await page.getByText('Received', { exact: true }).waitFor();
    expect((await depot.request('P0043', own)).history.at(-1)).toMatchObject({ proof: 'card', staff: 'S026' });
    expect((await depot.request('P0043', signed)).history.at(-1)).toMatchObject({ proof: 'signature', byIssuer: true });
  });

  it('The day’s sharing shows each artisan with the sentence that they got.', async () => {
    const shared = [await ask('42', '70'), await ask('43', '80')];
    await depot.runJob('allocate-materials');
    await go('sharing');
    const [first] = shared;
    const { history } = await depot.request(ARTISAN, first ?? '');
    const sentence = history.findLast(({ told }) => told)?.told?.en ?? '';
    expect(sentence).toMatch(/shared among 2 by entitlement/);
    await page.getByText(sentence).waitFor();
  });

  it('The passbook page shows what was drawn, and prints without the menus.', async () => {
    await go(`passbook/${ARTISAN}`);
    await page.getByText('Noorjahan Khatoon').waitFor();
    await page.locator('.figures', { hasText: 'Drawn' }).getByText('40 kg').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.tabs').isVisible()).toBe(false);
    expect(await page.getByText('Signature of the artisan').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
  });

  it('The queue is there without a link, with its time.', { tags: 'long' }, async () => {
    await go('queue');
    await page.getByRole('button', { name: 'Set aside' }).click();
    await page.locator('.row', { hasText: 'Tahir Ahmad' }).first().waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    depot.link.state = 'cut';
    await page.reload();
    await page.getByRole('button', { name: 'Set aside' }).click();
    await page.locator('.row', { hasText: 'Tahir Ahmad' }).first().waitFor();
    await page.getByText(/As of .* Without a link you can receive and issue/).waitFor();
    depot.link.state = 'open';
    await page.reload();
  });

  it('A request is approved by keyboard alone.', { tags: 'long' }, async () => {
    const other = await ask('43', '3');
    await openRequest('P0043', other);
    await page.getByRole('button', { name: 'Approve' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor();
    for (let presses = 0; presses < 6; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(() => document.activeElement?.className)) === 'primary') break;
    }
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .or(page.getByText('Set aside', { exact: true }).first())
      .first()
      .waitFor();
  });

  it.each([
    ['queue', 'row'],
    ['shelf', 'figures'],
    ['receive', 'lot'],
    ['incoming', 'empty'],
    ['count', 'line'],
    ['sharing', 'figures'],
    ['more', 'rows'],
    ['artisan/P0042', 'row'],
    ['ask/P0042', 'line'],
    ['passbook/P0042', 'figures'],
  ])(
    'axe-core finds nothing serious at %s, and 320 px are enough, also for large letters.',
    async (address, content) => {
      await go(address);
      await page.locator(`.${content}`).first().waitFor();
      if (['queue', 'shelf', 'sharing'].includes(address)) await screenshot(`depot-${address}`);
      await expectReadable(page);
    },
  );

  it('A request is readable too, and the books agree.', async () => {
    await openRequest(ARTISAN, number);
    await page.getByText('Received', { exact: true }).waitFor();
    await screenshot('depot-request');
    await expectReadable(page);
    expect(await depot.auditDepot()).toMatchObject({ drifts: [] });
  });
});
