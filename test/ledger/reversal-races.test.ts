import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { seededRandom } from '../../simulate/seeded-random.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { FAULTS, faultyClient, inOrder, steppedClient } from '../kit/interceptor.ts';
import type { Phone } from '../kit/phone.ts';
import { counted, openShop, PRICE, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

const [item = ''] = kurtas(1);
const EXCEEDED = '409 RETURN_EXCEEDED';
let book: Book;
let shop: Shop;
let phones: Phone[];
/** Seven pieces, of 20 that were there. */
let sale: string;

describe('Concurrent reversals', () => {
  const faulty = faultyClient(inject('endpoint'));
  opened({ client: faulty.client });
  beforeEach(() => faulty.meet(() => 'none'));

  const cases = [
    [2, 4, { true: 1, RETURN_EXCEEDED: 1 }, 17],
    [20, 1, { true: 7, RETURN_EXCEEDED: 13 }, 20],
    [20, 2, { true: 3, RETURN_EXCEEDED: 17 }, 19],
  ] as const;
  it.each(cases.flatMap((one) => [0, 0.3].map((conflicts) => [...one, conflicts] as const)))(
    '%i returns of %i of 7 from two phones never exceed the sale: %o, %i on hand, with %f conflicts.',
    async (times, quantity, answers, there, conflicts) => {
      const random = seededRandom(7).next;
      faulty.meet(() => (random() < conflicts ? 'conflict' : 'none'));
      const answersOfAll = await Promise.all(
        Array.from({ length: times }, (_, n) => insisted(back(quantity), phone(n))),
      );
      expect(tally(answersOfAll)).toEqual(answers);
      expect(await onHand()).toBe(there);
    },
  );

  it('A reversal sent three times counts once.', async () => {
    const once = phone().write(back(3));
    const answers = await Promise.all([1, 2, 3].map(() => phone().live(once)));
    expect(tally(answers.map(outcomeOf))).toEqual({ 200: 2, 201: 1 });
    expect(await onHand()).toBe(16);
  });

  it.each(FAULTS)('A reversal that meets %s counts once and is answered 201.', async (fault) => {
    faulty.meet(inOrder([fault]));
    const once = phone().write(back(3));
    expect([outcomeOf(await phone().live(once)), outcomeOf(await phone().live(once))]).toEqual([201, 200]);
    expect(await tried(back(5))).toBe(EXCEEDED);
    expect([await tried(back(4)), await onHand()]).toEqual([201, 20]);
  });

  it('Of offline returns on two phones the excess is held.', async () => {
    const outcomes = await Promise.all(
      [0, 1].map(async (n) => expectOk(await phone(n).sync([phone(n).write(back(4))])).outcomes[0]),
    );
    expect(tally(outcomes.map((one) => one?.outcome))).toEqual({ recorded: 1, held: 1 });
    expect(await onHand()).toBe(17);
  });
});

describe('Between reading and writing', () => {
  const stepped = steppedClient(inject('endpoint'));
  opened({ client: stepped.client });

  it('Another return counts.', async () => {
    stepped.beforeNext('TransactWriteItems', () => say(back(5), 0, phone(1)));
    expect(await tried(back(3))).toBe(EXCEEDED);
    stepped.beforeNext('TransactWriteItems', () => say(back(1), 0, phone(1)));
    expect(await say(back(1))).toMatchObject({ outcome: { refunded: PRICE } });
    expect(await onHand()).toBe(20);
  });

  it('A first return, which creates the counting row, counts.', async () => {
    stepped.beforeNext('TransactWriteItems', () => say(back(7), 0, phone(1)));
    expect(await tried(back(1))).toBe(EXCEEDED);
  });

  it('The refund is computed again: parts in any order add up to the line, to the paisa.', async () => {
    const lines = [{ item, quantity: 3, unitPrice: 89_900, discount: 100 }];
    const { number } = await say({ kind: 'S', lines, payments: [{ tender: 'upi', amount: 269_600 }] }, -200);
    const refund = (amount: number) => ({ ...back(1, number), refund: [{ tender: 'cash', amount }] });
    stepped.beforeNext('TransactWriteItems', () => say(refund(89_867), 0, phone(1)));
    const answer = await phone().live(phone().write(refund(89_867)));
    expect(answer).toMatchObject({ problem: { code: 'PAYMENT_MISMATCH', due: 89_866, paid: 89_867 } });
    expect([await tried(refund(89_866)), await tried(refund(89_867))]).toEqual([201, 201]);
  });

  it('If the goods of a receipt leave, its reversal is refused with the stock.', async () => {
    const { number } = await say(received({ item, quantity: 5 }), -200);
    stepped.beforeNext('TransactWriteItems', () => say(sold({ item, quantity: 15 }), 0, phone(1)));
    const answer = await phone().live(phone().write(back(5, number)));
    expect(answer).toMatchObject({ problem: { code: 'INSUFFICIENT_STOCK', short: [{ item, wanted: 5, free: 3 }] } });
    expect(await tried(back(3, number))).toBe(201);
  });

  it('A count that includes the return supersedes it.', async () => {
    stepped.beforeNext('TransactWriteItems', () => say(counted({ item, quantity: 15 }), -10, phone(1)));
    expect((await say(back(2), -20)).absorbed).toEqual([item]);
    expect([await onHand(), await tried(back(6)), await tried(back(5))]).toEqual([15, EXCEEDED, 201]);
    expect(await onHand()).toBe(20);
  });

  it('If its sale lands, the return counts once, and in total no more than was sold.', async () => {
    const late = phone(1).write(sold({ item, quantity: 2 }), at(-100));
    stepped.beforeNext('TransactWriteItems', async () => expectOk(await phone(1).sync([late])));
    const [outcome] = expectOk(await phone().sync([phone().write(back(2, late.number), at(-50))])).outcomes;
    expect(outcome).toMatchObject({ outcome: 'recorded' });
    expect([await onHand(), await tried(back(1, late.number))]).toEqual([13, EXCEEDED]);
  });
});

const opened = (client: Parameters<typeof openBook>[0]) => {
  beforeAll(async () => {
    book = await openBook(client);
    shop = await openShop(book, [0, 0]);
    phones = [...shop.phones];
  });
  afterAll(() => book.close());
  beforeEach(async () => {
    book.clock.forward(600);
    await say(counted({ item, quantity: 20 }), -290);
    ({ number: sale } = await say(sold({ item, quantity: 7 }), -280));
  });
};

type Says = Parameters<Phone['write']>[0];

const phone = (at = 0): Phone => phones[at % phones.length] as Phone;

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const say = async (says: Says, seconds = 0, by = phone()) => expectOk(await by.live(by.write(says, at(seconds))));

const tried = async (says: Says, by = phone()) => outcomeOf(await by.live(by.write(says)));

/** The final answer: true, or the refusal. */
const insisted = async (says: Says, by: Phone) => {
  const answer = await by.insist(by.write(says));
  return answer.ok || answer.problem.code;
};

const back = (quantity: number, of = sale) => tookBack(of, { line: 1, item, quantity });

const onHand = async () => (await shop.onHand())[item];

const tally = (answers: readonly unknown[]) =>
  Object.fromEntries(Object.entries(Object.groupBy(answers, String)).map(([answer, same]) => [answer, same?.length]));
