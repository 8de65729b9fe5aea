import { beforeEach, describe, expect, inject, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { closeAt } from '../kit/day-closes.ts';
import { steppedClient } from '../kit/interceptor.ts';
import { dispatched, openShop, received, receivedFrom, type Shop, sold, tookBack } from '../kit/shop.ts';
import { phoneOf } from '../kit/shop-phone.ts';

checkAnswersAgainstContract();

const { client, beforeNext } = steppedClient(inject('endpoint'));
let [from, to]: Shop[] = [];
const book = useBook({ client });
beforeEach(async () => {
  book.clock.set(new Date(START).toISOString());
  [from, to] = [await openShop(book), await openShop(book)];
});

describe('The report transit-overdue', () => {
  const overdue = async () => {
    book.clock.set(new Date(START + 6 * DAY).toISOString());
    const officer = await book.as('officer', 'state');
    const query = { area: 'LKO', from: '2026-11-26', to: '2026-11-27' };
    const { rows } = expectOk(await officer.getReport({ path: { report: 'transit-overdue' }, query }));
    return rows.filter((row) => 'location' in row && row.location === shopOf(to).location);
  };

  it("Goods in transit are valued at the sender's cost at dispatch, whatever the dispatch states.", async () => {
    await bring(from, on(0), bought(10, 6_000));
    await bring(from, on(0, 1), bought(10, 8_000));
    const line = { item: ITEM, quantity: 6, unitCost: 99 };
    const dispatch = await bring(from, on(0, 2), dispatched(shopOf(to).location, line));
    await bring(from, on(0, 3), bought(10, 90_000));
    await closeAll(from, to);
    expect(await overdue()).toMatchObject([{ dispatch, quantity: 6, value: 42_000 }]);
  });

  it('Goods in transit are valued at the stated cost if the closes know none.', async () => {
    const line = { item: ITEM, quantity: 6, unitCost: 5_000 };
    const dispatch = await bring(from, on(0, 2), dispatched(shopOf(to).location, line));
    expect(await overdue()).toMatchObject([{ dispatch, quantity: 6, value: 30_000 }]);
    await closeAll(from, to);
    expect(await overdue()).toMatchObject([{ dispatch, quantity: 6, value: 30_000 }]);
  });
});

describe('Cost of received goods', () => {
  it("Each delivery has its sender's cost, whichever location closes first.", async () => {
    await bring(from, on(0), bought(10, 6_000));
    await bring(from, on(0, 1), bought(10, 8_000));
    const dispatch = await bring(from, on(0, 2), sent(6));
    await bring(from, on(0, 3), bought(10, 90_000));
    await bring(to, on(0, 4), receivedFrom(dispatch, { item: ITEM, quantity: 2 }));
    await bring(to, on(1), receivedFrom(dispatch, { item: ITEM, quantity: 4 }));
    await closeAll(to, from);
    expect(await costOn(to, WEDNESDAY)).toEqual([7_000, 14_000]);
    expect(await costOn(to, THURSDAY)).toEqual([7_000, 42_000]);
    expect(await costOn(to, SATURDAY)).toEqual([7_000, 42_000]);
  });

  it('A cost that the sender learns late reaches the receiver.', async () => {
    await bring(from, on(0), bought(10, 6_000));
    const dispatch = await bring(from, on(1), sent(5));
    await bring(to, on(2), receivedFrom(dispatch, { item: ITEM, quantity: 5 }));
    await closeAll(from, to);
    expect(await costOn(to, FRIDAY)).toEqual([6_000, 30_000]);
    await bring(from, on(0, 1), bought(10, 10_000));
    await closeAll(from, to);
    expect(await costOn(to, FRIDAY)).toEqual([8_000, 40_000]);
    expect(await costOn(to, SATURDAY)).toEqual([8_000, 40_000]);
  });

  it('The cost is right when sender and receiver close at the same time.', async () => {
    await bring(from, on(0), bought(10, 6_000));
    const dispatch = await bring(from, on(0, 2), sent(5));
    await bring(to, on(0, 3), receivedFrom(dispatch, { item: ITEM, quantity: 5 }));
    // The receiver reads the sender's day just before that is written.
    beforeNext('TransactWriteItems', () => closeAt(shopOf(to).location));
    await closeAt(shopOf(from).location);
    expect(await costOn(to, WEDNESDAY)).toEqual([0, 0]);
    await closeAt(shopOf(to).location);
    expect(await costOn(to, WEDNESDAY)).toEqual([6_000, 30_000]);
  });

  it('The cost is right when the receipt came before its dispatch.', async () => {
    const phone = phoneOf(shopOf(from));
    const dispatch = phone.write(sent(5), on(0, 2));
    await bring(to, on(1), receivedFrom(dispatch.number, { item: ITEM, quantity: 5 }));
    await closeAll(from, to);
    expect(await costOn(to, THURSDAY)).toEqual([0, 0]);
    await bring(from, on(0), bought(10, 6_000));
    expect(expectOk(await phone.sync([dispatch])).outcomes).toMatchObject([{ outcome: 'recorded' }]);
    await closeAll(from, to);
    expect(await costOn(to, THURSDAY)).toEqual([6_000, 30_000]);
  });

  it('Rejected goods return to the sender at the cost with which they left.', async () => {
    await bring(from, on(0), bought(10, 6_000));
    const dispatch = await bring(from, on(0, 1), sent(10));
    await bring(to, on(1), receivedFrom(dispatch, { item: ITEM, quantity: 6, rejected: 4 }));
    await bring(from, on(1), bought(4, 10_000));
    await bring(from, on(2), tookBack(dispatch, { line: 1, item: ITEM, quantity: 4 }));
    await closeAll(from, to);
    expect(await costOn(to, THURSDAY)).toEqual([6_000, 36_000]);
    expect(await costOn(from, THURSDAY)).toEqual([10_000, 40_000]);
    expect(await costOn(from, FRIDAY)).toEqual([8_000, 64_000]);
  });
});

describe('Reversed receipts', () => {
  it('A reversed receipt leaves average and value as if it had not been, on its day and later.', async () => {
    await bring(from, on(0), bought(10, 6_000));
    const mistake = await bring(from, on(0, 1), bought(1_000, 90_000));
    await bring(from, on(1), bought(10, 8_000));
    await closeAll(from);
    expect(await costOn(from, WEDNESDAY)).not.toEqual([6_000, 60_000]);
    await bring(from, on(2), tookBack(mistake, { line: 1, item: ITEM, quantity: 1_000 }));
    await closeAll(from);
    expect(await costOn(from, WEDNESDAY)).toEqual([6_000, 60_000]);
    expect(await costOn(from, THURSDAY)).toEqual([7_000, 140_000]);
    expect(await costOn(from, FRIDAY)).toEqual([7_000, 140_000]);
  });

  it('A partly reversed receipt costs its remaining part.', async () => {
    await bring(from, on(0), bought(10, 6_000));
    const mistake = await bring(from, on(0, 1), bought(100, 8_000));
    await bring(from, on(0, 2), tookBack(mistake, { line: 1, item: ITEM, quantity: 90 }));
    await closeAll(from);
    expect(await costOn(from, WEDNESDAY)).toEqual([7_000, 140_000]);
  });

  it("A reversed receipt costs its dispatches' receivers as if it had not been.", async () => {
    await bring(from, on(0), bought(10, 6_000));
    const mistake = await bring(from, on(0, 1), bought(10, 90_000));
    const dispatch = await bring(from, on(1), sent(5));
    await bring(to, on(1, 1), receivedFrom(dispatch, { item: ITEM, quantity: 5 }));
    await closeAll(from, to);
    await bring(from, on(2), tookBack(mistake, { line: 1, item: ITEM, quantity: 10 }));
    await closeAll(from, to);
    expect(await costOn(to, THURSDAY)).toEqual([6_000, 30_000]);
  });
});

describe("Cost of a customer's return", () => {
  it('A returned piece has the cost with which it left, on the same day and later.', async () => {
    await bring(from, on(0), bought(2, 6_000));
    const sale = await bring(from, on(0, 1), sold({ item: ITEM, quantity: 2 }));
    await bring(from, on(0, 2), bought(2, 9_000));
    await bring(from, on(0, 3), tookBack(sale, { line: 1, item: ITEM, quantity: 1 }));
    await bring(from, on(2), tookBack(sale, { line: 1, item: ITEM, quantity: 1 }));
    await closeAll(from);
    expect(await costOn(from, WEDNESDAY)).toEqual([8_000, 24_000]);
    expect(await costOn(from, FRIDAY)).toEqual([7_500, 30_000]);
    // The sale cost something else, as is known only now.
    await bring(from, on(0, 0.5), bought(2, 12_000));
    await closeAll(from);
    // 4 at 9,000, less 2, and 2 at 9,000: then 2 back at 9,000.
    expect(await costOn(from, FRIDAY)).toEqual([9_000, 54_000]);
  });
});

const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];

