import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, Day } from '../../shared/kernel/time.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { engineClient } from '../kit/fast-clients.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, phonesAt, type Shop } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let shop: Shop;
let phone: Phone;
let made = 0;

beforeAll(async () => {
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
});

describe('A price cut at noon', () => {
  it('An offline sale of the morning is recorded at the old price; one of the afternoon is held.', async () => {
    const item = await enterItem(SINCE_APRIL, price('2026-11-22T04:30:00Z', 70_000));
    expect(await sync(phone.write(saleOf(item, 90_000), now() - HOUR))).toMatchObject({ outcome: 'recorded' });
    const late = await sync(phone.write(saleOf(item, 90_000), now() - HOUR / 4));
    expect(late).toMatchObject({ outcome: 'held', problem: { code: 'PRICE_ABOVE_MRP' } });
  });

  it('The corrected time of a phone with a slow clock decides the price.', async () => {
    const item = await enterItem(SINCE_APRIL, price('2026-11-22T04:30:00Z', 70_000));
    const [slow] = (await openShop(book, [2 * HOUR])).phones;
    const written = slow?.write(saleOf(item, 90_000), now() - HOUR / 4);
    expect(written?.claim.occurredAt).toBe('2026-11-22T02:45:00.000Z');
    const [outcome] = expectOk(await (slow as Phone).sync([written as never])).outcomes;
    expect(outcome).toMatchObject({ outcome: 'held', problem: { code: 'PRICE_ABOVE_MRP' } });
  });

  it('An officer can still admit a held sale above the MRP.', async () => {
    const item = await enterItem(price('2026-04-01', 70_000));
    const held = await sync(phone.write(saleOf(item, 90_000), now() - HOUR));
    if (held.outcome !== 'held') throw new Error(JSON.stringify(held));
    const path = { location: shop.location, held: held.held };
    const settled = await book.admin.settleHeld({
      path,
      body: { do: 'admit', why: 'sold at the old label' },
      ifMatch: 1,
    });
    expect(expectOk(settled).state).toBe('admitted');
    const { vouchers } = expectOk(await shop.client.getDay({ path: { location: shop.location, day: '2026-11-22' } }));
    expect(vouchers.find(({ number }) => number === held.number)?.outcome).toMatchObject({ total: 90_000 });
  });

  it('The earlier prices stay when an officer enters only the new one.', async () => {
    const item = await enterItem(SINCE_APRIL);
    const cut = price('2026-11-22T04:30:00Z', 70_000);
    await enter('items', item, { ...(await entryOf('items', item)), prices: [cut] });
    const { prices } = await entryOf('items', item);
    expect(prices).toEqual([SINCE_APRIL, { ...cut, from: '2026-11-22T04:30:00.000Z' }]);
    expect(await sync(phone.write(saleOf(item, 90_000), now() - HOUR))).toMatchObject({ outcome: 'recorded' });
  });

  it('A price dated in the past leaves recorded sales as they were.', async () => {
    const item = await enterItem(SINCE_APRIL);
    const sale = phone.write(saleOf(item, 90_000), now() - HOUR);
    const before = taxOf(await sync(sale));
    await enter('items', item, { ...(await entryOf('items', item)), prices: [price('2026-11-01', 50_000, 1800)] });
    expect(await sync(sale)).toMatchObject({ outcome: 'repeated', voucher: { outcome: before } });
    const back = phone.write({
      kind: 'V',
      of: sale.number,
      reason: 'return',
      goods: 'to shelf',
      lines: [{ line: 1, item, quantity: 1 }],
      refund: [{ tender: 'cash', amount: 90_000 }],
    });
    expect(expectOk(await phone.live(back)).outcome).toMatchObject({
      refunded: 90_000,
      tax: (before as { tax: object[] }).tax,
    });
  });

  it('The registry is read again before a live sale is refused by a cached price.', async () => {
    const item = await enterItem(price('2026-04-01', 70_000));
    const sell = (amount: number) => phone.live(phone.write(saleOf(item, amount)), { goodsInHand: true });
    expectOk(await sell(70_000));
    const another = engineClient();
    const elsewhere = registryStore({ client: another, name: (table) => book.bahi.tables[table] });
    const raised = { ...(await entryOf('items', item)), prices: [price('2026-11-22T05:00:00Z', 80_000)] };
    const put = { kind: 'items', id: item, entry: raised, ifMatch: 1, now: book.clock.now() };
    expect(await elsewhere.put(put as never)).toMatchObject({ did: 'changed' });
    another.destroy();
    expect(expectOk(await sell(80_000)).outcome).toMatchObject({ total: 80_000 });
    expect(outcomeOf(await sell(80_001))).toBe('422 PRICE_ABOVE_MRP');
  });
});

