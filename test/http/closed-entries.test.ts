import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { ItemId, StockLocationId } from '../../shared/kernel/ids.ts';
import { dayOf, instantOf } from '../../shared/kernel/time.ts';
import type { EditableKind } from '../../shared/registry/registry-kinds.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { BAMBOO, DEPOT, openDepot } from '../kit/depot.ts';
import { sweep, workOff } from '../kit/jobs.ts';
import { requestsAt } from '../kit/material-requests.ts';
import type { VoucherFields } from '../kit/phone.ts';
import { counted, openShop, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { phoneOf, recordLive, syncAt } from '../kit/shop-phone.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

let book: Book;
let items: string[];
beforeAll(async () => {
  book = await openBook();
  items = kurtas(45);
});
afterAll(() => book.close());

describe('Closed outlet', () => {
  it('It sells and receives nothing, clears its goods, and sells again once it is reopened.', async () => {
    const item = another();
    const [shop, other] = [await stocked({ item, quantity: 9 }), await openShop(book)];
    await set('outlets', shop.location, 'closed');
    expect(await live(shop, sold({ item, quantity: 1 }))).toBe('422 ENTRY_CLOSED');
    expect(await live(shop, received({ item, quantity: 1 }))).toBe('422 ENTRY_CLOSED');
    expect(await live(shop, { kind: 'D', to: other.location, lines: [{ item, quantity: 2 }] })).toBe(201);
    expect(await live(other, { kind: 'D', to: shop.location, lines: [{ item, quantity: 2 }] })).toBe(
      '422 ENTRY_CLOSED',
    );
    const code = await book.admin.issueEnrolmentCode({ path: { location: shop.location }, body: { seller: 'LKO1' } });
    expect(outcomeOf(code)).toBe('422 ENTRY_CLOSED');
    await set('outlets', shop.location, 'open');
    expect(await live(shop, sold({ item, quantity: 1 }))).toBe(201);
  });

  it('A receipt that was a mistake is still reversed.', async () => {
    const item = another();
    const shop = await openShop(book);
    const phone = phoneOf(shop);
    const mistyped = phone.write(received({ item, quantity: 90 }));
    expectOk(await phone.live(mistyped));
    await set('outlets', shop.location, 'closed');
    expect(await live(shop, tookBack(mistyped.number, { line: 1, item, quantity: 90 }))).toBe(201);
    expect(await shop.onHand()).toEqual({ [item]: 0 });
  });

  it('What it sold offline before its end is recorded; what it says of later is held.', async () => {
    const item = another();
    const shop = await stocked({ item, quantity: 9 });
    const phone = phoneOf(shop);
    await set('outlets', shop.location, 'closed');
    const times = [now() - 30 * HOUR, now() - 1_000, now()];
    const vouchers = times.map((at) => phone.write(sold({ item, quantity: 1 }), at));
    const { outcomes } = expectOk(await phone.sync(vouchers));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'held']);
    expect(outcomes[2]).toMatchObject({ problem: { code: 'ENTRY_CLOSED' } });
  });

  it('Its end is not set before today, by JSON or CSV.', async () => {
    const { location } = await openShop(book);
    const path = { kind: 'outlets' as const, id: location };
    const { entry, version } = expectOk(await book.admin.getEntry({ path }));
    const body = { ...entry, status: 'closed', statusFrom: yesterday() } as never;
    const refused = await book.admin.putEntry({ path, body, ifMatch: version });
    expect(outcomeOf(refused)).toBe('400 INVALID_REQUEST');
    if (!refused.ok) expect(refused.problem.fields).toMatchObject([{ path: 'statusFrom' }]);
    const csv = `id,status,statusFrom\n${location},closed,${yesterday()}\n`;
    const imported = await book.admin.importEntries({ path: { kind: 'outlets' }, body: csv });
    expect(outcomeOf(imported)).toBe('422 IMPORT_REFUSED');
    const corrected = { ...entry, status: 'closed', statusFrom: yesterday(), earlierStatuses: [{ status: 'open' }] };
    expectOk(await book.admin.putEntry({ path, body: corrected as never, ifMatch: version }));
  });

  it('It has no alerts, no plan, no suggestions, and lends nothing.', async () => {
    const item = another();
    const [shop, giver] = [await stocked({ item, quantity: 2 }), await stocked({ item, quantity: 60 })];
    await sweep(shop.location);
    expect([await alertsAt(shop), (await suggestionsAt(shop))[0]?.sources.length]).toEqual([['short'], 1]);
    await set('outlets', shop.location, 'closed');
    await sweep(shop.location);
    expect([await alertsAt(shop), await suggestionsAt(shop)]).toEqual([[], []]);
    expect(
      expectOk(await giver.client.listTransferRequests({ path: { location: giver.location } })).transferRequests,
    ).toEqual([]);
    await set('outlets', shop.location, 'open');
    await set('outlets', giver.location, 'closed');
    expect((await suggestionsAt(shop))[0]?.sources).toEqual([]);
    await sweep(shop.location);
    expect(await alertsAt(shop)).toEqual(['short']);
  });
});

