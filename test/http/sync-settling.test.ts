import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { ItemId } from '../../shared/kernel/ids.ts';
import { withSettlement } from '../../shared/ledger/held.ts';
import { heldStore } from '../../shared/ledger/held-store.ts';
import type { TableName } from '../../shared/platform/tables.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { expectBookMatchesStock, outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import { engineClient } from '../kit/fast-clients.ts';
import { watchedClient } from '../kit/interceptor.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { openShop, type Shop, sold } from '../kit/shop.ts';

const { client, watch } = watchedClient(inject('endpoint'));
let book: Book;
let shop: Shop;
let phone: Phone;
let made = 0;
let body: object;

beforeAll(async () => {
  book = await openBook({ client });
  body = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: item } })).entry;
});
afterAll(() => {
  another.destroy();
  return book.close();
});
beforeEach(async () => {
  watch({});
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
});

describe('Lost answers', () => {
  const LOST = (['before', 'after'] as const).flatMap((when) => [1, 3].map((times) => ({ when, times })));

  it.each(LOST)('Answers lost $times times $when a write hold the voucher once.', async ({ when, times }) => {
    const sale = phone.write(sold({ item: nobodysItem(), quantity: 1 }));
    lose(times, when, timeout);
    let outcomes = (await syncOutcomes([sale])).map(outcomeText);
    for (let tries = 0; outcomes[0] === 'later' && tries < 5; tries++)
      outcomes = (await syncOutcomes([sale])).map(outcomeText);
    expect(outcomes).toEqual(['held ITEM_UNKNOWN']);
    expect(await listed()).toMatchObject([{ number: sale.number, version: 1 }]);
  });

  it.each(LOST.flatMap((lost) => (['admit', 'reject'] as const).map((what) => ({ ...lost, what }))))(
    'Answers lost $times times $when a write to $what still settle it, and say so.',
    async ({ when, times, what }) => {
      const { id } = await held();
      lose(times, when, timeout);
      expect(expectOk(await settle(id, what))).toMatchObject({ held: id, version: 2 });
      expect(await listed()).toEqual([]);
      expect(await adds()).toHaveLength(what === 'admit' ? 1 : 0);
    },
  );
});

describe('Process death', () => {
  const DEATHS = (['before', 'after'] as const).flatMap((when) =>
    (['admit', 'reject'] as const).map((what) => ({ when, what })),
  );

  it.each(DEATHS)(
    'If the process dies right $when the write to $what, all or nothing is done, and a repeat succeeds.',
    async (one) => {
      const { sale, id } = await held();
      lose(1, one.when, death);
      expect((await settle(id, one.what)).status).toBe(500);
      watch({});
      const [row] = await listed('true');
      const isDone = one.when === 'after';
      expect([row?.state === 'held', (await adds()).length]).toEqual([!isDone, isDone && one.what === 'admit' ? 1 : 0]);
      expect((await settle(id, one.what)).status).toBe(isDone ? 412 : 200);
      expect(await listed()).toEqual([]);
      expect(await adds()).toHaveLength(one.what === 'admit' ? 1 : 0);
      expect((await syncOutcomes([sale])).map(outcomeText)).toEqual([
        one.what === 'admit' ? 'repeated' : 'held ITEM_UNKNOWN',
      ]);
    },
  );

  it('After a death between a live recording and its held copy, a repeat settles the copy.', async () => {
    const { sale, id } = await held();
    expectOk(await phone.live(sale, { goodsInHand: true }));
    let writes = 0;
    watch({
      before: () => {
        if (++writes === 2) throw death();
      },
    });
    expect((await settle(id, 'admit')).status).toBe(500);
    watch({});
    expect(expectOk(await settle(id, 'admit')).state).toBe('admitted');
    expect(await adds()).toHaveLength(1);
  });
});

