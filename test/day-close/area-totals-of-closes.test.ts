import { expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import type { AreaId } from '../../shared/kernel/ids.ts';
import { Day } from '../../shared/kernel/time.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { latestCloseByDay } from '../kit/day-closes.ts';
import { BAMBOO, DEPOT, openDepot } from '../kit/depot.ts';
import type { Written } from '../kit/phone.ts';
import { counted, dispatched, openShop, phonesAt, receivedFrom, type Shop, tookBack } from '../kit/shop.ts';
import { syncAndAdmit } from '../kit/sync-and-admit.ts';
import { readReportsAndAlerts, wholeNight } from '../kit/whole-night.ts';

const ITEM = 'LKO-KURTA-01';
const DAY = 24 * 3_600_000;
const CRORE = 10_000_000_00;
const book = useBook();

it('A barcode typed as a quantity, twice reversed, still closes, sums and reports.', { tags: 'long' }, async () => {
  const quantity = 8_901_234;
  const amount = quantity * 85_000;
  const { close, reports } = await livedThrough(12, async (shop) => {
    const phone = phoneOf(shop);
    for (const _ of [1, 2]) {
      const sale = phone.write(mistyped(quantity, 85_000));
      const back = phone.write({
        ...tookBack(sale.number, { line: 1, item: ITEM, quantity }),
        reason: 'mistake',
        refund: [{ tender: 'cash', amount }],
      });
      await syncAndAdmit(book, shop.location, [sale]);
      await syncAndAdmit(book, shop.location, [back]);
    }
  });
  expect(close).toMatchObject({
    tenders: [{ tender: 'cash', taken: 2 * amount, given: 2 * amount }],
    sellers: [{ sales: 2, amount: 2 * amount, refunds: 2, refunded: 2 * amount }],
    items: [{ item: ITEM, onHand: 0, sold: 2 * quantity, returned: 2 * quantity }],
  });
  expect(reports['sales-by-day']).toMatchObject([{ amount: 2 * amount, refunded: 2 * amount, net: 0 }]);
});

it('A receipt at a mistyped cost is worth more than 2^53 paise, exact to the paisa.', { tags: 'long' }, async () => {
  const [quantity, unitCost] = [89_012_345, 1_234_567_890];
  const { close, day } = await livedThrough(10, async (shop) => {
    const receipt = { kind: 'R', from: { supplier: 'Chikan Samiti' }, lines: [{ item: ITEM, quantity, unitCost }] };
    await syncAndAdmit(book, shop.location, [phoneOf(shop).write(receipt)]);
  });
  const value = 109_891_782_950_602_050n;
  expect(BigInt(quantity) * BigInt(unitCost)).toBe(value);
  expect(close?.items).toMatchObject([{ item: ITEM, onHand: quantity, value, average: 1_234_567_890_000 }]);
  for (const area of ['LKO', 'state'])
    expect(await allStores().totals.find(area as AreaId, Day.parse(day))).toMatchObject({
      items: [{ value }],
      crafts: [{ value }],
    });
});

it('An unmatched return of 800 crore rupees in two tenders leaves reports and alerts readable.', {
  tags: 'long',
}, async () => {
  const half = 400 * CRORE;
  const { close, reports } = await livedThrough(8, async (shop) => {
    const phone = phoneOf(shop);
    const never = phone.write(mistyped(1, 85_000));
    const back = {
      ...tookBack(never.number, { line: 1, item: ITEM, quantity: 1 }),
      refund: [
        { tender: 'cash', amount: 2 * half },
        { tender: 'upi', amount: 2 * half },
      ],
    };
    await syncAndAdmit(book, shop.location, [phone.write(back)]);
  });
  expect(close?.sellers).toMatchObject([{ refunds: 1, refunded: 4 * half }]);
  expect(reports['sales-by-seller']).toMatchObject([{ seller: 'LKO1', net: -4 * half }]);
});

it('A sale that follows its return of 1,600 crore rupees opens an alert with the exact sum.', async () => {
  const [shops, paid] = [[] as Shop[], 800 * CRORE];
  let sale: Written | undefined;
  const { alerts } = await livedThrough(6, async (shop) => {
    shops.push(shop);
    const phone = phoneOf(shop);
    sale = phone.write(mistyped(1, 85_000));
    const refund = [1, 2].map((n) => ({ tender: n === 1 ? 'cash' : 'upi', amount: paid }));
    const back = { ...tookBack(sale.number, { line: 1, item: ITEM, quantity: 1 }), refund };
    await syncAndAdmit(book, shop.location, [phone.write(back)]);
    await syncAndAdmit(book, shop.location, [sale]);
  });
  const alert = alerts.find(({ type, location }) => type === 'unmatched' && location === shops[0]?.location);
  expect(alert).toMatchObject({ figures: { misfit: { given: 2 * paid, due: 85_000 } } });
  expect(alert?.says.en).toContain('₹15,99,99,99,150 more than is due');
});

it('The largest sales of two stalls are summed in district and state.', async () => {
  const amount = 999_999_000_000;
  clockAt(START - 4 * DAY);
  const shops = [await openShop(book), await openShop(book)];
  const before = await allStores().totals.find('state', Day.parse('2026-11-18'));
  expect(before).toBeUndefined();
  for (const shop of shops)
    await syncAndAdmit(book, shop.location, [phoneOf(shop).write(mistyped(amount / 10_000, 10_000))]);
  clockAt(START - 3 * DAY);
  await wholeNight(shops.map(({ location }) => location));
  for (const area of ['LKO', 'state'])
    expect(await allStores().totals.find(area as AreaId, Day.parse('2026-11-18'))).toMatchObject({
      tenders: [{ tender: 'cash', taken: 2 * amount }],
      sellers: [{ sales: 2, amount: 2 * amount }],
      crafts: [{ amount: 2 * amount }],
    });
  const { reports } = await readReportsAndAlerts(book, '2026-11-18', '2026-11-18');
  expect(reports['sales-by-day']).toMatchObject([{ amount: 2 * amount }]);
});

it('Two lots of 60 tonnes merged leave the depot readable, countable, reversible and reconciled.', {
  tags: 'long',
}, async () => {
  clockAt(START);
  const depot = await openDepot(book);
  const { phones } = await phonesAt(book, 'P0042', 'PBT1');
  const at = await phonesAt(book, DEPOT, 'PBT1');
  const [maker, counter] = [phones[0], at.phones[0]];
  if (!maker || !counter) throw new Error('each has a phone');
  const quantity = 60_000_000;
  const receipts: Written[] = [];
  for (const _ of [1, 2]) {
    const sent = maker.write(dispatched(DEPOT, { item: BAMBOO, quantity }));
    await syncAndAdmit(book, 'P0042', [sent]);
    const receipt = counter.write(receivedFrom(sent.number, { item: BAMBOO, quantity, lot: 'SIL-1' }));
    receipts.push(receipt);
    await syncAndAdmit(book, DEPOT, [receipt]);
  }
  const row = async () => await depot.row();
  const minutes = (after: number) => clockAt(START + after * 60_000);
  expect(await row()).toMatchObject({ onHand: 2 * quantity, lots: [{ lot: 'SIL-1', left: 2 * quantity }] });

  minutes(1);
  await syncAndAdmit(book, DEPOT, [counter.write(counted({ item: BAMBOO, quantity: 99_000_000 }))]);
  expect(await row()).toMatchObject({ onHand: 99_000_000, lots: [{ left: 99_000_000 }] });
  minutes(2);
  const found = counter.write({
    kind: 'A',
    reason: 'found',
    lines: [{ item: BAMBOO, quantity: 21_000_000, lot: 'SIL-1' }],
  });
  await syncAndAdmit(book, DEPOT, [found]);
  const [, last] = receipts;
  minutes(3);
  const undone = counter.write(tookBack(last?.number ?? '', { line: 1, item: BAMBOO, quantity }));
  expectOk(await counter.insist(undone));
  expect(await row()).toMatchObject({ onHand: quantity, lots: [{ lot: 'SIL-1', left: quantity }] });

  clockAt(START + DAY);
  await wholeNight([DEPOT, 'P0042']);
  const { alerts } = await readReportsAndAlerts(book, '2026-11-22', '2026-11-22');
  expect(alerts.filter(({ type }) => type === 'drift')).toEqual([]);
  const { materials } = expectOk(
    await (await book.as('depot', `location:${DEPOT}`)).getDepotShelf({ path: { depot: DEPOT } }),
  );
  expect(materials.length).toBeGreaterThan(0);
});

const clockAt = (milliseconds: number) => book.clock.set(new Date(milliseconds).toISOString());

/** A phone writes so many days ago. Then come a night of all jobs and all reports of officers. */
const livedThrough = async (ago: number, write: (shop: Shop) => Promise<void>) => {
  clockAt(START - ago * DAY);
  const shop = await openShop(book);
  await write(shop);
  const day = new Date(START - ago * DAY).toISOString().slice(0, 10);
  clockAt(START - (ago - 1) * DAY);
  await wholeNight([shop.location]);
  const read = await readReportsAndAlerts(book, day, day);
  return { ...read, shop, day, close: (await latestCloseByDay(shop.location)).get(day) };
};

const phoneOf = ({ phones }: Shop) => {
  const [phone] = phones;
  if (!phone) throw new Error('a shop has a phone');
  return phone;
};

const mistyped = (quantity: number, unitPrice: number) => ({
  kind: 'S',
  lines: [{ item: ITEM, quantity, unitPrice }],
  payments: [{ tender: 'cash', amount: quantity * unitPrice }],
});