describe('Seller taken off the list of an outlet', () => {
  const setSellers = async (location: string, sellers: string[], more: object = {}) => {
    const path = { kind: 'outlets' as const, id: location };
    const { entry, version } = expectOk(await book.admin.getEntry({ path }));
    const { sellersFrom: _from, earlierSellers: _earlier, ...rest } = entry as Record<string, unknown>;
    return book.admin.putEntry({ path, body: { ...rest, sellers, ...more } as never, ifMatch: version });
  };

  it('It sells nothing there, clears its goods, and sells again once it is back on the list.', async () => {
    const item = another();
    const [shop, other] = [await stocked({ item, quantity: 9 }), await openShop(book)];
    expectOk(await setSellers(shop.location, ['LKO2']));
    const [phone] = shop.phones;
    const refused = await phone?.live(phone.write(sold({ item, quantity: 1 })));
    expect(outcomeOf(refused as never)).toBe('422 ENTRY_CLOSED');
    expect(refused).toMatchObject({ problem: { fields: [{ path: 'seller' }] } });
    expect(await live(shop, received({ item, quantity: 1 }))).toBe('422 ENTRY_CLOSED');
    const sheet = expectOk(await shop.client.getCountSheet({ path: { location: shop.location }, query: {} }));
    expect(sheet.items.filter((row) => row.item === item)).toHaveLength(1);
    const read = await shop.client.readCountSheet({
      path: { location: shop.location },
      query: { count: 'last' },
      body: `item,quantity\n${item},8\n`,
    });
    book.clock.forward(60);
    expect(await live(shop, expectOk(read).vouchers[0]?.claim as never)).toBe(201);
    expect(await live(shop, { kind: 'D', to: other.location, lines: [{ item, quantity: 2 }] })).toBe(201);
    expect(await live(other, { kind: 'D', to: shop.location, lines: [{ item, quantity: 2 }] })).toBe(
      '422 SELLER_NOT_HERE',
    );
    const code = await book.admin.issueEnrolmentCode({ path: { location: shop.location }, body: { seller: 'LKO1' } });
    expect(outcomeOf(code)).toBe('422 SELLER_NOT_HERE');
    expectOk(await setSellers(shop.location, ['LKO1', 'LKO2']));
    expect(await live(shop, sold({ item, quantity: 1 }))).toBe(201);
  });

  it('Its mistakes are still reversed, live and offline; a return of its customer is refused or held.', async () => {
    const item = another();
    const shop = await stocked({ item, quantity: 9 });
    const phone = phoneOf(shop);
    const sales = [1, 2, 3].map((quantity) => phone.write(sold({ item, quantity })));
    for (const sale of sales) expectOk(await phone.live(sale));
    const damaged = phone.write({ kind: 'A', reason: 'damaged', lines: [{ item, quantity: 2 }] });
    expectOk(await phone.live(damaged));
    expect(await shop.onHand()).toEqual({ [item]: 1 });
    book.clock.forward(60);
    expectOk(await setSellers(shop.location, ['LKO2']));
    const [one, two, three] = sales.map(({ number }, at) => tookBack(number, { line: 1, item, quantity: at + 1 }));
    const mistake = { reason: 'mistake' };
    expect(await live(shop, { ...one, ...mistake } as VoucherFields)).toBe(201);
    expect(await live(shop, tookBack(damaged.number, { line: 1, item, quantity: 2 }))).toBe(201);
    expect(await live(shop, two as VoucherFields)).toBe('422 ENTRY_CLOSED');
    const late = [{ ...two, ...mistake }, three].map((fields) => phone.write(fields as VoucherFields, now()));
    expect((await syncAt(shop, ...late)).map(outcomeText)).toEqual(['recorded', 'held ENTRY_CLOSED']);
    expect(await shop.onHand()).toEqual({ [item]: 6 });
  });

  it('What it leaves behind is not short and not suggested.', async () => {
    const item = another();
    const [shop] = [await stocked({ item, quantity: 2 }), await stocked({ item, quantity: 60 })];
    await sweep(shop.location);
    expect([await alertsAt(shop), (await suggestionsAt(shop)).length]).toEqual([['short'], 1]);
    expectOk(await setSellers(shop.location, ['LKO2']));
    await sweep(shop.location);
    expect([await alertsAt(shop), await suggestionsAt(shop)]).toEqual([[], []]);
  });

  it('A sale of before is recorded, one of later held, and admitted once the list is right.', async () => {
    const item = another();
    const shop = await stocked({ item, quantity: 9 });
    const [phone] = shop.phones;
    if (!phone) throw new Error('a phone');
    book.clock.forward(60);
    expectOk(await setSellers(shop.location, ['LKO2']));
    const vouchers = [now() - 1_000, now()].map((at) => phone.write(sold({ item, quantity: 1 }), at));
    const { outcomes } = expectOk(await phone.sync(vouchers));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'held']);
    expect(outcomes[1]).toMatchObject({ problem: { code: 'ENTRY_CLOSED' } });
    const path = { location: shop.location };
    const [held] = expectOk(await book.admin.listHeld({ path })).held;
    const admit = async () =>
      outcomeOf(
        await book.admin.settleHeld({
          path: { ...path, held: String(held?.held) },
          body: { do: 'admit', why: 'it stood there' },
          ifMatch: Number(held?.version),
        }),
      );
    expect(await admit()).toBe('409 STILL_HELD');
    expectOk(await setSellers(shop.location, ['LKO1', 'LKO2'], { sellersFrom: instantOf(now() - 30_000) }));
    expect(await admit()).toBe(200);
    expect(await shop.onHand()).toEqual({ [item]: 7 });
  });
});