describe('List of held vouchers', () => {
  it('The list has pages, and passes over pages where all is settled.', { tags: 'long' }, async () => {
    const unpaid = { ...sold({ item, quantity: 1 }), payments: [{ tender: 'cash', amount: 1 }] };
    const sales = Array.from({ length: 130 }, () => phone.write(unpaid));
    for (const from of [0, 50, 100]) await syncOutcomes(sales.slice(from, from + 50));
    const path = { location: shop.location };
    const first = expectOk(await book.admin.listHeld({ path }));
    const second = expectOk(await book.admin.listHeld({ path, query: { cursor: first.cursor } }));
    expect([first.held.length, second.held.length, second.cursor]).toEqual([100, 30, undefined]);
    const numbers = [...first.held, ...second.held].map(({ number }) => number);
    expect(numbers).toEqual(sales.map(({ number }) => number));

    const store = heldStore(elsewhere());
    const said = { at: book.clock.now(), by: 'officer-lko', why };
    await Promise.all(first.held.map((each) => store.settle(withSettlement(each, 'rejected', said))));
    expect(expectOk(await book.admin.listHeld({ path })).held).toEqual(second.held);
    expect(expectOk(await book.admin.listHeld({ path, query: { settled: 'true' } })).held).toHaveLength(100);
    expect(await adds()).toEqual([]);
  });
});

it('A price that another process entered counts at once when an officer admits.', async () => {
  const id = nobodysItem();
  const dearer = { from: '2027-01-01', price: 100, mrp: 100, gstBasisPoints: 500 };
  expectOk(await book.admin.putEntry({ path: { kind: 'items', id }, body: { ...body, prices: [dearer] } as never }));
  const [outcome] = await syncOutcomes([phone.write(sold({ item: id, quantity: 1 }))]);
  if (outcome?.outcome !== 'held') throw new Error(JSON.stringify(outcome));
  expect(outcome.problem.code).toBe('ITEM_NOT_PRICED');

  const entry = body as never;
  await registryStore(elsewhere()).put({
    kind: 'items',
    id: ItemId.parse(id),
    entry,
    ifMatch: 1 as never,
    now: book.clock.now(),
    by: 'officer',
  });
  expect(expectOk(await settle(outcome.held, 'admit')).state).toBe('admitted');
  expect(await adds()).toHaveLength(1);
});

const [item = ''] = kurtas(1);

const another = engineClient();

/** The tables as another process has them. */
const elsewhere = () => ({ client: another, name: (table: TableName) => book.bahi.tables[table] });

const nobodysItem = () => `LKO-LATE-${String(++made).padStart(3, '0')}`;

const enter = async (id: string) =>
  expectOk(await book.admin.putEntry({ path: { kind: 'items', id }, body: body as never }));

const syncOutcomes = async (vouchers: readonly Written[]) => expectOk(await phone.sync(vouchers)).outcomes;

const why = 'the holder says so';

const listed = async (settled?: 'true') =>
  expectOk(await book.admin.listHeld({ path: { location: shop.location }, query: { settled } })).held;

const settle = (held: string, what: 'admit' | 'reject') =>
  book.admin.settleHeld({ path: { location: shop.location, held }, body: { do: what, why }, ifMatch: 1 });

const adds = () => expectBookMatchesStock(shop.client, shop.location);

const held = async () => {
  const item = nobodysItem();
  const sale = phone.write(sold({ item, quantity: 1 }));
  const [outcome] = await syncOutcomes([sale]);
  if (outcome?.outcome !== 'held') throw new Error(JSON.stringify(outcome));
  await enter(item);
  return { sale, id: outcome.held };
};

const timeout = () => Object.assign(new Error('injected'), { name: 'TimeoutError' });

const death = () => new Error('the process died');

/** Makes the next writes fail. */
const lose = (times: number, when: 'before' | 'after', error: () => Error) => {
  let left = times;
  watch({
    [when]: () => {
      if (left-- > 0) throw error();
    },
  });
};
