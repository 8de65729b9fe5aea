import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { DynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { FAULTS, faultyClient, inOrder, steppedClient } from '../kit/interceptor.ts';
import type { Phone } from '../kit/phone.ts';
import { counted, openShop, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

const [item = '', second = ''] = kurtas(2);
const stepped = steppedClient(inject('endpoint'));
const faulty = faultyClient(inject('endpoint'));
let book: Book;
let shop: Shop;
let phone: Phone;
let other: Phone;

describe('A decided count', () => {
  opened(stepped.client);

  it.each([
    ['before it', -60, 7, undefined],
    ['after it', -40, 5, -1],
  ])('It is decided again when a sale lands that happened %s.', async (_when, seconds, there, variance) => {
    stepped.beforeNext('TransactWriteItems', () => say(sold({ item, quantity: 2 }), seconds, other));
    const { outcome } = await say(counted({ item, quantity: 7 }), -50);
    expect(await onHand()).toBe(there);
    expect(outcome).toMatchObject({ counted: [{ variance: variance === undefined ? -1 : -3 }] });
  });

  it.each(['Query', 'BatchGetItem'] as const)(
    'It is right when a sale lands during its reading, before a %s.',
    async (command) => {
      stepped.beforeNext(command, () => say(sold({ item, quantity: 2 }), -40, other));
      await say(counted({ item, quantity: 7 }), -50);
      expect(await onHand()).toBe(5);
    },
  );

  it('It is recorded in the end while vouchers keep landing.', async () => {
    const sell = () => say(sold({ item, quantity: 1 }), -40, other);
    stepped.beforeNext('Query', sell, sell, sell, sell);
    const { outcome } = await say(counted({ item, quantity: 20 }), -50);
    expect([await onHand(), outcome]).toEqual([16, { counted: [{ quantity: 20, expected: 10, variance: 10 }] }]);
  });

  it('It is right when the first voucher of an item without a row lands.', async () => {
    stepped.beforeNext('TransactWriteItems', () => say(received({ item: 'LKO-KURTA-09', quantity: 5 }), -40, other));
    await say(counted({ item: 'LKO-KURTA-09', quantity: 1 }), -50);
    expect((await shop.onHand())['LKO-KURTA-09']).toBe(6);
  });

  it.each([
    ['earlier', -60, 7],
    ['later', -40, 3],
  ])('It is right when an %s one lands.', async (_which, seconds, there) => {
    stepped.beforeNext('TransactWriteItems', () => say(counted({ item, quantity: 3 }), seconds, other));
    const { outcome } = await say(counted({ item, quantity: 7 }, { item: second, quantity: 1 }), -50);
    expect(await shop.onHand()).toEqual({ [item]: there, [second]: 1 });
    const [first] = 'counted' in outcome ? outcome.counted : [];
    expect(first).toEqual(there === 3 ? { quantity: 7 } : { quantity: 7, expected: 3, variance: 4 });
  });

  it('It is a repeat when its own second try recorded it.', async () => {
    const sheet = phone.write(counted({ item, quantity: 7 }), at(-50));
    stepped.beforeNext('TransactWriteItems', async () => expectOk(await phone.live(sheet)));
    expect(outcomeOf(await phone.live(sheet))).toBe(200);
    expect((await shop.rows()).get(item)).toMatchObject({ onHand: 7, version: 2 });
  });
});

describe('While a count lands', () => {
  opened(stepped.client);

  const cases = [
    ['a sale', () => sold({ item, quantity: 2 }), -2],
    ['a receipt', () => received({ item, quantity: 2 }), 2],
    ['a loss', () => ({ kind: 'A', reason: 'lost', lines: [{ item, quantity: 2 }] }), -2],
  ] as const;
  it.each(cases)('%s that was decided before and happened before is superseded by the count.', async (_what, says) => {
    stepped.beforeNext('TransactWriteItems', () => say(counted({ item, quantity: 7 }), -30, other));
    expect((await say(says(), -40)).absorbed).toEqual([item]);
    expect(await onHand()).toBe(7);
  });

  it.each(cases)('%s that happened after it moves stock.', async (_what, says, moved) => {
    stepped.beforeNext('TransactWriteItems', () => say(counted({ item, quantity: 7 }), -30, other));
    expect((await say(says(), -20)).absorbed).toBeUndefined();
    expect(await onHand()).toBe(7 + moved);
  });

  it('A sale is superseded for one item by the first count, for another by the second.', async () => {
    stepped.beforeNext(
      'TransactWriteItems',
      () => say(counted({ item, quantity: 7 }), -30, other),
      async () => undefined,
      () => say(counted({ item: second, quantity: 7 }), -30, other),
    );
    const { absorbed } = await say(sold({ item, quantity: 2 }, { item: second, quantity: 2 }), -40);
    expect([absorbed?.toSorted(), await shop.onHand()]).toEqual([[item, second], { [item]: 7, [second]: 7 }]);
  });

  it('A return is superseded and counts as returned all the same.', async () => {
    const { number } = await say(sold({ item, quantity: 2 }), -100);
    stepped.beforeNext('TransactWriteItems', () => say(counted({ item, quantity: 9 }), -30, other));
    const voucher = await say(tookBack(number, { line: 1, item, quantity: 1 }), -40);
    expect([voucher.absorbed, await onHand()]).toEqual([[item], 9]);
    const more = phone.write(tookBack(number, { line: 1, item, quantity: 2 }));
    expect(outcomeOf(await phone.live(more))).toBe('409 RETURN_EXCEEDED');
  });

  it('After a count that emptied the shelf, a sale is refused with the stock.', async () => {
    stepped.beforeNext('TransactWriteItems', () => say(counted({ item, quantity: 1 }), -30, other));
    const answer = await phone.live(phone.write(sold({ item, quantity: 2 }), at(-20)));
    expect(answer).toMatchObject({ problem: { code: 'INSUFFICIENT_STOCK', short: [{ item, wanted: 2, free: 1 }] } });
  });
});

describe('Count', () => {
  opened(stepped.client);

  it('Of twenty counts and twenty receipts at once all are recorded, and the last count decides.', {
    tags: 'long',
  }, async () => {
    const all = Array.from({ length: 20 }, (_, n) => [
      phone.insist(phone.write(counted({ item, quantity: n }), at(-200 + 2 * n))),
      other.insist(other.write(received({ item, quantity: 100 }), at(-201 + 2 * n))),
    ]);
    for (const answer of await Promise.all(all.flat())) expect(answer.ok).toBe(true);
    expect(await onHand()).toBe(19);
  });

  it('It reads the day books from the day before its own to the day after today only.', async () => {
    const days = (from: string, count: number) =>
      Array.from({ length: count }, (_, n) => new Date(Date.parse(from) + n * 86_400_000).toISOString().slice(0, 10));
    const books = (all: readonly string[]) => all.map((day) => `${shop.location}#${day}`);
    expect(await stepped.booksReadBy(() => say(counted({ item, quantity: 1 }), -50))).toEqual(
      books(days('2026-11-21', 3)),
    );
    const late = [phone.write(counted({ item, quantity: 1 }), at(-3 * 86_400))];
    expect(await stepped.booksReadBy(() => phone.sync(late))).toEqual(books(days('2026-11-18', 6)));
    // A sale from before a count reads the counts of its terminal, for one at its own time.
    expect(await stepped.booksReadBy(() => say(sold({ item, quantity: 1 }), -90))).toEqual([
      `${shop.location}#2026-11-22,C#${phone.terminal}#`,
    ]);
    expect(await stepped.booksReadBy(() => say(sold({ item, quantity: 1 }), -10))).toEqual([]);
  });
});

describe('Count that meets a fault', () => {
  opened(faulty.client);

  it.each(FAULTS)('A count that meets %s is recorded once, answered 201, and moves stock once.', async (fault) => {
    faulty.meet(inOrder([fault]));
    const sheet = phone.write(counted({ item, quantity: 3 }), at(-40));
    expect([outcomeOf(await phone.live(sheet)), outcomeOf(await phone.live(sheet))]).toEqual([201, 200]);
    expect((await shop.rows()).get(item)).toMatchObject({ onHand: 3, free: 3, version: 2 });
  });
});

const opened = (client: DynamoDbClient) => {
  beforeAll(async () => {
    book = await openBook({ client });
  });
  afterAll(() => book.close());
  /** Ten of two items. */
  beforeEach(async () => {
    shop = await openShop(book, [0, 0]);
    [phone, other] = shop.phones as [Phone, Phone];
    await say(received({ item, quantity: 10 }, { item: second, quantity: 10 }), -280);
  });
};

type Says = Parameters<Phone['write']>[0];

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const say = async (says: Says, seconds: number, by = phone) => expectOk(await by.live(by.write(says, at(seconds))));

const onHand = async () => (await shop.onHand())[item];
