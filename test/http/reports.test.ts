import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { readReportRows } from '../../functions/reports/report-rows.ts';
import { allStores } from '../../local/all-stores.ts';
import type { PagePosition } from '../../shared/kernel/pages.ts';
import { Day } from '../../shared/kernel/time.ts';
import type { CsvTableRow } from '../../shared/platform/operation-contract.ts';
import { ReportNames } from '../../shared/reports/report-names.ts';
import { type ReportName, reportOf } from '../../shared/reports/reports.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { SIGNED } from '../kit/confirmations.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { closeAt } from '../kit/day-closes.ts';
import { K, recordDaysOfTrade } from '../kit/days-of-trade.ts';
import { DEPOT, openDepot } from '../kit/depot.ts';
import { requestsAt } from '../kit/material-requests.ts';
import { cursorAfter } from '../kit/page-walk.ts';
import { ask, expectProblem, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();
const book = useBook();
let traded: Awaited<ReturnType<typeof recordDaysOfTrade>>;
beforeAll(async () => {
  traded = await recordDaysOfTrade(book);
  const depot = await openDepot(book);
  await depot.producer('P0100', 9);
  await depot.receive('SIL-1', '400 kg');
  const asks = requestsAt(book, depot, 'P0100');
  const issued = await asks.reach.issued();
  expectOk(await book.admin.confirmRequest({ path: asks.pathOf(issued), body: SIGNED, ifMatch: 3 }));
});

const [LKO, PBT] = ['LKO', 'PBT'];
const days = { from: '2026-11-18', to: '2026-11-21' };
const [first, second, flutes] = [
  { location: 'LKO-01', district: LKO },
  { location: 'LKO-02', district: LKO },
  { location: 'PBE-01', district: PBT },
];

const takings = (sales: number, amount: number, refunds = 0, refunded = 0) => ({
  sales,
  amount,
  refunds,
  refunded,
  net: amount - refunded,
});

const lucknow = takings(4, 70_000, 1, 10_000);

const supplied = { uqc: 'PCS', igst: 0 };

/** The rows of each report for these four days in the state. */
const SAYS: Record<ReportName, () => readonly object[]> = {
  'sales-by-day': () => [
    { day: '2026-11-18', ...takings(2, 40_000) },
    { day: '2026-11-19', ...takings(2, 40_000, 1, 10_000) },
    { day: '2026-11-20', ...takings(0, 0) },
    { day: '2026-11-21', ...takings(1, 10_000) },
  ],
  'sales-by-district': () => [
    { district: LKO, ...lucknow },
    { district: PBT, ...takings(1, 20_000) },
  ],
  'sales-by-item': () => [
    { item: K(1), sold: 6, amount: 60_000, returned: 1 },
    { item: K(4), sold: 1, amount: 10_000, returned: 0 },
    { item: 'PBT-FLUTE-C', sold: 2, amount: 20_000, returned: 0 },
  ],
  'sales-by-seller': () => [
    { seller: 'LKO1', ...lucknow },
    { seller: 'PBT1', ...takings(1, 20_000) },
  ],
  'sales-by-outlet': () => [
    { ...first, ...takings(3, 50_000, 1, 10_000) },
    { ...second, ...takings(1, 20_000) },
    { ...flutes, ...takings(1, 20_000) },
  ],
  'sales-by-tender': () => [{ tender: 'cash', taken: 90_000, given: 10_000, net: 80_000 }],
  // Each amount of ₹200 has ₹4.76 of CGST, each of ₹100 ₹2.38.
  'tax-by-rate': () => [
    { seller: 'LKO1', gstBasisPoints: 500, taxable: 57_144, cgst: 1_428, sgst: 1_428, igst: 0 },
    { seller: 'PBT1', gstBasisPoints: 0, taxable: 20_000, cgst: 0, sgst: 0, igst: 0 },
  ],
  'stock-value': () => [
    { ...first, item: K(1), day: '2026-11-21', onHand: 1, value: 6_000 },
    { ...first, item: K(2), day: '2026-11-21', onHand: 2, value: 8_000 },
    { ...first, item: K(3), day: '2026-11-21', onHand: 1, value: 5_000 },
    { ...first, item: K(4), day: '2026-11-21', onHand: 1, value: 1_000 },
    { ...second, item: K(1), day: '2026-11-21', onHand: -1, value: 0 },
  ],
  'materials-issued': () => [],
  'dead-stock': () => [{ ...first, item: K(3), onHand: 1, value: 5_000, days: 4 }],
  'stock-outs': () => [
    { ...first, item: K(4), from: '2026-11-19', to: '2026-11-20', days: 1.5, over: true },
    { ...second, item: K(1), from: '2026-11-19', to: '2026-11-21', days: 3, over: false },
    { ...flutes, item: 'PBT-FLUTE-C', from: '2026-11-20', to: '2026-11-21', days: 2, over: false },
  ],
  discrepancies: () => [
    { ...first, day: '2026-11-20', item: K(1), variance: -1, varianceValue: -6_000, writtenOff: 0, writtenOffValue: 0 },
    { ...first, day: '2026-11-20', item: K(2), variance: 0, varianceValue: 0, writtenOff: 1, writtenOffValue: 4_000 },
  ],
  'silent-outlets': () => [
    {
      ...second,
      lastDay: '2026-11-18',
      silentDays: 3,
      closedTo: '2026-11-21',
      missing: 1,
      missingNumbers: [`${traded.silent}S2611180001`],
    },
    {
      ...flutes,
      lastDay: '2026-11-19',
      silentDays: 2,
      closedTo: '2026-11-21',
      provenTo: '2026-11-21',
      missing: 0,
      missingNumbers: [],
    },
  ],
  'transit-overdue': () => [
    {
      ...second,
      dispatch: traded.dispatch,
      from: 'LKO-01',
      seller: 'LKO1',
      sentAt: '2026-11-12T05:00:00.000Z',
      days: 10,
      quantity: 3,
      value: 15_000,
    },
  ],
  confirmations: () => [
    {
      location: DEPOT,
      district: PBT,
      month: '2026-11',
      confirmed: 1,
      byCode: 0,
      byCard: 0,
      bySignature: 1,
      byIssuer: 1,
      share: 100,
      limit: 20,
    },
  ],
  'sales-by-hsn': () => [
    {
      ...supplied,
      seller: 'LKO1',
      hsn: '6211',
      gstBasisPoints: 500,
      quantity: 6,
      taxable: 57_144,
      cgst: 1_428,
      sgst: 1_428,
    },
    { ...supplied, seller: 'PBT1', hsn: '9205', gstBasisPoints: 0, quantity: 2, taxable: 20_000, cgst: 0, sgst: 0 },
  ],
  'signed-receipts': () => [],
  'price-changes': () => [],
  'goods-in-hand': () => [{ ...second, inHand: 1, sales: 1, inAThousand: 1_000 }],
};

const names = Object.keys(SAYS) as ReportName[];

describe.each(names)('%s', (report) => {
  it("The state's report has the expected rows.", async () => {
    const { names, closed: _closed, ...page } = await pageOf(report, 'state', 'state');
    expect(page).toEqual({ report, area: 'state', ...days, rows: SAYS[report]() });
    expect(ReportNames.parse(names)).toEqual(names);
  });

  it('The CSV file has a line for each row, with its ids.', async () => {
    const file = await fileOf(report);
    const lines: Record<string, string>[] = parse(file, { columns: true });
    const idsOf = (row: object) => ID_COLUMNS.map((name) => String(new Map(Object.entries(row)).get(name) ?? ''));
    expect(lines.map(idsOf)).toEqual(SAYS[report]().map(idsOf));
    if (CSV_FILES[report]) expect(file.split('\r\n')).toEqual([...CSV_FILES[report], '']);
  });

  it("A district's report has the rows of that district.", async () => {
    const of = async (area: string) => (await pageOf(report, area, `district:${area}`)).rows;
    if (report === 'sales-by-day') {
      expect(await of(PBT)).toEqual([
        { day: '2026-11-19', ...takings(1, 20_000) },
        ...['20', '21'].map((day) => ({ day: `2026-11-${day}`, ...takings(0, 0) })),
      ]);
      return;
    }
    if (report === 'sales-by-tender') {
      expect(await of(PBT)).toEqual([{ tender: 'cash', taken: 20_000, given: 0, net: 20_000 }]);
      return;
    }
    expect([...(await of(LKO)), ...(await of(PBT))]).toEqual(SAYS[report]());
  });
});

it('A late sale is in the reports once its day is closed and summed again.', async () => {
  const day = { from: '2026-11-20', to: '2026-11-20' };
  const rows = async (report: ReportName) =>
    expectOk(await book.admin.getReport({ path: { report }, query: { area: LKO, ...day } })).rows;
  expect(await rows('sales-by-item')).toEqual([]);
  await traded.bringLate();
  expect(await rows('sales-by-item')).toEqual([]);
  await closeAt('LKO-01');
  for (const report of ['sales-by-item', 'sales-by-district', 'sales-by-hsn'] as const)
    for (const area of [LKO, 'state']) {
      const { closed } = expectOk(await book.admin.getReport({ path: { report }, query: { area, ...day } }));
      expect(closed).toMatchObject({ complete: false, missing: [], toSum: ['2026-11-20'] });
    }
  await traded.closeAndSum();
  expect(await rows('sales-by-item')).toEqual([{ item: K(1), sold: 1, amount: 10_000, returned: 0 }]);
  // The count had seen that it was gone: nothing is missing any more.
  expect(await rows('discrepancies')).toMatchObject([{ item: K(2) }]);
});

describe('The first page of a report says whether its days are closed', () => {
  const closedOf = async (report: ReportName, area: string, to = '2026-11-21') =>
    expectOk(await book.admin.getReport({ path: { report }, query: { area, from: '2026-11-18', to } })).closed;

  it('Closed outlets and summed days are complete; outlets without a close are named.', async () => {
    const pilibhit = await closedOf('sales-by-outlet', PBT);
    expect(pilibhit).toMatchObject({ complete: true, locations: 1, missing: [], missingCount: 0, toSum: [] });
    expect(pilibhit?.asOf).toMatch(/^2026-11-22T/);
    const body = { name: 'Stall', station: 'NEW', district: PBT, sellers: ['PBT1'] };
    expectOk(await book.admin.putEntry({ path: { kind: 'outlets', id: 'NEW-10' }, body }));
    const missing = [{ location: 'NEW-10' }];
    expect(await closedOf('sales-by-day', 'state')).toMatchObject({ complete: false, missing, missingCount: 1 });
    expect(await closedOf('sales-by-day', LKO)).toMatchObject({ complete: true });
  });

  it('A CSV has the same facts in headers.', async () => {
    const token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
    const headersOf = async (report: ReportName, area: string) => {
      const query = new URLSearchParams({ area, from: '2026-11-18', to: '2026-11-21', format: 'csv' });
      const { headers } = await ask(book, `/reports/${report}?${query}`, { token });
      return [headers.get('x-complete'), headers.get('x-as-of')];
    };
    const closed = await closedOf('sales-by-outlet', LKO);
    expect(await headersOf('sales-by-outlet', LKO)).toEqual(['true', closed?.asOf]);
    expect((await headersOf('sales-by-day', 'state'))[0]).toBe('false');
    expect(await headersOf('price-changes', PBT)).toEqual([null, null]);
  });

  it('A report of what there is now has no days to close.', async () => {
    for (const report of ['transit-overdue', 'confirmations', 'price-changes'] as const)
      expect(await closedOf(report, PBT)).toBeUndefined();
  });
});

it('A report of sellers has the rows of one seller, if it is asked for.', async () => {
  for (const report of ['sales-by-hsn', 'tax-by-rate', 'sales-by-seller'] as const) {
    const query = { area: 'state', ...days, seller: 'PBT1' };
    const { rows } = expectOk(await book.admin.getReport({ path: { report }, query }));
    expect(rows).toEqual(SAYS[report]().filter((row) => 'seller' in row && row.seller === 'PBT1'));
  }
});

describe('Invalid report queries are refused', () => {
  const query = { area: 'LKO', from: '2026-11-20', to: '2026-11-21' };
  const foreign = cursorAfter('getReport', { path: { report: 'stock-outs' }, query }, ['LKO-01']);
  it.each<[string, string, object, string?]>([
    ['a report that nobody knows', 'profits', {}, 'report'],
    ['no area', 'dead-stock', { area: undefined }, 'area'],
    ['an area in small letters', 'dead-stock', { area: 'lko' }, 'area'],
    ['no days', 'dead-stock', { from: undefined, to: undefined }, 'from'],
    ['an empty day', 'dead-stock', { from: '' }, 'from'],
    ['empty days', 'tax-by-rate', { from: '', to: '' }, 'from'],
    ['a day that no calendar has', 'dead-stock', { from: '2026-02-30' }, 'from'],
    ['days the wrong way round', 'dead-stock', { from: '2026-11-21', to: '2026-11-20' }, 'to'],
    ['93 days', 'dead-stock', { from: '2026-08-21' }, 'to'],
    ['a day that is not over', 'dead-stock', { to: '2026-11-22' }, 'to'],
    ['a format that nobody knows', 'dead-stock', { format: 'xlsx' }, 'format'],
    ['a cursor that is none', 'dead-stock', { cursor: 'next' }, 'cursor'],
    ["another report's cursor", 'dead-stock', { cursor: foreign }, 'cursor'],
    ['something else', 'dead-stock', { seller: 'LKO1' }, 'seller'],
  ])('%s', async (_says, report, instead, field) => {
    const parameters = Object.entries({ ...query, ...instead }).filter(
      (one): one is [string, string] => one[1] !== undefined,
    );
    const token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
    const response = await ask(book, `/reports/${report}?${new URLSearchParams(parameters)}`, { token });
    await expectProblem(response, 400, 'INVALID_REQUEST', ...(field ? [field] : []));
  });

  it('An unknown seller is refused.', async () => {
    const answer = await book.admin.getReport({
      path: { report: 'tax-by-rate' },
      query: { ...query, seller: 'ZZZ1' },
    });
    expect(outcomeOf(answer)).toBe('404 NOT_FOUND');
  });

  it('An unknown district is refused.', async () => {
    const answer = await book.admin.getReport({ path: { report: 'dead-stock' }, query: { ...query, area: 'ZZZ' } });
    expect(outcomeOf(answer)).toBe('404 NOT_FOUND');
  });

  it('92 days up to yesterday are allowed.', async () => {
    const answer = await book.admin.getReport({
      path: { report: 'dead-stock' },
      query: { ...query, from: '2026-08-22' },
    });
    expect(outcomeOf(answer)).toBe(200);
  });
});

describe('Reports of several pages', () => {
  const query = { area: 'state', from: '2026-08-22', to: '2026-11-21' };
  const path = { report: 'silent-outlets' as const };
  const stalls = Array.from({ length: 90 }, (_, at) => `NEW-${String(at + 10).padStart(2, '0')}`);
  beforeAll(async () => {
    const lines = stalls.map((id) => `${id},Stall,NEW,PBT,PBT1`);
    const body = ['id,name,station,district,sellers', ...lines].join('\n');
    expectOk(await book.admin.importEntries({ path: { kind: 'outlets' }, body }));
  });
  const silent = () => ['LKO-02', ...stalls, 'PBE-01'];

  it('JSON pages follow one another.', async () => {
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = expectOk(
        await book.admin.getReport({ path, query: { ...query, ...(cursor !== undefined && { cursor }) } }),
      );
      if (page.report !== 'silent-outlets') throw new Error(page.report);
      pages.push(page.rows.map(({ location }) => location));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flat()).toEqual(silent());
  });

  it('CSV files follow one another by the Link header and by the client.', async () => {
    const token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
    let next: string | undefined = `/reports/silent-outlets?${new URLSearchParams({ ...query, format: 'csv' })}`;
    const files: string[] = [];
    while (next) {
      const response = await ask(book, next, { token });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv']);
      files.push(await response.text());
      next = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
    }
    expect(files.length).toBeGreaterThan(1);
    const lines: { location: string }[] = parse(files.join(''), { columns: true });
    expect(lines.map(({ location }) => location)).toEqual(silent());

    const accepted = await ask(book, `/reports/silent-outlets?${new URLSearchParams(query)}`, {
      token,
      headers: { accept: 'text/csv' },
    });
    expect(await accepted.text()).toBe(files[0]);

    const first = await book.admin.getReport({ path, query: { ...query, format: 'csv' } });
    if (!first.ok || first.cursor === undefined) throw new Error('there is more');
    expect(first.body).toBe(files[0]);
    const more = await book.admin.getReport({ path, query: { ...query, format: 'csv', cursor: first.cursor } });
    expect(expectOk(more)).toBe(files[1]);
  });

  it.each(names)('%s, row by row.', async (report) => {
    const rows: CsvTableRow[] = [];
    let after: PagePosition = [];
    for (;;) {
      const request = {
        area: 'state' as const,
        window: { from: Day.parse('2026-11-18'), to: Day.parse('2026-11-21') },
        after,
        maxRows: 1,
      };
      const page = await readReportRows(reportOf(report), request, allStores());
      expect(page.rows.length).toBeLessThanOrEqual(1);
      rows.push(...page.rows);
      if (!page.next) break;
      after = page.next;
    }
    expect(rows).toEqual((await pageOf(report, 'state', 'state')).rows);
  });
});

