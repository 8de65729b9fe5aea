import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import topology from '../../web/officer/map/districts.topo.json' with { type: 'json' };
import { expectOk } from '../kit/book.ts';
import { expectReadable } from './fixtures/accessibility.ts';
import { type OfficeBrowser, openOfficeBrowser } from './fixtures/office.ts';
import { browserPath } from './fixtures/stall.ts';

const ITEM_COLUMNS = 'id,name,nameHi,product,seller,unit,hsn,price_rupees,mrp_rupees,gst_percent,reorderPoint';
const DUPATTA = 'WEB-DUPATTA,Chikan dupatta,चिकन दुपट्टा,KURTA,LKO1,piece,6211';
const STOLE = 'WEB-STOLE-2,Chikan stole,चिकन स्टोल,KURTA,LKO1,piece,6211,650,700,5,0';

describe.skipIf(!browserPath)('The screens of an officer', () => {
  let office: OfficeBrowser;
  let page: Page;
  let held = '';
  beforeAll(async () => {
    office = await openOfficeBrowser();
    ({ page } = await office.openAs('Ravi Shukla'));
    held = office.held.outcome && 'held' in office.held.outcome ? office.held.outcome.held : '';
    await page.getByRole('heading', { name: 'Uttar Pradesh', level: 1 }).waitFor();
  });
  afterAll(() => office?.close());
  const go = (address: string) => office.go(page, address);
  const sheet = () => page.locator('dialog');
  const give = async (reason: string, action: string) => {
    await sheet().getByLabel('Reason').fill(reason);
    await sheet().getByRole('button', { name: action, exact: true }).click();
  };
  const screenshot = async (name: string) => {
    if (process.env.WRITE_SCREENS) await page.screenshot({ path: `docs/screens/${name}.png` });
  };
  const chooseFile = (lines: readonly string[]) =>
    page
      .getByLabel('Choose a CSV file')
      .setInputFiles({ name: 'items.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });

  it('The map has the 75 districts of the registry, each under its code.', async () => {
    const { entries } = expectOk(await office.admin.listEntries({ path: { kind: 'districts' } }));
    const drawn = topology.objects.districts.geometries.map(({ id }) => id);
    expect(drawn.toSorted()).toEqual(entries.map(({ id }) => id).toSorted());
    await expect.poll(() => page.locator('.map path').count()).toBe(75);
  });

  it('The morning begins with the map: sales by district, and what needs attention.', async () => {
    await page.locator('.tile.sales b', { hasText: '₹2,75,993' }).waitFor();
    const [first] = await page.locator('tbody tr').allTextContents();
    expect(first).toMatch(/Varanasi.*₹62,930/);
    await page.locator('.tile', { hasText: 'Held vouchers' }).getByText('1', { exact: true }).waitFor();
    await page.locator('.tile', { hasText: 'Silent outlets' }).getByText('1', { exact: true }).waitFor();
    await screenshot('officer-map');
    await page.getByRole('button', { name: 'Show the other 67 too' }).click();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(75);
    await page.getByRole('columnheader', { name: 'District' }).getByRole('button').click();
    expect((await page.locator('tbody tr').first().textContent())?.startsWith('Agra')).toBe(true);
  });

  it('A touched district opens with its outlets and its alerts, and an outlet with its day.', async () => {
    await page.locator('.map').getByRole('button', { name: 'Silent outlets' }).click();
    await page.locator('path[data-district="PRY"].shade-4').click();
    await page.getByRole('heading', { name: 'Prayagraj', level: 1 }).waitFor();
    await page.locator('.tile', { hasText: 'Silent outlets' }).getByRole('link').click();
    await page.getByRole('heading', { name: 'Silent outlet', level: 1 }).waitFor();
    expect(await page.getByLabel('District', { exact: true }).inputValue()).toBe('PRY');
    await page.goBack();
    await page.getByRole('link', { name: 'Prayagraj Junction, stall 1' }).click();
    await page.getByRole('heading', { name: 'Prayagraj Junction, stall 1' }).waitFor();
    await page.getByText('Silent outlet', { exact: true }).waitFor();
    await go('place/VNS-01');
    await page.getByRole('button', { name: 'Day before' }).click();
    await page.locator('.day-total', { hasText: '₹8,990' }).waitFor();
    await page.getByText(/^Closed on/).waitFor();
  });

  it('An alert is taken on, another is put off with a reason.', async () => {
    await go('alerts/silent');
    await page.getByRole('button', { name: 'Take on' }).click();
    await page.getByText(/^Taken on: Nothing has been recorded at PRYJ-01/).waitFor();
    await page.getByText('All is well: no open alerts').waitFor();
    await go('alerts/overdue');
    await page.locator('.alert-row').getByRole('button', { name: 'Put off' }).click();
    await give('the carrier looks for it', 'Put off');
    await page.getByText(/^Put off until /).waitFor();
    const states = async (state: 'acknowledged' | 'snoozed') =>
      expectOk(await office.admin.listAlerts({ query: { area: 'state', state } })).alerts;
    expect(await states('acknowledged')).toMatchObject([{ type: 'silent', location: 'PRYJ-01' }]);
    expect(await states('snoozed')).toMatchObject([{ type: 'overdue', snoozed: { why: 'the carrier looks for it' } }]);
  });

  const openHeld = async () => {
    await go('more');
    await go('held');
    await page.locator('.row', { hasText: 'Agra Cantt, stall 1' }).click();
    await page.getByText('Unknown item.').waitFor();
  };

  it('A held voucher says why, and is not admitted while the reason stands.', async () => {
    await openHeld();
    await page.getByRole('button', { name: /^Admit/ }).click();
    await give('the stall sold a new dupatta', 'Admit');
    await sheet().getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    expect(expectOk(await office.admin.listHeld({ path: { location: 'AGR-01' } })).held).toMatchObject([{ held }]);
  });

  it('A CSV with two faults shows each beside its line, and nothing is stored.', async () => {
    await go('import/items');
    await chooseFile([ITEM_COLUMNS, `${DUPATTA},899,8,5,0`, STOLE, `${STOLE.replace('STOLE-2', 'STOLE-3')}x`]);
    await page.getByText('2 faults. Nothing was stored.').waitFor();
    const faults = await page.locator('.faults > li').allTextContents();
    expect(faults).toMatchObject([/Line 2WEB-DUPATTA.*Price ₹: /, /Line 4WEB-STOLE-3.*Reorder point: /]);
    expect((await office.admin.getEntry({ path: { kind: 'items', id: 'WEB-STOLE-2' } })).status).toBe(404);
  });

  it('The mended file is stored, and the voucher is admitted then.', async () => {
    await chooseFile([ITEM_COLUMNS, `${DUPATTA},899,950,5,0`, STOLE]);
    await page.getByText('Nothing is stored yet. This file would give: New: 2').waitFor();
    await page.getByText('Line 3 WEB-STOLE-2: new').waitFor();
    const dupatta = () => office.admin.getEntry({ path: { kind: 'items', id: 'WEB-DUPATTA' } });
    expect((await dupatta()).status).toBe(404);
    await page.getByRole('button', { name: 'Store 2 lines' }).click();
    await page.getByText('All is stored').waitFor();
    await page.getByText('New: 2').waitFor();
    expect((await dupatta()).status).toBe(200);
    await chooseFile([ITEM_COLUMNS, `${DUPATTA},899,950,5,1`, STOLE]);
    await page.getByText('Changed: 1 · Unchanged: 1').waitFor();
    await chooseFile([ITEM_COLUMNS, STOLE]);
    await page.getByText('This file changes nothing. Unchanged: 1').waitFor();
    expect(await page.getByRole('button', { name: /^Store / }).count()).toBe(0);
    await openHeld();
    await page.getByRole('button', { name: /^Admit/ }).click();
    await give('the dupatta is in the registry now', 'Admit');
    await page.getByText('Admitted to the book', { exact: false }).first().waitFor();
    const { number } = office.held;
    expect(expectOk(await office.admin.getVoucher({ path: { location: 'AGR-01', number } })).number).toBe(number);
    await go('held');
    await page.getByText('No voucher is held').waitFor();
  });

  it('A sale that never happened is rejected, and another is corrected by the voucher that counts.', {
    tags: 'long',
  }, async () => {
    await office.holdSale('WEB-LOST-1');
    await openHeld();
    await page.getByRole('button', { name: /^Reject/ }).click();
    await give('a bill of practice', 'Reject');
    await page.getByText('“a bill of practice”').waitFor();
    await office.holdSale('WEB-LOST-2');
    const number = await office.recordSale();
    await openHeld();
    await page.getByRole('button', { name: /^Correct/ }).click();
    await sheet()
      .getByLabel('Number of that voucher')
      .fill(`${number.slice(0, 5)} ${number.slice(5)}`.toLowerCase());
    await give('billed again as a kurta', 'Correct');
    await page.getByText('“billed again as a kurta”').waitFor();
    const query = { settled: 'true' as const };
    const { held: all } = expectOk(await office.admin.listHeld({ path: { location: 'AGR-01' }, query }));
    expect(all.map(({ state }) => state).toSorted()).toEqual(['admitted', 'corrected', 'rejected']);
  });

  it('A report has a chart, a table and a CSV with rupees.', async () => {
    await go('report/sales-by-day');
    await page.locator('.chart canvas').waitFor();
    await page.getByText(/^Net sales by day. Most on .*: ₹47,647/).waitFor();
    await page.getByText(/^Figures as of /).waitFor();
    await screenshot('officer-report');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^sales-by-day-state-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv).toMatch(/^\uFEFFday,sales,amount_rupees,/);
    expect(csv.trim().split('\r\n')).toHaveLength(8);
    await go('report/sales-by-outlet');
    await page
      .locator('.bars li', { hasText: 'Varanasi Junction' })
      .locator('.bar-value', { hasText: '₹62,930' })
      .waitFor();
  });

  it('A name is changed by keyboard, its history says so, and the whole list comes as CSV.', async () => {
    await go('kind/outlets');
    await page.getByLabel('Name or id').fill('Agra');
    await page.getByRole('link', { name: 'Agra Cantt, stall 1' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Name', { exact: true }).fill('Agra Cantt, platform 1');
    await page.keyboard.press('Enter');
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByText('Name: Agra Cantt, stall 1 → Agra Cantt, platform 1').waitFor();
    await page.getByLabel('District', { exact: true }).fill('Agra');
    await page.keyboard.press('Enter');
    await page.locator('.wrong .problem', { hasText: 'a district is three capital letters' }).waitFor();
    await go('kind/outlets');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    expect(lines.filter((line) => line.startsWith('AGR-01,"Agra Cantt, platform 1"'))).toHaveLength(1);
  });

  it('A phone number typed in Devanagari digits is stored in Latin ones.', async () => {
    await go('entry/staff%20S001');
    await page.getByText('Other fields').click();
    await page.getByLabel('Phone', { exact: true }).fill('+९१९८७६५४३२१०');
    await page.keyboard.press('Enter');
    await page.getByText('Saved', { exact: true }).waitFor();
    const { entry } = expectOk(await office.admin.getEntry({ path: { kind: 'staff', id: 'S001' } }));
    expect(entry).toMatchObject({ phone: '+919876543210' });
  });

  it('An artisan is granted more of a material, once.', async () => {
    await go('entitlements');
    await page.getByLabel('Number of the artisan').fill('४२');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByLabel('How much').fill('२०००');
    await page.getByLabel('Reason').fill('flood at the workshop');
    await page.getByRole('button', { name: 'Grant more' }).click();
    await page.getByText('Granted: २०००').waitFor();
    const { grants } = expectOk(await office.admin.getPassbook({ path: { producer: 'P0042' } }));
    expect(grants).toMatchObject([{ quantity: 2_000, why: 'flood at the workshop' }]);
  });

  it('A card with a PIN is set, its digits typed in Devanagari.', async () => {
    await go('entitlements/P0042');
    await page.getByLabel('Card number').fill('pbt-0042');
    await page.getByLabel('PIN', { exact: true }).fill('८३०५');
    await page.getByRole('button', { name: 'Set card and PIN' }).click();
    await page.getByText('Card PBT-0042 works now').waitFor();
  });

  describe('Consent of an artisan', () => {
    const consent = async () => {
      const answer = await office.admin.getEntry({ path: { kind: 'consents', id: 'P0042' } });
      return answer.ok ? answer.body.entry : undefined;
    };
    const part = (name: string) => page.getByRole('checkbox', { name, exact: true });
    const save = async (form: string) => {
      await page.getByLabel('Number of the signed form').fill(form);
      await page.getByRole('button', { name: 'Save consent' }).click();
    };

    it('Name and village are shown with a signed form, and the screen says to whom and since when.', async () => {
      await go('entry/producers%20P0042');
      await page.getByText('No consent is recorded so far.').waitFor();
      await page.getByText('Anybody can read it on the web page of their goods, and on').waitFor();
      await part('Name').check();
      await part('Village').check();
      expect(await page.getByRole('button', { name: 'Save consent' }).isDisabled()).toBe(true);
      await save('DIC/2026/118');
      await page.getByText(/^Agreed on \d+ \w+ 20\d\d: Name, Village \(form DIC\/2026\/118\)$/).waitFor();
      expect(await consent()).toMatchObject({ publish: ['name', 'village'], given: 'on paper', paper: 'DIC/2026/118' });
    });

    it('It is withdrawn without a form, and a form from before does not restore it.', async () => {
      await part('Name').uncheck();
      await part('Village').uncheck();
      await page.getByText('To show it again you need a new form.').waitFor();
      await page.getByRole('button', { name: 'Withdraw consent' }).click();
      await page.getByText(/^Withdrawn on /).waitFor();
      expect(await consent()).toMatchObject({ publish: [] });
      await part('Picture').check();
      await save('dic 2026 118');
      await page.locator('.wrong .problem', { hasText: 'name a new form' }).waitFor();
      await save('DIC/2026/119');
      await page.getByText(/^Agreed on .*: Picture \(form DIC\/2026\/119\)$/).waitFor();
      await page.getByText('Earlier consents').click();
      await page.locator('.consent .history', { hasText: ': Name, Village (form DIC/2026/118)' }).waitFor();
      expect(await consent()).toMatchObject({ publish: ['picture'], paper: 'DIC/2026/119' });
    });

    it('Consent given by the artisan’s own sign-in is shown as such, in Hindi too.', async () => {
      const artisan = await office.bahi.issuer.token({ role: 'producer', scope: ['producer:P0042'] });
      const answer = await fetch(`${office.bahi.url}/producers/P0042/consent`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${artisan}`, 'content-type': 'application/json' },
        body: JSON.stringify({ publish: ['name'] }),
      });
      expect(answer.status).toBe(200);
      await page.getByRole('button', { name: 'हिन्दी' }).first().click();
      await go('more');
      await go('entry/producers%20P0042');
      await page.getByText(/^\d+ \S+ 20\d\d को सहमति: नाम \(कारीगर के अपने लॉगिन से\)$/).waitFor();
      await page.getByText('कोई भी इसे सामान के पन्ने पर, और बिल के QR से').waitFor();
      await page.getByRole('button', { name: 'Switch to English' }).click();
    });
  });

  it('A festival is entered, listed with its factor, and changed.', { tags: 'long' }, async () => {
    await go('entry/festivals');
    await page.getByLabel('Id', { exact: true }).fill('TEEJ-2027');
    await page.getByLabel('Name', { exact: true }).fill('Teej');
    await page.getByLabel('Name in Hindi').fill('तीज');
    await page.getByLabel('From', { exact: true }).fill('2027-08-01');
    await page.getByLabel('To', { exact: true }).fill('2027-08-03');
    await page.getByLabel('Factor', { exact: true }).fill('1.5');
    await page.keyboard.press('Enter');
    await page.getByText('Created', { exact: true }).waitFor();
    await go('festivals');
    await page.locator('.festival', { hasText: 'Teej' }).getByText('1.5 ×').first().waitFor();
    await page.locator('.festival', { hasText: 'Teej' }).click();
    await page.getByLabel('Factor', { exact: true }).fill('२');
    await page.keyboard.press('Enter');
    await page.getByText('Factor: 1.5 → 2').waitFor();
  });

  it('A parcel that nobody received is closed with a reason.', async () => {
    await go('transfers');
    await page.getByText('on the way for 9 days').waitFor();
    await page.getByRole('button', { name: 'The rest will not come' }).click();
    await sheet().getByText('On the way: 6').waitFor();
    await give('the carrier lost it', 'The rest will not come');
    await page.getByText('Nothing is stuck on the way').waitFor();
  });

  it('A long list grows by a button, and a lost link is reported.', { tags: 'long' }, async () => {
    const clusters = Array.from({ length: 510 }, (_, at) => `LONG-${1_000 + at},Cluster ${at},क्लस्टर,LKO,Chikan`);
    const body = ['id,name,nameHi,district,craft', ...clusters].join('\n');
    expectOk(await office.admin.importEntries({ path: { kind: 'clusters' }, body }));
    await go('kind/clusters');
    await page.getByText('100 / 500+ shown').waitFor();
    office.link.state = 'cut';
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByRole('alert').waitFor();
    office.link.state = 'open';
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Show more' }).click();
    // One more cluster is in the registry from the start.
    await page.getByText('100 / 511 shown').waitFor();
  });

  it('Without a link the screen says so, and goes on when the link is back.', async () => {
    office.link.state = 'cut';
    await go('alerts');
    await page.getByRole('alert').first().waitFor();
    office.link.state = 'open';
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.locator('.alert-row').first().waitFor();
  });

  const isReadable = async (address: string, content: string) => {
    await go('more');
    await go(address);
    await page.locator(content).first().waitFor();
    await expectReadable(page);
  };

  it.each([
    ['overview', '.table'],
    ['entry/items%20WEB-KURTA-M', '.history'],
    ['report/sales-by-day', '.chart canvas'],
    ['more', '.row'],
  ])('axe-core finds nothing serious at %s, and 320 px are enough, also for large letters.', isReadable);

  it.each([
    ['district/AGR', '.table'],
    ['place/AGR-01', '.day-sum'],
    ['alerts', '.alert-row'],
    ['held', 'h1'],
    ['transfers', 'h1'],
    ['registry', '.row'],
    ['kind/items', '.row'],
    ['entry/outlets', '.entry-form'],
    ['entry/producers%20P0042', '.consent form'],
    ['import/items', '.file-pick'],
    ['entitlements/P0042', '.paper'],
    ['festivals', 'h1'],
    ['reports', '.row'],
    ['report/stock-value', '.table'],
  ])('axe-core finds nothing serious at %s either.', { tags: 'long' }, isReadable);

  it('A report names the outlets that have not closed, and so does the name of its file.', async () => {
    const body = { name: 'Agra Fort', station: 'AGF', district: 'AGR', sellers: ['LKO1'] };
    expectOk(await office.admin.putEntry({ path: { kind: 'outlets', id: 'AGF-01' }, body }));
    await go('more');
    await go('report/sales-by-outlet');
    await page.getByText(/^1 of \d+ places have not closed .* yet: AGF-01$/).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/-incomplete\.csv$/);
  });

  it('An officer of two districts sees these alone, in Hindi, and may not change the list of districts.', async () => {
    const { page: own, context } = await office.openAs('मीना त्रिपाठी', 'hi', { width: 390, height: 780 });
    await own.getByRole('link', { name: 'कानपुर नगर' }).waitFor();
    await own.getByRole('link', { name: 'लखनऊ' }).waitFor();
    expect(await own.locator('tbody tr').count()).toBe(2);
    if (process.env.WRITE_SCREENS) await own.screenshot({ path: 'docs/screens/officer-district.png' });
    await office.go(own, 'entry/districts%20KNP');
    await own.getByLabel('शिल्प', { exact: true }).fill('Leather');
    await own.keyboard.press('Enter');
    await own.getByRole('alert').waitFor();
    await context.close();
  });
});