it('A bare date is the start of that IST day, and one moment has one spelling.', async () => {
  const item = await enterItem(price('2026-04-01', 90_000), price('2026-11-21T18:30:00Z', 80_000));
  expect(await entryOf('items', item)).toMatchObject({ prices: [{ from: '2026-04-01' }, { from: '2026-11-22' }] });
  const eve = Date.parse('2026-11-21T18:29:59.999Z');
  expect(await sync(phone.write(saleOf(item, 90_000), eve - 1))).toMatchObject({ outcome: 'recorded' });
  const held = await sync(phone.write(saleOf(item, 90_000), eve + 1));
  expect(held).toMatchObject({ outcome: 'held', problem: { code: 'PRICE_ABOVE_MRP' } });
});

describe('A composition seller who became regular today', () => {
  const zari = { name: 'Zari Samiti', registration: 'composition', gstin: '09XXXZC0002X1ZL', district: 'LKO' };
  const regular = { ...zari, registration: 'regular', gstin: '09XXXZC0002X2ZK' };
  const zariPhone = async () => {
    const seller = `ZARI${++made}`;
    await enter('sellers', seller, zari);
    const item = await enterItem(price('2026-04-01', 90_000, 1800));
    await enter('items', `${item}-Z`, { ...(await entryOf('items', item)), seller });
    const path = { kind: 'outlets', id: shop.location };
    const { sellers, ...outlet } = await entryOf('outlets', shop.location);
    // Its phone is enrolled in the past.
    const sellersFrom = addDays(Day.parse('2026-06-01'), made);
    await enter(path.kind, path.id, { ...outlet, sellers: [...(sellers as string[]), seller], sellersFrom });
    const [own] = (await phonesAt(book, shop.location, seller)).phones;
    return { seller, item: `${item}-Z`, own: own as Phone };
  };
  const ratesOf = (outcome: unknown) =>
    (outcome as { tax: { gstBasisPoints: number }[] }).tax.map((line) => line.gstBasisPoints);
  const YESTERDAY = START - 24 * HOUR;

  it.each([
    ['without a day', {}],
    ['from today', { registeredFrom: '2026-11-22' }],
  ])("Entered %s, yesterday's sale owes no tax and today's does, live and offline.", async (_how, from) => {
    const { seller, item, own } = await zariPhone();
    await enter('sellers', seller, { ...regular, ...from });
    book.bahi.startFunctions().registry.forget('sellers', seller);
    const yesterday = own.write(saleOf(item, 90_000), YESTERDAY);
    const [first] = expectOk(await own.sync([yesterday])).outcomes;
    expect(ratesOf(taxOf(first as never))).toEqual([0]);
    const [second] = expectOk(await own.sync([own.write(saleOf(item, 90_000), now() - HOUR)])).outcomes;
    expect(ratesOf(taxOf(second as never))).toEqual([1800]);
    const live = expectOk(await own.live(own.write(saleOf(item, 90_000)), { goodsInHand: true }));
    expect(ratesOf(live.outcome)).toEqual([1800]);
    const back = own.write({
      kind: 'V',
      of: yesterday.number,
      reason: 'return',
      goods: 'to shelf',
      lines: [{ line: 1, item, quantity: 1 }],
      refund: [{ tender: 'cash', amount: 90_000 }],
    });
    expect(ratesOf(expectOk(await own.live(back)).outcome)).toEqual([0]);
  });

  it("Yesterday's sale that an officer admits today owes no tax.", async () => {
    const { seller, item, own } = await zariPhone();
    await enter('sellers', seller, regular);
    const [held] = expectOk(await own.sync([own.write(saleOf(item, 95_000), YESTERDAY)])).outcomes;
    if (held?.outcome !== 'held') throw new Error(JSON.stringify(held));
    const path = { location: shop.location, held: held.held };
    expectOk(await book.admin.settleHeld({ path, body: { do: 'admit', why: 'it was sold so' }, ifMatch: 1 }));
    const { vouchers } = expectOk(await shop.client.getDay({ path: { location: shop.location, day: '2026-11-21' } }));
    expect(ratesOf(vouchers.find(({ number }) => number === held.number)?.outcome)).toEqual([0]);
  });

  it('A new registration with the day of the stored one is refused, and its day never moves.', async () => {
    const { seller } = await zariPhone();
    const [before, then] = ['2026-11-19', '2026-11-20'];
    await enter('sellers', seller, { ...regular, registeredFrom: then });
    const stored = await entryOf('sellers', seller);
    const path = { kind: 'sellers', id: seller } as never;
    for (const body of [
      { ...stored, registration: 'composition' },
      { ...zari, registeredFrom: then },
    ]) {
      const refused = await book.admin.putEntry({ path, body: body as never, ifMatch: 2 });
      expect(outcomeOf(refused)).toBe('400 INVALID_REQUEST');
      if (!refused.ok) expect(refused.problem.fields).toMatchObject([{ path: 'registeredFrom' }]);
    }
    expect(await entryOf('sellers', seller)).toEqual(stored);
    await enter('sellers', seller, stored);
    const other = { ...zari, gstin: '09XXXZD0055X1Z7', registeredFrom: then };
    await enter('sellers', seller, { ...other, registeredFrom: before });
    await enter('sellers', seller, other);
    const earlierRegistrations = [{ registration: 'composition', gstin: zari.gstin }];
    expect(await entryOf('sellers', seller)).toEqual({ ...other, earlierRegistrations });
    const { earlierRegistrations: _earlier, registeredFrom: _from, ...today } = await entryOf('sellers', seller);
    await enter('sellers', seller, { ...today, registration: 'regular' });
    await enter('sellers', seller, { ...(await entryOf('sellers', seller)), registration: 'composition' });
    expect(await entryOf('sellers', seller)).toMatchObject({
      registration: 'composition',
      registeredFrom: '2026-11-22',
    });
  });

  it('The registry keeps the earlier registration, and a repeat changes nothing.', async () => {
    const { seller } = await zariPhone();
    await enter('sellers', seller, regular);
    const dated = {
      ...regular,
      registeredFrom: '2026-11-22',
      earlierRegistrations: [{ registration: 'composition', gstin: zari.gstin }],
    };
    expect(await entryOf('sellers', seller)).toEqual(dated);
    const again = await book.admin.putEntry({
      path: { kind: 'sellers', id: seller },
      body: regular as never,
      ifMatch: 1,
    });
    expect(expectOk(again)).toMatchObject({ version: 2, entry: dated });
  });
});