const ID_COLUMNS = ['location', 'district', 'item', 'seller', 'day', 'month', 'tender', 'dispatch'];

/** Units in the header, names beside ids, rupees with paise. */
const CSV_FILES: Partial<Record<ReportName, readonly string[]>> = {
  'sales-by-day': [
    'day,sales,amount_rupees,refunds,refunded_rupees,net_rupees',
    '2026-11-18,2,400.00,0,0.00,400.00',
    '2026-11-19,2,400.00,1,100.00,300.00',
    '2026-11-20,0,0.00,0,0.00,0.00',
    '2026-11-21,1,100.00,0,0.00,100.00',
  ],
  'tax-by-rate': [
    'seller,seller_name,gst_percent,taxable_rupees,cgst_rupees,sgst_rupees,igst_rupees',
    'LKO1,Chikan Samiti,5,571.44,14.28,14.28,0.00',
    'PBT1,Bansuri Samiti,0,200.00,0.00,0.00,0.00',
  ],
  'stock-outs': [
    'location,location_name,district,district_name,item,item_name,base_unit,from,to,days,over',
    'LKO-01,"Lucknow, stall 1",LKO,Lucknow,LKO-KURTA-04,KURTA of LKO1,piece,2026-11-19,2026-11-20,1.5,true',
    'LKO-02,"Lucknow, stall 2",LKO,Lucknow,LKO-KURTA-01,KURTA of LKO1,piece,2026-11-19,2026-11-21,3,false',
    'PBE-01,"Pilibhit, stall 1",PBT,Pilibhit,PBT-FLUTE-C,FLUTE of PBT1,piece,2026-11-20,2026-11-21,2,false',
  ],
  discrepancies: [
    'location,location_name,district,district_name,day,item,item_name,base_unit,variance_base_units,variance_value_rupees,written_off_base_units,written_off_value_rupees',
    'LKO-01,"Lucknow, stall 1",LKO,Lucknow,2026-11-20,LKO-KURTA-01,KURTA of LKO1,piece,-1,-60.00,0,0.00',
    'LKO-01,"Lucknow, stall 1",LKO,Lucknow,2026-11-20,LKO-KURTA-02,KURTA of LKO1,piece,0,0.00,1,40.00',
  ],
};

const pageOf = async (report: ReportName, area: string, scope: string) =>
  expectOk(await (await book.as('officer', scope)).getReport({ path: { report }, query: { area, ...days } }));

const fileOf = async (report: ReportName) =>
  expectOk(await book.admin.getReport({ path: { report }, query: { area: 'state', ...days, format: 'csv' } }));