describe('Discontinued item', () => {
  it('It is not sold or received from a supplier, but counted, sent back and returned.', async () => {
    const item = another();
    const [shop, other] = [await stocked({ item, quantity: 9 }), await openShop(book)];
    const phone = phoneOf(shop);
    const sale = phone.write(sold({ item, quantity: 1 }));
    expect(outcomeOf(await phone.live(sale))).toBe(201);
    await set('items', item, 'discontinued');
    expect(await live(shop, sold({ item, quantity: 1 }))).toBe('422 ENTRY_CLOSED');
    expect(await live(shop, received({ item, quantity: 1 }))).toBe('422 ENTRY_CLOSED');
    expect(await live(shop, { kind: 'D', to: other.location, lines: [{ item, quantity: 2 }] })).toBe(201);
    book.clock.forward(60);
    expect(await live(shop, counted({ item, quantity: 6 }))).toBe(201);
    const [row] = [await allStores().stock.row(StockLocationId.parse(shop.location), ItemId.parse(item))];
    expect(row?.onHand).toBe(6);
  });

  it('An end that was entered earlier resolves its alert when the day comes.', async () => {
    const item = another();
    const shop = await stocked({ item, quantity: 2 });
    const tomorrow = dayOf(instantOf(now() + 24 * HOUR));
    await set('items', item, 'discontinued', tomorrow);
    await sweep(shop.location);
    expect(await alertsAt(shop)).toEqual(['short']);
    const before = book.clock.now();
    book.clock.forward(24 * 3_600);
    await sweep(shop.location);
    // A token lasts an hour.
    book.clock.set(before);
    expect(await alertsAt(shop)).toEqual([]);
  });

  it('It is not short, and a sale of the day before is still recorded.', async () => {
    const item = another();
    const shop = await stocked({ item, quantity: 2 });
    await set('items', item, 'discontinued');
    await sweep(shop.location);
    expect([await alertsAt(shop), await suggestionsAt(shop)]).toEqual([[], []]);
    const phone = phoneOf(shop);
    const late = phone.write(sold({ item, quantity: 1 }), now() - 30 * HOUR);
    const outcomes = await syncAt(shop, late);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['recorded']);
  });
});

