import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Book, expectOk, useBook } from '../kit/book.ts';
import { outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import type { Phone, VoucherFields, Written } from '../kit/phone.ts';
import { runs } from '../kit/runs.ts';
import {
  adjusted,
  closed,
  counted,
  dispatched,
  handedOver,
  openShop,
  PRICE,
  received,
  type Shop,
  sold,
  tookBack,
} from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let officer: Book['admin'];
let shop: Shop;
let phone: Phone;
let other: Phone;
let soldBefore: string;
beforeAll(async () => {
  officer = await book.as('officer', 'district:LKO');
});
/** A stall with eleven of two items, after a sale of two. */
beforeEach(async () => {
  shop = await openShop(book, [0, 0]);
  [phone, other] = shop.phones as [Phone, Phone];
  await live(phone.write(received({ item, quantity: 13 }, { item: second, quantity: 13 }), at(-290)));
  const sale = phone.write(sold({ item, quantity: 2 }, { item: second, quantity: 2 }), at(-280));
  soldBefore = sale.number;
  await live(sale);
});
afterEach(() => book.clock.set('2026-11-22T05:00:00Z'));

describe('A count and a movement of one terminal, item and time', () => {
  describe.each(MOVEMENTS)('count and %s', (_name, movement, quantity) => {
    it('Live, the count that comes second is refused; a millisecond later it is recorded.', async () => {
      const moved = phone.write(movement(), at(-100));
      const sheet = phone.write(counted({ item, quantity: 11 + quantity }), at(-100));
      await live(moved);
      const refused = await phone.live(sheet);
      expect(outcomeOf(refused)).toBe('409 SAME_TIME');
      if (refused.ok) throw new Error('was to be refused');
      expect(refused.problem).toMatchObject({ other: moved.number, occurredAt: sheet.claim.occurredAt });
      await live(movedTo(sheet, 1));
      expect((await shop.onHand())[item]).toBe(11 + quantity);
    });

    it('Live, the movement that comes second is refused; it follows or precedes by its time.', async () => {
      const sheet = phone.write(counted({ item, quantity: 11 }), at(-100));
      const moved = phone.write(movement(), at(-100));
      await live(sheet);
      const refused = await phone.live(moved);
      expect(outcomeOf(refused)).toBe('409 SAME_TIME');
      if (!refused.ok) expect(refused.problem).toMatchObject({ other: sheet.number });
      expect((await shop.onHand())[item]).toBe(11);
      await live(movedTo(moved, 1));
      expect((await shop.onHand())[item]).toBe(11 + quantity);
    });

    it('Offline, the second one is held until an officer states its time.', async () => {
      const first = phone.write(movement(), at(-100));
      const sheets = [first, phone.write(counted({ item, quantity: 3 }), at(-100))] as const;
      expect((await sync(first)).map(outcomeText)).toEqual(['recorded']);
      await admit(heldOf((await sync(sheets[1]))[0]), sheets[1], 1);
      expect((await shop.onHand())[item]).toBe(3);
      const later = phone.write(counted({ item, quantity: 11 }), at(-50));
      const late = phone.write(movement(), at(-50));
      const [count, held] = [await sync(later), await sync(late)];
      expect(count.map(outcomeText)).toEqual(['recorded']);
      await admit(heldOf(held[0]), late, -1);
      expect((await shop.onHand())[item]).toBe(11);
    });
  });

  it('In one batch the count is held, and no sale.', async () => {
    const sheet = phone.write(counted({ item, quantity: 8 }), at(-100));
    const sales = [1, 2].map((quantity) => phone.write(sold({ item, quantity }), at(-100)));
    expect((await sync(sheet, ...sales)).map(outcomeText)).toEqual(['held SAME_TIME', 'recorded', 'recorded']);
  });

  it('Different items do not tie, nor do two terminals, nor a cancelled number.', async () => {
    await live(phone.write(counted({ item, quantity: 11 }), at(-100)));
    await live(phone.write(sold({ item: second, quantity: 1 }), at(-100)));
    await live(phone.write({ kind: 'S', cancelled: 'torn' }, at(-100)));
    expectOk(await other.live(other.write(sold({ item, quantity: 1 }), at(-100))));
    expect((await shop.onHand())[second]).toBe(10);
  });

  it('The count that was first may be sent again, live or offline.', async () => {
    const sheet = phone.write(counted({ item, quantity: 11 }), at(-100));
    await live(sheet);
    expect((await phone.live(sheet)).status).toBe(200);
    expect((await sync(sheet)).map(outcomeText)).toEqual(['repeated']);
  });

  it('A later count of the item hides no tie.', async () => {
    await live(phone.write(counted({ item, quantity: 11 }), at(-100)));
    expectOk(await other.live(other.write(counted({ item, quantity: 4 }), at(-50))));
    const sale = phone.write(sold({ item, quantity: 1 }), at(-100));
    expect(outcomeOf(await phone.live(sale))).toBe('409 SAME_TIME');
    expect((await live(movedTo(sale, 1))).absorbed).toEqual([item]);
    await live(phone.write(sold({ item, quantity: 1 }), at(-90)));
    const sheet = phone.write(counted({ item, quantity: 9 }), at(-90));
    expect(outcomeOf(await phone.live(sheet))).toBe('409 SAME_TIME');
  });

  it('Numbers of two days tie if the corrected times are equal.', async () => {
    const midnight = Date.parse('2026-11-21T18:30:00.000Z');
    const sheet = phone.write(counted({ item, quantity: 11 }), midnight);
    const sale = phone.write(sold({ item, quantity: 1 }), midnight - 1);
    expect(sheet.number.slice(6, 12)).not.toBe(sale.number.slice(6, 12));
    expect((await sync(sheet)).map(outcomeText)).toEqual(['recorded']);
    const [held] = await sync({ ...sale, clock: { skew: 1, within: 5 } });
    heldOf(held);
  });

  const pair = fc.record({
    movement: fc.constantFrom(
      (quantity: number) => sold({ item, quantity }),
      (quantity: number) => received({ item, quantity }),
      (quantity: number) => adjusted('lost', { item, quantity }),
      (quantity: number) => adjusted('found', { item, quantity }),
    ),
    quantity: fc.integer({ min: 1, max: 3 }),
    counts: fc.integer({ min: 0, max: 20 }),
    isCountFirst: fc.boolean(),
    tick: fc.nat(5),
  });
  const lives = fc.uniqueArray(pair, { minLength: 1, maxLength: 4, selector: ({ tick }) => tick });

  it('In any order of arrival, live or offline, the stock is what happened in the true order.', {
    tags: 'property',
  }, async () => {
    await fc.assert(
      fc.asyncProperty(lives, fc.infiniteStream(fc.nat(1_000)), fc.boolean(), async (pairs, random, isLive) => {
        shop = await openShop(book, [0]);
        [phone] = shop.phones as [Phone];
        let stock: number | undefined;
        const events = pairs
          .toSorted((one, next) => one.tick - next.tick)
          .flatMap(({ movement, quantity, counts, isCountFirst, tick }) => {
            const time = at(-200 + tick * 10);
            const moved = { written: phone.write(movement(quantity), time), isSheet: false };
            const sheet = { written: phone.write(counted({ item, quantity: counts }), time), isSheet: true };
            const { kind, reason } = moved.written.claim as { kind: string; reason?: string };
            const change = kind === 'S' || reason === 'lost' ? -quantity : quantity;
            stock = isCountFirst ? counts + change : counts;
            return (isCountFirst ? [sheet, moved] : [moved, sheet]).map((one, n) => ({ ...one, isFirst: n === 0 }));
          });
        const arrivals = events
          .map((event) => ({ event, rank: random.next().value }))
          .toSorted((one, next) => one.rank - next.rank);
        for (const { event } of arrivals) {
          const { written, isFirst } = event;
          const correction = isFirst ? -1 : 1;
          if (isLive) {
            const inHand = /^.{5}[SA]/.test(written.number) ? { goodsInHand: true } : {};
            const answer = await phone.live(written, inHand);
            if (answer.ok) continue;
            expect(answer.problem.code).toBe('SAME_TIME');
            expectOk(await phone.live(movedTo(written, correction), inHand));
          } else {
            const [outcome] = await sync(written);
            if (outcome?.outcome !== 'recorded') await admit(heldOf(outcome), written, correction);
          }
        }
        expect((await shop.onHand())[item]).toBe(stock);
      }),
      { numRuns: runs(12), seed: 7 },
    );
  });
});

describe('A shift close at the time of a sale', () => {
  const expectedCash = (outcome: object) => (outcome as { expected: { amount: number }[] }).expected[0]?.amount;

  it('Its last numbers decide: they are in the shift, others are not.', async () => {
    await live(phone.write(closed(0, {}), at(-200)));
    const [first, next] = [1, 2].map((quantity) => phone.write(sold({ item, quantity }), at(-100))) as [
      Written,
      Written,
    ];
    await live(first);
    await live(next);
    const close = phone.write(closed(0, {}, { last: [first.number] }), at(-100));
    expect(expectedCash((await live(close)).outcome)).toBe(PRICE);
    expect(expectedCash((await live(phone.write(closed(0, {}), at(-50)))).outcome)).toBe(2 * PRICE);
  });

  it('A close whose last numbers leave the kind out is refused until they name it.', async () => {
    const back = phone.write(tookBack(soldBefore, { line: 1, item, quantity: 1 }), at(-100));
    await live(back);
    const close = phone.write(closed(0, {}), at(-100));
    const refused = await phone.live(close);
    expect(outcomeOf(refused)).toBe('409 SAME_TIME');
    if (!refused.ok) expect(refused.problem).toMatchObject({ other: back.number });
    const named = { ...close, claim: { ...close.claim, last: [soldBefore, back.number] } };
    expect(expectedCash((await live(named)).outcome)).toBe(3 * PRICE);
    expect((await sync(phone.write(closed(0, {}), at(-100)))).map(outcomeText)).toEqual(['held SAME_TIME']);
  });

  it('A receipt or a count does not tie with it.', async () => {
    await live(phone.write(received({ item, quantity: 1 }), at(-100)));
    await live(phone.write(closed(0, {}), at(-100)));
    await live(phone.write(counted({ item: second, quantity: 11 }), at(-100)));
  });
});

it('A hand-over may have the time of another voucher: last numbers decide, not times.', async () => {
  const sale = phone.write(sold({ item, quantity: 1 }), at(-100));
  const sheet = phone.write(counted({ item: second, quantity: 11 }), at(-100));
  await live(sale);
  await live(sheet);
  const last = [sale.number, sheet.number];
  expectOk(await other.live(other.write(handedOver([sheet.number], { [phone.terminal]: last }), at(-100))));
  const late = phone.write(sold({ item, quantity: 1 }), at(-100));
  expect((await sync(late)).map(outcomeText)).toEqual(['held TERMINAL_HANDED_OVER']);
  expect((await shop.onHand())[item]).toBe(10);
});

const [item = '', second = ''] = kurtas(2);

const at = (seconds: number, milliseconds = 0) => Date.parse(book.clock.now()) + seconds * 1_000 + milliseconds;

const live = async (written: Written) => expectOk(await phone.live(written));

const sync = async (...all: Written[]) => expectOk(await phone.sync(all)).outcomes;

const movedTo = ({ number, claim }: Written, milliseconds: number): Written => ({
  number,
  claim: { ...claim, occurredAt: new Date(Date.parse(claim.occurredAt) + milliseconds).toISOString() },
});

/** An officer states when it happened. */
const admit = async (held: string, { claim }: Written, milliseconds: number) => {
  const occurredAt = new Date(Date.parse(claim.occurredAt) + milliseconds).toISOString();
  const path = { location: shop.location, held };
  const settled = await officer.settleHeld({ path, ifMatch: 1, body: { do: 'admit', occurredAt, why: 'asked them' } });
  expect(expectOk(settled).state).toBe('admitted');
};

const heldOf = (outcome: Awaited<ReturnType<typeof sync>>[number] | undefined): string => {
  if (!outcome || !('held' in outcome)) throw new Error(`was to be held: ${JSON.stringify(outcome)}`);
  expect(outcome.problem.code).toBe('SAME_TIME');
  return outcome.held;
};

/** Each moves `item` by so much. */
const MOVEMENTS: readonly (readonly [string, () => VoucherFields, number])[] = [
  ['sale', () => sold({ item, quantity: 2 }), -2],
  ['return', () => tookBack(soldBefore, { line: 1, item, quantity: 1 }), 1],
  ['receipt', () => received({ item, quantity: 5 }), 5],
  ['dispatch', () => dispatched('LKO-02', { item, quantity: 2 }), -2],
  ['loss', () => adjusted('lost', { item, quantity: 2 }), -2],
  ['find', () => adjusted('found', { item, quantity: 2 }), 2],
];
