import { afterEach, describe, expect, it } from 'vitest';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { closeAt } from '../kit/day-closes.ts';
import { workOff } from '../kit/jobs.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, received, type Shop, sold } from '../kit/shop.ts';

checkAnswersAgainstContract();

let book: Book;
afterEach(() => book.close());

describe.each([1, 5, 50])('The nights after 29 days of a pilot of %i stalls', { tags: 'long' }, (pilots) => {
  it('Plans are for stalls that trade. The silent ones keep the reorder point of the registry.', async () => {
    book = await openBook();
    const traders = await openStalls(pilots);
    const silent = await openStalls(SILENT);
    for (const shop of traders) await trade(shop);
    await night([...traders, ...silent]);

    for (const shop of silent) {
      const { client, location } = shop;
      const { stock } = expectOk(await client.getLocationStock({ path: { location }, query: {} }));
      expect(stock.map(({ plan, reorderPoint }) => [plan, reorderPoint])).toEqual([
        [undefined, 3],
        [undefined, 3],
      ]);
      expect(await stockAlertsAt(shop)).toEqual([]);
    }
    for (const shop of traders) {
      const plan = (await shop.rows()).get(ITEM)?.plan;
      expect(plan?.reorderPoint).toBeGreaterThan(3);
      expect(plan?.pace?.alone).toBe(pilots === 1 ? true : undefined);
      expect(plan?.pace?.othersPerWeek).toBeCloseTo(14, 0);
    }
  });
});

it('Stalls that join one by one get the same reorder point within a piece; silent ones get no plan.', {
  tags: 'long',
}, async () => {
  book = await openBook();
  const shops = await openStalls(4);
  for (const [at, shop] of shops.entries()) {
    await trade(shop);
    await night(shops);
    const plans = await Promise.all(shops.map(async ({ rows }) => (await rows()).get(ITEM)?.plan?.reorderPoint));
    const [first, ...others] = plans.slice(0, at + 1);
    expect(first).toBeGreaterThan(3);
    for (const other of others) expect(Math.abs((other ?? 0) - (first ?? 0))).toBeLessThanOrEqual(1);
    expect(plans.slice(at + 1)).toEqual(shops.slice(at + 1).map(() => undefined));
  }
});

const [ITEM = '', SLOW = ''] = kurtas(2);
const DAY = 24 * 3_600_000;
const DAYS = 29;
const SILENT = 10;

/** Stalls with goods on the shelf. */
const openStalls = async (count: number): Promise<Shop[]> => {
  const shops: Shop[] = [];
  for (let at = 0; at < count; at++) {
    const shop = await openShop(book, [0], 40);
    await sync(shop, [[received({ item: ITEM, quantity: 200 }, { item: SLOW, quantity: 20 }), DAYS + 1]]);
    shops.push(shop);
  }
  return shops;
};

/** Two pieces a day, up to yesterday. */
const trade = (shop: Shop) =>
  sync(
    shop,
    Array.from({ length: DAYS }, (_, day) => [sold({ item: ITEM, quantity: 2 }), DAYS - day] as const),
  );

type DatedClaim = readonly [claim: Parameters<Phone['write']>[0], daysAgo: number];

const sync = async ({ phones }: Shop, claims: readonly DatedClaim[]): Promise<void> => {
  const [phone] = phones as [Phone];
  const written = claims.map(([claim, daysAgo]) => phone.write(claim, START - daysAgo * DAY));
  for (const { outcome } of expectOk(await phone.sync(written)).outcomes) expect(outcome).toBe('recorded');
};

const night = async (shops: readonly Shop[]) => {
  for (const { location } of shops) await closeAt(location);
  await workOff('update-demand-model', 'state');
  for (const { location } of shops) await workOff('plan-replenishment', location);
  for (const { location } of shops) await workOff('sweep-alerts', location);
};

const stockAlertsAt = async ({ client, location }: Shop) =>
  expectOk(await client.listAlerts({ query: { location } })).alerts.filter((alert) => 'item' in alert);