it('A changed HSN heading keeps the heading of earlier days.', async () => {
  const item = await enterItem(SINCE_APRIL);
  await enter('items', item, { ...(await entryOf('items', item)), hsn: '6206' });
  expect(await entryOf('items', item)).toMatchObject({
    hsn: '6206',
    hsnFrom: '2026-11-22',
    earlierHsn: [{ hsn: '7419' }],
  });
});

const HOUR = 3_600_000;

const now = () => Date.parse(book.clock.now());

const price = (from: string, amount: number, gstBasisPoints = 500) => ({
  from,
  price: amount,
  mrp: amount,
  gstBasisPoints,
});

const SINCE_APRIL = price('2026-04-01', 90_000);

/** An item of its own, with its prices. */
const enterItem = async (...prices: object[]) => {
  const id = `LKO-DATED-${String(++made).padStart(2, '0')}`;
  await enter('items', id, {
    name: 'Kurta',
    nameHi: 'कुर्ता',
    product: 'KURTA',
    seller: 'LKO1',
    unit: 'piece',
    hsn: '7419',
    prices,
    reorderPoint: 0,
    aliases: [],
  });
  return id;
};

const enter = async (kind: string, id: string, body: object) => {
  const path = { kind, id } as never;
  const found = await book.admin.getEntry({ path });
  const ifMatch = found.status === 200 ? expectOk(found).version : undefined;
  return expectOk(await book.admin.putEntry({ path, body: body as never, ...(ifMatch && { ifMatch }) }));
};

const entryOf = async (kind: string, id: string) =>
  expectOk(await book.admin.getEntry({ path: { kind, id } as never })).entry as Record<string, unknown>;

const saleOf = (item: string, unitPrice: number, more: object = {}) => ({
  kind: 'S',
  lines: [{ item, quantity: 1, unitPrice }],
  payments: [{ tender: 'cash', amount: unitPrice }],
  ...more,
});

const sync = async (sale: ReturnType<Phone['write']>) => {
  const [outcome] = expectOk(await phone.sync([sale])).outcomes;
  if (!outcome) throw new Error('one was sent');
  return outcome;
};

const taxOf = (outcome: Awaited<ReturnType<typeof sync>>) => {
  if (outcome.outcome !== 'recorded') throw new Error(JSON.stringify(outcome));
  return outcome.voucher.outcome;
};
