import { expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { closeAt } from '../kit/day-closes.ts';
import { sweep, workOff } from '../kit/jobs.ts';
import { openShop, received, sold } from '../kit/shop.ts';
import { phoneOf, syncAt } from '../kit/shop-phone.ts';

checkAnswersAgainstContract();

const DAY = 86_400_000;
const DAYS = 20;
const book = useBook();

it('A night of new plans opens ten alerts at a location and asks for a look; the rest follow next night.', async () => {
  const items = kurtas(15);
  const shop = await openShop(book, [0], 30);
  const of = (quantity: number) => items.map((item) => ({ item, quantity }));
  const goods = phoneOf(shop).write(received(...of(100)), START - (DAYS + 1) * DAY);
  const sales = Array.from({ length: DAYS }, (_, day) =>
    phoneOf(shop).write(sold(...of(4)), START - (DAYS - day) * DAY),
  );
  for (const one of [goods, ...sales]) expect(await syncAt(shop, one)).toMatchObject([{ outcome: 'recorded' }]);
  const alerts = async () => {
    await sweep(shop.location);
    const query = { location: shop.location, state: 'open' as const };
    const all = expectOk(await shop.client.listAlerts({ query })).alerts;
    return {
      short: all.filter(({ type }) => type === 'short').length,
      looks: all.filter(({ type }) => type === 'failed'),
    };
  };
  expect((await alerts()).short).toBe(0);

  await closeAt(shop.location);
  await workOff('update-demand-model', 'state');
  await workOff('plan-replenishment', shop.location);
  const first = await alerts();
  expect(first.short).toBe(10);
  expect(first.looks).toMatchObject([
    {
      about: 'look-at-plans',
      figures: { problem: 'Error: 15 items would run short at once by their new plans; 5 plans wait' },
    },
  ]);

  await workOff('plan-replenishment', shop.location);
  expect(await alerts()).toEqual({ short: 15, looks: [] });
});

it('A sweep opens twenty alerts at a location and asks for a look; the rest follow an hour later.', async () => {
  const shop = await openShop(book, [0], 30);
  const goods = kurtas(30).map((item) => ({ item, quantity: 1 }));
  expect(await syncAt(shop, phoneOf(shop).write(received(...goods), START - DAY))).toMatchObject([
    { outcome: 'recorded' },
  ]);
  const alerts = async () => {
    await sweep(shop.location);
    const query = { location: shop.location, state: 'open' as const };
    const all = expectOk(await shop.client.listAlerts({ query })).alerts;
    return [all.filter(({ type }) => type === 'short').length, all.flatMap((one) => ('about' in one ? one.about : []))];
  };
  expect(await alerts()).toEqual([20, ['look-at-alerts']]);
  expect(await alerts()).toEqual([30, []]);
  expect(await alerts()).toEqual([30, []]);
});
