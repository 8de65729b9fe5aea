import { expect, inject, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { type AreaId, ItemId } from '../../shared/kernel/ids.ts';
import { Day } from '../../shared/kernel/time.ts';
import { useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { closeAt } from '../kit/day-closes.ts';
import { watchedClient } from '../kit/interceptor.ts';
import { workOff } from '../kit/jobs.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { openShop, PRICE, received, sold } from '../kit/shop.ts';

const HOUR = 3_600_000;
const THAT_DAY = Day.parse('2026-11-20');
const [KURTA] = ['LKO-KURTA-01'];
const { client, watch } = watchedClient(inject('endpoint'));
const book = useBook({ client });

const clockAt = (milliseconds: number) => book.clock.set(new Date(milliseconds).toISOString());
const totalsOf = (area: string) => allStores().totals.find(area as AreaId, THAT_DAY);
const sum = async () => {
  await workOff('sum-days', 'LKO');
  await workOff('sum-days', 'state');
};

it('Closes sum up to district and state, again after late vouchers and during a concurrent close.', async () => {
  const shops = [await openShop(book), await openShop(book)];
  const late: { phone: Phone; sale: Written }[] = [];
  for (const [at, shop] of shops.entries()) {
    const [phone] = shop.phones as [(typeof shop.phones)[0]];
    clockAt(START - 48 * HOUR);
    await phone.insist(phone.write(received({ item: KURTA, quantity: 5, unitCost: 4_000 })));
    await phone.insist(phone.write(sold({ item: KURTA, quantity: 1 + at })));
    late.push({ phone, sale: phone.write(sold({ item: KURTA, quantity: 1 })) });
    clockAt(START);
    await closeAt(shop.location);
  }
  await sum();
  const [first, second] = shops as [(typeof shops)[0], (typeof shops)[0]];
  for (const area of ['LKO', 'state'])
    expect(await totalsOf(area)).toMatchObject({
      area,
      locations: 2,
      unproven: 2,
      vouchers: 4,
      tenders: [{ tender: 'cash', taken: 3 * PRICE, given: 0 }],
      sellers: [{ seller: 'LKO1', sales: 2, amount: 3 * PRICE }],
      items: [{ item: KURTA, sold: 3, amount: 3 * PRICE, onHand: 7, value: 28_000, locations: 2 }],
      crafts: [{ amount: 3 * PRICE, value: 28_000 }],
    });

  await late[0]?.phone.sync([late[0].sale]);
  await closeAt(first.location);
  let closing = true;
  watch({
    before: async ({ says }) => {
      if (!closing || !says.includes('#totals')) return;
      closing = false;
      await late[1]?.phone.sync([late[1].sale]);
      await closeAt(second.location);
    },
  });
  await sum();
  watch({});
  for (const area of ['LKO', 'state'])
    expect(await totalsOf(area)).toMatchObject({ vouchers: 6, items: [{ item: KURTA, sold: 5, onHand: 5 }] });
});

it("The state's total of a day may exceed one DynamoDB item.", { tags: 'long' }, async () => {
  const { totals } = allStores();
  const items = Array.from({ length: 2_345 }, (_, at) => ({
    item: ItemId.parse(`X-${String(at).padStart(6, '0')}`),
    onHand: at,
    value: 1,
    sold: 1,
    amount: 1,
    returned: 0,
    received: 0,
    dispatched: 0,
    issued: 0,
    writtenOff: 0,
    variance: 0,
    varianceValue: 0,
    locations: 1,
    inStock: 0.5,
  }));
  const day = Day.parse('2026-11-10');
  const summed = {
    area: 'state' as const,
    day,
    locations: 1,
    unproven: 0,
    vouchers: 1,
    inHand: 0,
    tenders: [],
    sellers: [],
    crafts: [],
    items,
    summedAt: book.clock.now(),
  };
  await totals.put(summed, undefined);
  expect(await totals.find('state', day)).toEqual(summed);
});