describe('Closed producer', () => {
  it('It asks for no material, gets no approval and no share of an allocation.', async () => {
    const depot = await openDepot(book);
    await depot.receive('L1', 50_000);
    await depot.producer('P0950');
    const asks = requestsAt(book, depot, 'P0950');
    const waiting = await asks.submitted(2_000);
    await set('producers', 'P0950', 'closed');
    const path = { producer: 'P0950', number: depot.number('Q') };
    expect(outcomeOf(await book.admin.submitRequest({ path, body: depot.asking(1_000) }))).toBe('422 ENTRY_CLOSED');
    expect(outcomeOf(await asks.approve(waiting))).toBe('422 ENTRY_CLOSED');
    await workOff('allocate-materials', DEPOT, today());
    expect((await asks.read(waiting)).state).toBe('submitted');
    await set('producers', 'P0950', 'open');
    await set('items', BAMBOO, 'discontinued');
    await workOff('allocate-materials', DEPOT, today());
    expect((await asks.read(waiting)).lines[0]?.approved).toBe(0);
    await set('items', BAMBOO, 'open');
    expect(outcomeOf(await asks.approve(waiting))).toBe(200);
  });
});

describe('Closed seller', () => {
  it('Its terminals sell and receive nothing, clear the goods, and sell again once it is open.', async () => {
    const item = another();
    const [shop, other] = [await stocked({ item, quantity: 9 }), await openShop(book)];
    const phone = phoneOf(shop);
    const sentBefore = await live(shop, { kind: 'D', to: other.location, lines: [{ item, quantity: 1 }] });
    expect(sentBefore).toBe(201);
    const { transfers } = expectOk(
      await other.client.listTransfers({ path: { location: other.location }, query: { way: 'incoming' } }),
    );
    await set('sellers', 'LKO1', 'closed');
    try {
      expect(await live(shop, sold({ item, quantity: 1 }))).toBe('422 ENTRY_CLOSED');
      expect(await live(shop, received({ item, quantity: 1 }))).toBe('422 ENTRY_CLOSED');
      expect(await live(shop, { kind: 'A', reason: 'damaged', lines: [{ item, quantity: 1 }] })).toBe(201);
      const arrived = { kind: 'R', from: { dispatch: transfers[0]?.dispatch }, lines: [{ item, quantity: 1 }] };
      expect(await live(other, arrived)).toBe(201);
      const code = { path: { location: shop.location }, body: { seller: 'LKO1' } };
      expect(outcomeOf(await book.admin.issueEnrolmentCode(code))).toBe('422 ENTRY_CLOSED');
      const vouchers = [now() - 30 * HOUR, now()].map((at) => phone.write(sold({ item, quantity: 1 }), at));
      const outcomes = await syncAt(shop, ...vouchers);
      expect(outcomes.map(outcomeText)).toEqual(['recorded', 'held ENTRY_CLOSED']);
      await sweep(shop.location);
      expect([await alertsAt(shop), await suggestionsAt(shop)]).toEqual([['held'], []]);
    } finally {
      book.clock.forward(60);
      await set('sellers', 'LKO1', 'open');
    }
    expect(await live(shop, sold({ item, quantity: 1 }))).toBe(201);
    const { changes } = expectOk(await book.admin.getEntryHistory({ path: { kind: 'sellers', id: 'LKO1' } }));
    expect(changes.slice(0, 2).map(({ after }) => (after as { status?: string }).status)).toEqual(['open', 'closed']);
  });
});

