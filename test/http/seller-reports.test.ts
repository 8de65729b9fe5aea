import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import type { Client } from '../../shared/api/client.ts';
import { formatAmount, formatRupees } from '../../shared/billing/amount-in-words.ts';
import type { DayClose } from '../../shared/day-close/day-close.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { Day } from '../../shared/kernel/time.ts';
import { statementDocumentOf } from '../../shared/reports/statement-document.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { K, recordDaysOfTrade } from '../kit/days-of-trade.ts';
import { workOff } from '../kit/jobs.ts';
import { cursorAfter } from '../kit/page-walk.ts';
import { ask, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();
const book = useBook();
let officer: Client;
let token: string;

beforeAll(async () => {
  await recordDaysOfTrade(book);
  book.clock.set('2026-12-01T05:00:00Z');
  for (const stall of [...STALLS, 'PBE-D1']) await workOff('close-day', stall);
  for (const area of ['LKO', 'PBT', 'state']) await workOff('sum-days', area);
  officer = await book.as('officer', 'district:LKO');
  token = await book.bahi.issuer.token({ role: 'officer', scope: ['district:LKO'] });
});

describe("A seller's statement", () => {
  it('It says item by item what was sold, returned and taxed, and what is left.', async () => {
    const { lines, rounding, taxes, items } = expectOk(await officer.getStatement({ query }));
    const tax = (taxable: number, half: number) => ({ taxable, cgst: half, sgst: half, igst: 0 });
    expect(lines).toEqual([
      {
        item: K(1),
        sold: 6,
        amount: 60_000,
        returned: 1,
        refunded: 10_000,
        ...tax(47_620, 1_190),
        onHand: 0,
        value: 6_000,
      },
      { item: K(2), sold: 0, amount: 0, returned: 0, refunded: 0, ...tax(0, 0), onHand: 2, value: 8_000 },
      { item: K(3), sold: 0, amount: 0, returned: 0, refunded: 0, ...tax(0, 0), onHand: 1, value: 5_000 },
      { item: K(4), sold: 1, amount: 10_000, returned: 0, refunded: 0, ...tax(9_524, 238), onHand: 1, value: 1_000 },
    ]);
    expect(rounding).toEqual({ amount: 0, refunded: 0 });
    expect(taxes).toEqual([{ gstBasisPoints: 500, ...tax(57_144, 1_428) }]);
    expect(items.map(({ id }) => id)).toEqual([K(1), K(2), K(3), K(4)]);
  });

  it('It adds up to the day closes, in JSON and in CSV.', async () => {
    const { totals, taxes, lines } = expectOk(await officer.getStatement({ query }));
    const closes = await closesOf('LKO1');
    const [amount, refunded] = [sum(closes.map((one) => one.amount)), sum(closes.map((one) => one.refunded))];
    expect(totals).toEqual({
      sales: sum(closes.map(({ sales }) => sales)),
      amount,
      refunds: sum(closes.map(({ refunds }) => refunds)),
      refunded,
      net: amount - refunded,
    });
    for (const figure of ['taxable', 'cgst', 'sgst'] as const) {
      const closed = closes.flatMap(({ tax, taxBack }) => [
        ...tax.map((one) => one[figure]),
        ...taxBack.map((one) => -Number(one[figure])),
      ]);
      expect(sum(taxes.map((one) => one[figure]))).toBe(sum(closed));
      expect(sum(lines.map((one) => one[figure]))).toBe(sum(closed));
    }
    const rows = parse(await textOf('statement'), { columns: true }) as Record<string, string>[];
    expect(Math.round(100 * sum(rows.map((row) => Number(row.amount_rupees))))).toBe(amount);
    expect(Math.round(100 * sum(rows.map((row) => Number(row.refunded_rupees))))).toBe(refunded);
    expect(rows.at(-1)?.item_name).toBe('Rounding');
  });

  it('Each row of its CSV is what the closes have of that item, sold, returned and left.', async () => {
    const closed = (await dayCloses()).flatMap(({ items }) => items);
    const rows = parse(await textOf('statement'), { columns: true }) as Record<string, string>[];
    const items = rows.slice(0, -1).map(({ item }) => item ?? '');
    expect(items).toEqual([...new Set(closed.map(({ item }) => item))].filter((item) => item !== FLUTE).toSorted());
    for (const row of rows.slice(0, -1)) {
      const days = closed.filter(({ item }) => item === row.item);
      expect([row.sold_base_units, row.returned_base_units, row.amount_rupees]).toEqual([
        String(sum(days.map(({ sold }) => sold))),
        String(sum(days.map(({ returned }) => returned))),
        (sum(days.map(({ amount }) => amount)) / 100).toFixed(2),
      ]);
      const last = (await lastCloses()).flatMap((close) => close.items.filter(({ item }) => item === row.item));
      expect(row.on_hand_base_units).toBe(String(sum(last.map(({ onHand }) => onHand))));
    }
  });

  it('It is refused for a month that is open, and outside the district of the seller.', async () => {
    expect(outcomeOf(await officer.getStatement({ query: { ...query, period: '2026-12' } }))).toBe('409 PERIOD_OPEN');
    expect(outcomeOf(await officer.getStatement({ query: { ...query, seller: 'PBT1' } }))).toBe('403 FORBIDDEN');
    expect(outcomeOf(await officer.getStatement({ query: { ...query, seller: 'NOBODY' } }))).toBe('404 NOT_FOUND');
  });
});

describe('The statement as a PDF', () => {
  it('A client that prefers PDF gets one in its language, and the refusals of the JSON statement.', async () => {
    const get = async (language: string, period = query.period) =>
      ask(book, `/reports/statement?seller=LKO1&period=${period}`, {
        token,
        headers: { accept: 'application/pdf', 'accept-language': language },
      });
    const [hindi, english] = [await get('hi'), await get('en')];
    expect([hindi.redirected, hindi.status, hindi.headers.get('content-type')]).toEqual([true, 200, 'application/pdf']);
    const [first, second] = await Promise.all(
      [hindi, english].map(async (one) => Buffer.from(await one.arrayBuffer())),
    );
    expect(first?.subarray(0, 5).toString()).toBe('%PDF-');
    expect(first?.equals(second ?? Buffer.of())).toBe(false);
    expect((await get('en', '2026-12')).status).toBe(409);
  });

  it('Its texts are the figures of the statement, and those add up to the day closes.', async () => {
    const statement = expectOk(await officer.getStatement({ query }));
    const closes = await closesOf('LKO1');
    const [amount, refunded] = [sum(closes.map((one) => one.amount)), sum(closes.map((one) => one.refunded))];
    for (const language of ['hi', 'en'] as const) {
      const { sums, lines, taxes } = statementDocumentOf(statement, language);
      expect(sums.map((one) => one.amount)).toEqual([
        formatAmount(amount),
        formatAmount(refunded),
        formatRupees(amount - refunded),
      ]);
      expect(lines.rows.length).toBe(statement.lines.length);
      expect(lines.rows[0]?.map(({ detail }) => detail)).toEqual([
        K(1),
        '600.00',
        '100.00',
        undefined,
        undefined,
        '60.00',
      ]);
      expect(taxes?.rows).toEqual([['5 %', '571.44', '14.28', '14.28', '0.00'].map((text) => ({ text }))]);
    }
  });
});

describe('The register of bills', () => {
  it('It has each bill and credit note of the month once, and adds up to the closes.', async () => {
    const { bills, cursor } = expectOk(await officer.listBills({ query }));
    expect(cursor).toBeUndefined();
    expect(bills.map(({ day, location, document, total }) => [day, location, document, total])).toEqual([
      ['2026-11-18', 'LKO-01', 'tax-invoice', 20_000],
      ['2026-11-18', 'LKO-02', 'tax-invoice', 20_000],
      ['2026-11-19', 'LKO-01', 'tax-invoice', 20_000],
      ['2026-11-19', 'LKO-01', 'credit-note', 10_000],
      ['2026-11-21', 'LKO-01', 'tax-invoice', 10_000],
    ]);
    expect(bills[3]?.of).toBe(bills[2]?.number);
    const [closes, notes] = [await closesOf('LKO1'), bills.filter(({ document }) => document === 'credit-note')];
    expect(sum(bills.map(({ total }) => total))).toBe(
      sum(closes.flatMap(({ amount, refunded }) => [amount, refunded])),
    );
    expect(sum(notes.map(({ cgst }) => cgst))).toBe(
      sum(closes.flatMap(({ taxBack }) => taxBack.map(({ cgst }) => cgst))),
    );
  });

  it('A seller without registration has plain bills, without tax.', async () => {
    const by = await book.as('officer', 'district:PBT');
    const { bills } = expectOk(await by.listBills({ query: { ...query, seller: 'PBT1' } }));
    expect(bills).toEqual([
      expect.objectContaining({ document: 'bill', taxable: 20_000, cgst: 0, sgst: 0, igst: 0, total: 20_000 }),
    ]);
  });

  it('Its first page says whether the month is over, and which outlets have not closed.', async () => {
    const closedOf = async (period: string) =>
      expectOk(await officer.listBills({ query: { ...query, period } })).closed;
    expect(await closedOf('2026-11')).toEqual({ complete: true, to: '2026-11-30', unclosed: [] });
    expect(await closedOf('2026-12')).toEqual({ complete: false, unclosed: [] });
    const body = { name: 'New', station: 'NEW', district: 'LKO', sellers: ['LKO1'] };
    const admin = await book.as('admin', 'state');
    expectOk(await admin.putEntry({ path: { kind: 'outlets', id: 'NEW-01' }, body }));
    expect(await closedOf('2026-11')).toEqual({ complete: false, to: '2026-11-30', unclosed: ['NEW-01'] });
    const coming = { ...body, status: 'open' as const, statusFrom: '2027-01-01' };
    expectOk(await admin.putEntry({ path: { kind: 'outlets', id: 'NEW-02' }, body: coming }));
    expect((await closedOf('2026-11'))?.unclosed).toEqual(['NEW-01']);
    const token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
    const { headers } = await ask(book, '/reports/bills?seller=LKO1&period=2026-11&format=csv', { token });
    expect(headers.get('x-complete')).toBe('false');
  });

  it('Its CSV has rupees, and a cursor begins after the last bill.', async () => {
    const rows = parse(await textOf('bills'), { columns: true }) as Record<string, string>[];
    expect(rows.map((row) => row.total_rupees)).toEqual(['200.00', '200.00', '200.00', '100.00', '100.00']);
    const { bills } = expectOk(await officer.listBills({ query }));
    for (const [at, { day, location, number }] of bills.entries()) {
      const cursor = cursorAfter('listBills', { query }, [day, location, number]);
      const rest = expectOk(await officer.listBills({ query: { ...query, cursor } }));
      expect(rest.bills).toEqual(bills.slice(at + 1));
    }
    const foreign = cursorAfter('listBills', { query }, ['LKO-01']);
    expect(outcomeOf(await officer.listBills({ query: { ...query, cursor: foreign } }))).toBe('400 INVALID_REQUEST');
  });
});

const STALLS = ['LKO-01', 'LKO-02', 'PBE-01'];

const query = { seller: 'LKO1', period: '2026-11' };

const FLUTE = 'PBT-FLUTE-C';

const dayCloses = async (from = '2026-11-01'): Promise<DayClose[]> => {
  const window = { from: Day.parse(from), to: Day.parse('2026-11-30') };
  const all = STALLS.map((stall) => allStores().closes.between(StockLocationId.parse(stall), window));
  return (await Promise.all(all)).flat();
};

const lastCloses = () => dayCloses('2026-11-30');

const closesOf = async (seller: string): Promise<DayClose['sellers']> =>
  (await dayCloses()).flatMap(({ sellers }) => sellers.filter((one) => one.seller === seller));

const sum = (all: readonly (number | bigint)[]) => all.reduce<number>((total, one) => total + Number(one), 0);

const textOf = async (report: string) => {
  const search = new URLSearchParams({ ...query, format: 'csv' });
  const response = await ask(book, `/reports/${report}?${search}`, { token });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv']);
  return response.text();
};
