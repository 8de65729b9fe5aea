import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import type { DayClose } from '../../shared/day-close/day-close.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { Day } from '../../shared/kernel/time.ts';
import type { MakerStatement } from '../../shared/reports/maker-statement-contract.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { daysAgo } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { closeAndSum, MAKER, OF_NOBODY, OTHER, OWN, SHARED, STALL, useMakerRecord } from '../kit/maker-record.ts';
import { PRICE, sold } from '../kit/shop.ts';
import { syncAt } from '../kit/shop-phone.ts';
import { ask, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();
const book = useBook();
const record = useMakerRecord(book);

describe("A maker's record", () => {
  it('Its figures are those of the vouchers, and add up to the day closes.', async () => {
    const { totals, months, locations, years, closes: version, firstDay, unclosed, unsummed } = await read();
    const own = record.expected.get(OWN);
    const line = totals.find(({ item }) => item === OWN);
    expect(line).toMatchObject({ ...own, amount: (own?.sold ?? 0) * PRICE, refunded: (own?.returned ?? 0) * PRICE });
    expect(line).toMatchObject({ sharedSold: 0, price: PRICE * 1_000 });
    expect(totals.find(({ item }) => item === OF_NOBODY)).toMatchObject({
      sold: 0,
      amount: 0,
      delivered: record.expected.get(OF_NOBODY)?.delivered,
    });
    const closed = (await closes()).flatMap(({ items }) => items.filter(({ item }) => item === OWN));
    for (const figure of ['sold', 'amount', 'returned'] as const)
      expect(line?.[figure]).toBe(sum(closed.map((one) => one[figure])));
    expect(line?.onHand).toBe(closed.at(-1)?.onHand);
    for (const part of [months, locations])
      expect(sum(part.flatMap(({ lines }) => lines.map(({ amount }) => amount)))).toBe(line?.amount);
    expect(years).toMatchObject([{ year: '2026-27', isToDate: true, amount: line?.amount, refunded: line?.refunded }]);
    const stallDays = (await closes()).filter(({ vouchers }) => vouchers > 0).length;
    expect(version.days).toBe(stallDays + 1);
    expect([firstDay, unclosed, unsummed]).toEqual(['2026-11-12', [], []]);
  });

  it('A sale of an item of several makers counts for none of them, and is stated.', async () => {
    const { totals } = await read();
    expect(totals.find(({ item }) => item === SHARED)).toMatchObject({
      delivered: record.expected.get(SHARED)?.delivered,
      sold: 0,
      amount: 0,
      sharedSold: record.expected.get(SHARED)?.sold,
      sharedAmount: (record.expected.get(SHARED)?.sold ?? 0) * PRICE,
    });
    const other = expectOk(await book.admin.getMakerStatement({ path: { producer: OTHER }, query: {} }));
    expect(other.totals).toMatchObject([
      { item: SHARED, delivered: 0, sold: 0, sharedSold: record.expected.get(SHARED)?.sold },
    ]);
  });

  it('Material that a depot issued is drawn, and gives the yield.', async () => {
    const statement = await read();
    expect(statement.yield).toEqual({
      material: 'PBT-BAMBOO',
      drawn: 500,
      delivered: sum([...record.expected.values()].map(({ delivered }) => delivered)),
    });
  });

  it('A late sale changes it. A new maker of the item takes no day that is closed.', async () => {
    const before = await read();
    const late = { item: OWN, quantity: 1 };
    await record.setMakers(OWN, [OTHER]);
    const [phone] = record.stall.phones;
    const written = await daysAgo(book.clock, 9, async () => phone?.write(sold(late)));
    if (written) expect(await syncAt(record.stall, written)).toMatchObject([{ outcome: 'recorded' }]);
    await closeAndSum();
    const after = await read();
    const soldIn = ({ totals }: MakerStatement) => Number(totals.find(({ item }) => item === OWN)?.sold);
    expect(soldIn(after)).toBe(soldIn(before) + 1);
    expect(after.closes.editions).toBe(before.closes.editions + 1);
    expect(after.code).not.toBe(before.code);
    await record.setMakers(OWN, [MAKER]);
  });
});

describe('Who gets it', () => {
  it('The producer and officers of the district get it; others, and unknown months, are refused.', async () => {
    const path = { producer: MAKER };
    const get = async (...caller: Parameters<typeof book.as>) =>
      outcomeOf(await (await book.as(...caller)).getMakerStatement({ path, query: {} }));
    expect(await get('officer', 'district:PBT')).toBe(200);
    expect(await get('officer', 'district:LKO')).toBe('403 FORBIDDEN');
    expect(await get('producer', `producer:${OTHER}`)).toBe('403 FORBIDDEN');
    expect(await get('depot', 'location:PBE-D1')).toBe('403 FORBIDDEN');
    const ask = async (query: object, producer = MAKER) =>
      outcomeOf(await book.admin.getMakerStatement({ path: { producer }, query }));
    expect(await ask({}, 'P9999')).toBe('422 PRODUCER_UNKNOWN');
    expect(await ask({ from: '2026-11', to: '2026-10' })).toBe('400 INVALID_REQUEST');
    expect(await ask({ from: '2026-12', to: '2027-01' })).toBe('409 PERIOD_OPEN');
    expect(await ask({ from: '2022-10', to: '2026-10' })).toBe('400 INVALID_REQUEST');
  });
});

describe('Its code', () => {
  it('Anybody sees by it what was stated, in JSON and on a page; another code is unknown.', async () => {
    const { code, months, totals, years } = await read();
    const answer = await ask(
      book,
      `/statements/${code
        .replace(/(.{5})/g, '$1-')
        .toLowerCase()
        .replace(/-$/, '')}`,
    );
    expect(answer.status).toBe(200);
    const stated = (await answer.json()) as Record<string, unknown>;
    expect(stated).toMatchObject({ producer: MAKER, statedTo: 'producer', statedOn: '2026-11-22', years, totals });
    expect(stated.months).toEqual(months.map(({ lines: _lines, ...month }) => month));
    expect(Object.keys(stated)).not.toContain('locations');
    const page = await ask(book, `/statements/${code}?language=hi`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('नसीम');
    const forged = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
    expect((await ask(book, `/statements/${forged}`)).status).toBe(404);
    expect((await ask(book, '/statements/SHORT')).status).toBe(400);
  });

  it('The same statement has the same code, and other months another one.', async () => {
    expect((await read()).code).toBe((await read()).code);
    expect((await read({ from: '2026-11' })).code).not.toBe((await read()).code);
  });
});

describe('Its other forms', () => {
  it('CSV adds up by month and by location; the PDF is in two languages.', async () => {
    const token = await book.bahi.issuer.token({ role: 'producer', scope: [`producer:${MAKER}`] });
    const statement = await read();
    const amount = sum(statement.years.map((year) => year.amount));
    for (const by of ['month', 'location']) {
      const text = await (await ask(book, `/producers/${MAKER}/statement?format=csv&by=${by}`, { token })).text();
      const rows = parse(text, { columns: true }) as Record<string, string>[];
      expect(Math.round(100 * sum(rows.map((row) => Number(row.amount_rupees))))).toBe(amount);
    }
    const pdfs = [];
    for (const language of ['hi', 'en']) {
      const headers = { accept: 'application/pdf', 'accept-language': language };
      const pdf = await ask(book, `/producers/${MAKER}/statement`, { token, headers });
      expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      pdfs.push(Buffer.from(await pdf.arrayBuffer()));
    }
    expect(pdfs[0]?.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdfs[0]?.equals(pdfs[1] ?? Buffer.of())).toBe(false);
  });
});

const read = async (query: { from?: string; to?: string } = {}): Promise<MakerStatement> =>
  expectOk(await record.maker.getMakerStatement({ path: { producer: MAKER }, query }));

const sum = (figures: readonly (number | bigint)[]) => figures.reduce<number>((total, one) => total + Number(one), 0);

const closes = async (): Promise<DayClose[]> =>
  allStores().closes.between(StockLocationId.parse(STALL), {
    from: Day.parse('2026-11-01'),
    to: Day.parse('2026-11-30'),
  });