const ITEM = 'LKO-KURTA-01';

const [WEDNESDAY, THURSDAY, FRIDAY, SATURDAY] = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'];

/** So many days after 10:30 in India on Wednesday. */
const on = (days: number, hours = 0) => START - 4 * DAY + days * DAY + hours * HOUR;

const bought = (quantity: number, unitCost: number) => received({ item: ITEM, quantity, unitCost });

const sent = (quantity: number) => dispatched(shopOf(to).location, { item: ITEM, quantity });

const shopOf = (shop: Shop | undefined): Shop => {
  if (!shop) throw new Error('the shop is open');
  return shop;
};

const bring = async (shop: Shop | undefined, at: number, says: Parameters<ReturnType<typeof phoneOf>['write']>[0]) => {
  const phone = phoneOf(shopOf(shop));
  const written = phone.write(says, at);
  expect(expectOk(await phone.sync([written])).outcomes).toMatchObject([{ outcome: 'recorded' }]);
  return written.number;
};

/** In either order, until nothing is marked: each may value what came from the other. */
const closeAll = async (...shops: readonly (Shop | undefined)[]) => {
  book.clock.set(new Date(START).toISOString());
  for (let round = 0; round < 3; round++) for (const shop of shops) await closeAt(shopOf(shop).location);
};

/** Paise for one piece, and for all that is there, at the end of a day. */
const costOn = async (shop: Shop | undefined, day: string) => {
  const { client, location } = shopOf(shop);
  const { close } = expectOk(await client.getDay({ path: { location, day } }));
  const item = close?.items.find((one) => one.item === ITEM);
  return item && [item.average / 1_000, Number(item.value)];
};
