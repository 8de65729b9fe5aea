import { beforeEach, describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import type { Phone } from '../kit/phone.ts';
import { counted, openShop, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const [item = '', second = '', third = ''] = kurtas(3);
const book = useBook();
let shop: Shop;
let phone: Phone;
let ahead: Phone;
/** A stall with ten of two items; one of its phones is 200 seconds ahead. */
beforeEach(async () => {
  shop = await openShop(book, [0, -200_000]);
  [phone, ahead] = shop.phones as [Phone, Phone];
  await recordLive(received({ item, quantity: 10 }, { item: second, quantity: 10 }), -280);
});

/** Records a voucher live, some seconds after it happened. */
const recordLive = async (fields: Parameters<Phone['write']>[0], seconds: number, by = phone, how: object = {}) =>
  expectOk(await by.live(by.write(fields, at(seconds)), how));

describe('Count sheet', () => {
  it('A count sets the stock at its time, gives the expected figures, and keeps later changes.', async () => {
    await recordLive(sold({ item, quantity: 1 }), -200);
    await recordLive(sold({ item, quantity: 2 }), -50, ahead);
    const { outcome } = await recordLive({ ...counted({ item, quantity: 7 }), blind: true }, -100);
    expect(outcome).toEqual({ counted: [{ quantity: 7, expected: 9, variance: -2 }] });
    expect((await shop.rows()).get(item)).toMatchObject({ onHand: 5, free: 5, version: 4 });
    expect(await shop.onHand()).toEqual({ [item]: 5, [second]: 10 });
  });

  it('A count may have several sheets.', async () => {
    const numbers = [phone.write(sold({ item, quantity: 1 })).number];
    const sheets = [
      { item, quantity: 3 },
      { item: second, quantity: 4 },
    ].map((line) => ({ ...counted(line), count: 'November', seen: numbers }));
    const vouchers = await Promise.all(sheets.map((sheet, n) => recordLive(sheet, -20 + n)));
    expect(vouchers.map(({ claim }) => claim)).toMatchObject([
      { count: 'November', seen: numbers },
      { count: 'November', seen: numbers },
    ]);
    expect(await shop.onHand()).toEqual({ [item]: 3, [second]: 4 });
  });

  it('A count finds unknown goods, and the absence of known ones.', async () => {
    const { outcome } = await recordLive(counted({ item: third, quantity: 6 }, { item, quantity: 0 }), -20);
    expect(outcome).toEqual({
      counted: [
        { quantity: 6, expected: 0, variance: 6 },
        { quantity: 0, expected: 10, variance: -10 },
      ],
    });
    await recordLive(counted({ item: 'LKO-KURTA-09', quantity: 0 }), -10);
    expect(await shop.onHand()).toEqual({ [item]: 0, [second]: 10, [third]: 6, 'LKO-KURTA-09': 0 });
    expect((await shop.rows()).get('LKO-KURTA-09')).toMatchObject({ version: 1, countedAt: expect.any(String) });
    expect(await refused(sold({ item, quantity: 1 }))).toMatchObject(['409 INSUFFICIENT_STOCK', []]);
  });

  it('Pieces may be given in words.', async () => {
    const { outcome, claim } = await recordLive(counted({ item, quantity: '12 piece' }), -10);
    expect(outcome).toMatchObject({ counted: [{ quantity: 12, variance: 2 }] });
    expect(claim).toMatchObject({ lines: [{ item, quantity: '12 piece' }] });
  });

  it('A repeat moves nothing; other content under the number is a conflict.', async () => {
    const sheet = phone.write(counted({ item, quantity: 4 }), at(-100));
    const first = expectOk(await phone.live(sheet));
    await recordLive(sold({ item, quantity: 3 }), -50);
    await recordLive(sold({ item, quantity: 2 }), -150);
    await recordLive(counted({ item, quantity: 9 }), -10);
    const before = await shop.rows();

    const again = await phone.live(sheet);
    expect([again.status, expectOk(again)]).toEqual([200, first]);
    expect(expectOk(await phone.sync([sheet])).outcomes).toMatchObject([{ outcome: 'repeated', voucher: first }]);
    const other = { ...sheet, claim: { ...sheet.claim, lines: [{ item, quantity: 5 }] } };
    expect(outcomeOf(await phone.live(other))).toBe('409 VOUCHER_CONFLICT');
    expect(await shop.rows()).toEqual(before);
  });

  it('A cancelled number counts nothing.', async () => {
    await recordLive({ kind: 'C', cancelled: 'torn' }, 0);
    expect(await shop.onHand()).toEqual({ [item]: 10, [second]: 10 });
  });

  it.each([
    [
      'an item twice',
      [
        { item, quantity: 1 },
        { item: second, quantity: 1 },
        { item, quantity: 0 },
      ],
      '400 INVALID_REQUEST',
      ['lines.0.item', 'lines.2.item'],
    ],
    ['less than nothing', [{ item, quantity: -1 }], '400 INVALID_REQUEST', ['lines.0.quantity']],
    ['half a piece', [{ item, quantity: 1.5 }], '400 INVALID_REQUEST', ['lines.0.quantity']],
    ['half a piece in words', [{ item, quantity: '1.5 piece' }], '422 QUANTITY_NOT_WHOLE', ['lines.0.quantity']],
    [
      'another unit',
      [
        { item: second, quantity: 1 },
        { item, quantity: '1 kg' },
      ],
      '422 QUANTITY_NOT_WHOLE',
      ['lines.1.quantity'],
    ],
    [
      'what nobody knows',
      [
        { item, quantity: 1 },
        { item: 'LKO-NONE', quantity: 0 },
      ],
      '422 ITEM_UNKNOWN',
      ['lines.1.item'],
    ],
    ["another seller's item", [{ item: 'LKO-ZARI-1', quantity: 0 }], '422 ITEM_OF_ANOTHER_SELLER', ['lines.0.item']],
    ['no item at all', [], '400 INVALID_REQUEST', ['lines']],
    ['41 items', kurtas(41).map((one) => ({ item: one, quantity: 1 })), '400 INVALID_REQUEST', ['lines']],
  ])('A count with %s is refused and changes nothing.', async (_what, lines, code, paths) => {
    const before = await shop.rows();
    expect(await refused(counted(...(lines as never[])))).toEqual([
      code,
      paths.map((path) => expect.objectContaining({ path })),
    ]);
    expect(await shop.rows()).toEqual(before);
  });

  it('A sheet has at most 40 items and counts all of them.', async () => {
    await recordLive(counted(...kurtas(40).map((one, n) => ({ item: one, quantity: n }))), 0);
    expect(Object.values(await shop.onHand())).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });
});

describe('Vouchers from before the last count that arrive later', () => {
  it('They move nothing on hand and say so, also when repeated.', async () => {
    await recordLive(counted({ item, quantity: 8 }), -50);
    const late = ahead.write(sold({ item, quantity: 3 }, { item: second, quantity: 1 }), at(-60));
    const voucher = expectOk(await ahead.live(late));
    expect(voucher.absorbed).toEqual([item]);
    expect(outcomeOf(await ahead.live(late))).toBe(200);
    expect(await shop.onHand()).toEqual({ [item]: 8, [second]: 9 });
    expect((await syncOffline(received({ item, quantity: 5 }), -61)).absorbed).toEqual([item]);
    expect((await syncOffline(sold({ item, quantity: 5 }), -40)).absorbed).toBeUndefined();
    expect(await shop.onHand()).toEqual({ [item]: 3, [second]: 9 });
  });

  it('They need no goods, which the count may not have found.', async () => {
    await recordLive(counted({ item, quantity: 0 }), -50);
    expect((await recordLive(sold({ item, quantity: 9 }), -51)).absorbed).toEqual([item]);
    expect(await shop.onHand()).toMatchObject({ [item]: 0 });
  });

  it('An earlier count changes nothing and expects nothing.', async () => {
    await recordLive(counted({ item, quantity: 8 }, { item: second, quantity: 8 }), -50);
    const { outcome } = await recordLive(counted({ item, quantity: 100 }, { item: third, quantity: 1 }), -60);
    expect(outcome).toEqual({ counted: [{ quantity: 100 }, { quantity: 1, expected: 0, variance: 1 }] });
    expect(await shop.onHand()).toEqual({ [item]: 8, [second]: 8, [third]: 1 });
  });

  it('An earlier return, whose goods the count found, moves nothing.', async () => {
    const { number } = await recordLive(sold({ item, quantity: 3 }), -200);
    await recordLive(counted({ item, quantity: 8 }), -50);
    const back = tookBack(number, { line: 1, item, quantity: 1 });
    expect(await recordLive(back, -60)).toMatchObject({ absorbed: [item], outcome: { moved: [1] } });
    expect(await shop.onHand()).toMatchObject({ [item]: 8 });
    expect((await recordLive(back, -40)).absorbed).toBeUndefined();
    expect(await shop.onHand()).toMatchObject({ [item]: 9 });
  });
});

describe('Two counts of the same moment', () => {
  it.each([
    [0, 1],
    [1, 0],
  ])('Whichever is sent first (%i), the later number decides.', async (first, then) => {
    const sheets = [
      phone.write(counted({ item, quantity: 3 }), at(-20)),
      phone.write(counted({ item, quantity: 5 }), at(-20)),
    ];
    for (const which of [first, then]) expectOk(await phone.live(sheets[which] as never));
    expect(await shop.onHand()).toMatchObject({ [item]: 5 });
  });
});

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

/** Syncs a voucher that was recorded offline; returns its record. */
const syncOffline = async (fields: Parameters<Phone['write']>[0], seconds: number, by = phone) => {
  const [outcome] = expectOk(await by.sync([by.write(fields, at(seconds))])).outcomes;
  if (!outcome || !('voucher' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.voucher;
};

const refused = async (fields: Parameters<Phone['write']>[0], by = phone) => {
  const answer = await by.live(by.write(fields, at(0)));
  return answer.ok ? answer.status : [outcomeOf(answer), (answer.problem.fields ?? []) as { path: string }[]];
};
