import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billOf, effectsOf, totalOf, usageOf } from '../../infra/cost/bill.ts';
import { capacityTable, rowOf } from '../../infra/cost/capacity-table.ts';
import { costPage } from '../../infra/cost/cost-page.ts';
import { type InputValues, inputValues } from '../../infra/cost/inputs.ts';
import { PRICES, type Price, type PriceName } from '../../infra/cost/prices.ts';
import { templateFacts } from '../../infra/cost/template-facts.ts';
import { timesADay } from '../../infra/cost/workload.ts';

const table = capacityTable();
const measured = { table, facts: templateFacts(), metrics: 3 };
const given = inputValues();
const nothing = Object.fromEntries(Object.keys(given).map((name) => [name, 0])) as InputValues;
const byPart = (page: string): ReadonlyMap<string, number> =>
  new Map(
    [...page.matchAll(/^\| ([^|]+) \| [\d,.]+ \| [^|]+ \| ([\d,]+) \| [\d.]+ % \|$/gm)].map(
      ([, part = '', rupees = '']) => [part, Number(rupees.replaceAll(',', ''))],
    ),
  );

describe('Usage', () => {
  it('A month of one sale writes and reads what docs/capacity.md measures for it, and nothing else.', () => {
    const one = { ...nothing, outlets: 1, sales: 1, days: 1, districts: 1, batch: 1, polls: 0, callMilliseconds: 10 };
    const usage = usageOf(one, measured);
    const nights = usageOf({ ...one, sales: 0 }, measured);
    const sale = rowOf(table, 'record a sale of 1 line');
    expect(usage.write - nights.write).toBeCloseTo(sale.writes, 9);
    expect(usage.read - nights.read).toBeCloseTo(sale.reads, 9);
    expect(usage.request - nights.request).toBe(1);
    expect(usage.run - nights.run, 'the request and its stock row in the stream').toBe(2);
    expect(usage.compute - nights.compute, '10 ms of 1,024 MB').toBeCloseTo(0.01, 9);
  });

  it('A synced sale costs a fiftieth of the row of 50.', () => {
    const of = (sales: number) =>
      usageOf({ ...nothing, outlets: 1, sales, days: 1, districts: 1, batch: 1, offline: 1 }, measured);
    expect(of(1).write - of(0).write).toBeCloseTo(rowOf(table, 'bring 50 captured sales of 1 line').writes / 50, 9);
  });

  it.each([
    ['rate(1 hour)', 24],
    ['cron(0 6 * * ? *)', 1],
    ['cron(30,45 0 * * ? *)', 2],
    ['cron(0 1,2 * * ? *)', 2],
  ])('The schedule %s runs %i times a day.', (schedule, times) => {
    expect(timesADay(schedule)).toBe(times);
  });

  it('An unknown schedule and an unknown row are refused with advice.', () => {
    expect(() => timesADay('rate(2 hours)')).toThrow('Say how often it runs.');
    expect(() => rowOf(table, 'record a wish')).toThrow('has no row "record a wish". Name a row of it');
  });
});

describe('Bill', () => {
  it('The total is the sum of units times price, and grows with each of them.', () => {
    const units = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(PRICES) as PriceName[])), units, units, (name, less, more) => {
        const none = Object.fromEntries(Object.keys(PRICES).map((price) => [price, 0])) as Record<PriceName, number>;
        const of = (amount: number) => totalOf(billOf({ ...none, [name]: amount }, PRICES));
        expect(of(less + more)).toBeCloseTo(of(less) + of(more), 3);
        expect(of(less)).toBeCloseTo((less * PRICES[name].dollars) / PRICES[name].per, 6);
      }),
    );
  });

  it('A price that grows by a tenth adds a tenth of its part; outlets add almost all of theirs.', () => {
    const effects = new Map(effectsOf(given, PRICES, measured).map(({ name, dollars }) => [name, dollars]));
    const bill = billOf(usageOf(given, measured), PRICES);
    for (const { price, dollars } of bill) expect(effects.get(`price: ${price}`)).toBeCloseTo(dollars / 10, 9);
    const users = bill.find(({ price }) => price === 'user')?.dollars ?? 0;
    expect(effects.get('outlets')).toBeLessThan((totalOf(bill) - users) / 10);
    expect(effects.get('outlets')).toBeGreaterThan((totalOf(bill) - users) / 20);
  });
});

describe('Prices', () => {
  it.each(Object.entries<Price>(PRICES))('%s has a source, and a day or the word that it was not read.', (_, price) => {
    expect(price.source).toMatch(/^https:\/\/aws\.amazon\.com\/|^AWS Price List API, usage type \S+/);
    expect(price.dollars / price.per).toBeGreaterThan(0);
    if (price.verified === 'no') expect(price.read).toBe('not read');
    else expect(price.read).toMatch(/^20\d\d-\d\d-\d\d$/);
  });
});

it('docs/cost.md says what npm run cost computes, to 1 % of the total. If not: npm run cost -- --write', () => {
  const { text, total } = costPage();
  const written = readFileSync('docs/cost.md', 'utf8');
  const [now, then] = [byPart(text), byPart(written)];
  const inputsAndPrices = (page: string) => page.slice(page.indexOf('## Inputs'));
  expect(inputsAndPrices(written)).toBe(inputsAndPrices(text));
  expect(now.size).toBe(Object.keys(PRICES).length);
  expect([...then.keys()].sort()).toEqual([...now.keys()].sort());
  const tolerance = (total * 90) / 100;
  const stale = [...now].filter(([part, rupees]) => Math.abs(rupees - (then.get(part) ?? 0)) > tolerance);
  expect(stale).toEqual([]);
});