describe('Discontinued product', () => {
  it('Its items are not short, planned or suggested, and what is there is still sold.', async () => {
    const item = another();
    const [shop, giver] = [await stocked({ item, quantity: 2 }), await stocked({ item, quantity: 60 })];
    await sweep(shop.location);
    expect([await alertsAt(shop), (await suggestionsAt(shop))[0]?.sources.length]).toEqual([['short'], 1]);
    await set('products', 'KURTA', 'discontinued');
    try {
      await sweep(shop.location);
      expect([await alertsAt(shop), await suggestionsAt(shop)]).toEqual([[], []]);
      const path = { location: giver.location };
      expect(expectOk(await giver.client.listTransferRequests({ path })).transferRequests).toEqual([]);
      expect(await live(shop, sold({ item, quantity: 1 }))).toBe(201);
    } finally {
      await set('products', 'KURTA', 'open');
    }
    await sweep(shop.location);
    expect(await alertsAt(shop)).toEqual(['short']);
  });
});

describe('Staff who left', () => {
  it('They sign nothing live; offline, what they signed later is recorded with an alert; they may return.', async () => {
    const item = another();
    const shop = await stocked({ item, quantity: 9 });
    const phone = phoneOf(shop);
    const path = { kind: 'staff' as const, id: 'S950' };
    expectOk(await book.admin.putEntry({ path, body: { name: 'Ravi', location: shop.location } }));
    const signed = { ...sold({ item, quantity: 1 }), by: 'S950' };
    expect(await live(shop, signed)).toBe(201);
    await set('staff', 'S950', 'left');
    const answer = await phone.live(phone.write(signed));
    expect(answer).toMatchObject({
      ok: false,
      problem: { code: 'STAFF_UNKNOWN', fields: [{ problem: `S950 has left, and is not staff of ${shop.location}` }] },
    });
    const vouchers = [now() - 30 * HOUR, now()].map((at) => phone.write(signed, at));
    const outcomes = await syncAt(shop, ...vouchers);
    expect(outcomes).toMatchObject([
      { outcome: 'recorded', voucher: expect.not.objectContaining({ strangers: expect.anything() }) },
      { outcome: 'recorded', voucher: { strangers: ['S950'] } },
    ]);
    expect(await alertsAt(shop)).toEqual(['stranger']);
    await set('staff', 'S950', 'open');
    expect(await live(shop, signed)).toBe(201);
  });
});

const HOUR = 3_600_000;

const now = () => Date.parse(book.clock.now());

const today = () => dayOf(book.clock.now());

const yesterday = () => dayOf(instantOf(now() - 24 * HOUR));

const another = (): string => items.pop() ?? '';

/** Gives an entry a status, from a day or from today. */
const set = async (kind: EditableKind, id: string, status: string, statusFrom: string = today()) => {
  const { entry, version } = expectOk(await book.admin.getEntry({ path: { kind, id } }));
  const { earlierStatuses: _, ...rest } = entry as { earlierStatuses?: unknown };
  const body = { ...rest, status, statusFrom } as never;
  return expectOk(await book.admin.putEntry({ path: { kind, id }, body, ifMatch: version }));
};

const stocked = async (...lines: { item: string; quantity: number }[]) => {
  const shop = await openShop(book);
  await recordLive(shop, received(...lines));
  return shop;
};

const live = async (shop: Shop, fields: VoucherFields) =>
  outcomeOf(await phoneOf(shop).live(phoneOf(shop).write(fields)));

const alertsAt = async ({ client, location }: Shop) =>
  expectOk(await client.listAlerts({ query: { location, state: 'open' } })).alerts.map(({ type }) => type);

const suggestionsAt = async ({ client, location }: Shop) =>
  expectOk(await client.getSuggestions({ path: { location } })).suggestions;
