import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import type { Phone } from '../kit/phone.ts';
import { counted, openShop, PRICE, type Shop, sold, tookBack } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const [item = ''] = kurtas(1);
const EXCEEDED = '409 RETURN_EXCEEDED';
const book = useBook();
let shop: Shop;
let phone: Phone;
let other: Phone;
beforeAll(async () => {
  shop = await openShop(book, [0, 0]);
  [phone, other] = shop.phones as [Phone, Phone];
});
/** Seven are there. */
beforeEach(async () => {
  book.clock.forward(600);
  await say(counted({ item, quantity: 7 }), -290);
});

const say = async (says: Says, seconds = 0, by = phone) => expectOk(await by.live(by.write(says, at(seconds))));

describe('Return before its sale', () => {
  it('It is unmatched with the goods back; once the sale comes, live returns count it.', async () => {
    const late = other.write(sold({ item, quantity: 3 }), at(-100));
    const back = (quantity: number) => tookBack(late.number, { line: 1, item, quantity });
    expect(await tried(back(2))).toBe('422 VOUCHER_UNKNOWN');
    expect(await bring(back(2), -50)).toMatchObject({
      outcome: 'recorded',
      voucher: { outcome: { moved: [2], waits: true } },
    });
    expect((await shop.onHand())[item]).toBe(9);
    expect(expectOk(await other.sync([late])).outcomes).toMatchObject([{ outcome: 'recorded' }]);
    expect((await shop.onHand())[item]).toBe(6);
    expect(await tried(back(2))).toBe(EXCEEDED);
    expect(await say(back(1))).toEqual(
      expect.objectContaining({ outcome: expect.not.objectContaining({ waits: true }) }),
    );
    expect((await shop.onHand())[item]).toBe(7);
  });

  it('In the same batch as the sale it is matched, in either order.', async () => {
    const [first, then] = [phone.write(sold({ item, quantity: 1 }), at(-100)), at(-50)];
    const back = phone.write(tookBack(first.number, { line: 1, item, quantity: 1 }), then);
    const [outcome] = expectOk(await phone.sync([back, first])).outcomes;
    expect(outcome).toMatchObject({ voucher: { outcome: { moved: [1], refunded: PRICE } } });
  });

  it('If it exceeds the sale, nothing is left to return, and it says so.', async () => {
    const late = other.write(sold({ item, quantity: 1 }), at(-100));
    await bring(tookBack(late.number, { line: 1, item, quantity: 3 }), -50);
    expectOk(await other.sync([late]));
    const answer = await phone.live(phone.write(tookBack(late.number, { line: 1, item, quantity: 1 })));
    expect(answer).toMatchObject({ problem: { fields: [{ problem: '0 of line 1 can still come back' }] } });
  });

  it('An item that was not on the bill does not block the return of the others.', async () => {
    const [, wrong = ''] = kurtas(2);
    const late = other.write(sold({ item, quantity: 2 }), at(-100));
    await bring(tookBack(late.number, { line: 1, item: wrong, quantity: 1 }), -50);
    expectOk(await other.sync([late]));
    const back = (quantity: number) => tookBack(late.number, { line: 1, item, quantity });
    expect(await tried(back(3))).toBe(EXCEEDED);
    expect(await say(back(2))).toMatchObject({ outcome: { refunded: 2 * PRICE } });
    expect(await tried(back(1))).toBe(EXCEEDED);
  });

  it.each(['R', 'A', 'I'])('A return of a %s is held until the original is recorded.', async (kind) => {
    const missing = missingOf(kind);
    const outcome = await bring(tookBack(missing, { line: 1, item, quantity: 1 }));
    expect(outcome).toMatchObject({ outcome: 'held', problem: { code: 'VOUCHER_UNKNOWN' } });
  });

  it('A return of something unknown is held.', async () => {
    const missing = missingOf('S');
    const outcome = await bring(tookBack(missing, { line: 1, item: 'LKO-NONE', quantity: 1 }));
    expect(outcome).toMatchObject({ outcome: 'held', problem: { code: 'ITEM_UNKNOWN' } });
    expect(Object.keys(await shop.onHand())).not.toContain('LKO-NONE');
  });
});

type Says = Parameters<Phone['write']>[0];

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const bring = async (says: Says, seconds = 0, by = phone) =>
  expectOk(await by.sync([by.write(says, at(seconds))])).outcomes[0];

const tried = async (says: Says, by = phone) => outcomeOf(await by.live(by.write(says)));

/** A number that nobody has used. */
const missingOf = (kind: string) => phone.write({ kind: 'S' }).number.replace(/^(.{5})S(.*).{4}$/, `$1${kind}$20999`);
