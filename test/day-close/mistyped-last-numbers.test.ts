import { beforeEach, describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { expectBookMatchesStock, outcomeText } from '../kit/book-check.ts';
import { START } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { closeAt, latestCloseByDay } from '../kit/day-closes.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { closed, handedOver, openShop, received, type Shop } from '../kit/shop.ts';

checkAnswersAgainstContract();

const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];
const item = 'LKO-KURTA-01';
const book = useBook();
let shop: Shop;
let phone: Phone;
beforeEach(async () => {
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
});

describe.each([
  ['the close of a shift', 'last.0', (last: string[]) => closed(0, { cash: 0 }, { last })],
  ['a hand-over', 'terminals.0.last.0', (last: string[]) => handedOver([], { [phone.terminal]: last })],
])('A mistyped last number in %s', (_what, path, says) => {
  const tried = (last: string) => phone.live(phone.write(says([last])));

  it('Live, it is refused with the last recorded number; a plausible later one is accepted.', async () => {
    const written = goods();
    expect(await tried(like(written, '9999'))).toMatchObject({
      problem: {
        code: 'INVALID_REQUEST',
        fields: [{ path, problem: 'the book has none of that kind and day: say the last number that the phone shows' }],
      },
    });
    expectOk(await phone.live(written));
    const second = goods();
    expectOk(await phone.live(second));
    const beyond = (count: number) => like(second, String(Number(second.number.slice(12)) + count).padStart(4, '0'));
    const has = `the last that the book has of that kind and day is ${second.number}`;
    expect(await tried(beyond(501))).toMatchObject({
      problem: { fields: [{ path, problem: `${has}: say the last number that the phone shows` }] },
    });
    expect(await tried(beyond(500))).toMatchObject({ ok: true });
  });

  it('Offline, it is recorded as captured, and only the numbers truly missing are asked for.', async () => {
    const [first, lacks, third] = [2, 3, 4].map((hours) => goods(START - 2 * DAY + hours * HOUR));
    const last = phone.write(says([like(first as Written, '9999')]), START - 2 * DAY + 6 * HOUR);
    const brought = expectOk(await phone.sync([first, third, last].map((one) => one as Written)));
    expect(brought.outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'recorded']);
    await closeAt(shop.location);
    const missing = [lacks?.number];
    expect((await latestCloseByDay(shop.location)).get('2026-11-20')?.terminals).toMatchObject([
      { terminal: phone.terminal, state: 'missing', missing: expect.arrayContaining(missing) },
    ]);
    const path = { location: shop.location, terminal: phone.terminal };
    const receipts = expectOk(await shop.client.getNumbers({ path })).missing.filter((number) => number.includes('R'));
    expect(receipts.filter((number) => number.startsWith(`${phone.terminal}R`))).toEqual(
      expect.arrayContaining([lacks?.number]),
    );
    expect(receipts.length).toBeLessThan(5);
    expectOk(await phone.sync([lacks as Written]));
    await closeAt(shop.location);
    const [{ state, missing: left = [] } = {}] =
      (await latestCloseByDay(shop.location)).get('2026-11-20')?.terminals ?? [];
    expect([state, left.filter((number) => number[5] === 'R')]).not.toEqual(['proven', []]);
  });
});

describe('First voucher of a day with its serial mistyped as 9000', () => {
  const typed = (at?: number): Written => {
    const written = goods(at);
    return { ...written, number: like(written, '9000') };
  };
  const missing = async () => {
    const path = { location: shop.location, terminal: phone.terminal };
    return expectOk(await shop.client.getNumbers({ path })).missing;
  };

  it('Live, it is refused with the next number; so are its successor and its cancellation.', async () => {
    const first = goods();
    const refused = { status: 422, problem: { code: 'NUMBER_LEAPS', next: like(first, '0001') } };
    expect(await phone.live(typed())).toMatchObject(refused);
    const chained = { ...goods(), number: like(first, '9001') };
    expect(await phone.live({ ...chained, claim: { ...chained.claim, previous: like(first, '9000') } })).toMatchObject(
      refused,
    );
    const { kind, occurredAt, by, previous } = chained.claim;
    const spoiled = { kind, occurredAt, by, previous, cancelled: 'mistyped' };
    expect(await phone.live({ number: like(first, '9000'), claim: spoiled })).toMatchObject(refused);
    expectOk(await phone.live(first));
    expect(await phone.live(typed())).toMatchObject({
      problem: { next: like(first, '0002'), detail: expect.stringContaining(first.number) },
    });
    await expectBookMatchesStock(shop.client, shop.location);
  });

  it('Live, a serial up to 500 beyond the ledger is accepted.', async () => {
    const first = goods();
    const at = (serial: string) => ({ ...goods(), number: like(first, serial) });
    expectOk(await phone.live(first));
    expect(await phone.live(at('0502'))).toMatchObject({ problem: { code: 'NUMBER_LEAPS' } });
    for (const serial of ['0501', '1001', '1002']) expectOk(await phone.live(at(serial)));
    // Another function, which remembers nothing, decides alike.
    book.bahi.startFunctions();
    expectOk(await phone.live(at('1003')));
    expect(await phone.live(at('1504'))).toMatchObject({
      problem: { code: 'NUMBER_LEAPS', next: like(first, '1004') },
    });
  });

  it('Offline, it is recorded, asks for no number, and hides no missing one.', async () => {
    const [first, lacks, third] = [2, 3, 4].map((hours) => goods(START - 2 * DAY + hours * HOUR)) as [
      Written,
      Written,
      Written,
    ];
    const leaps = typed(START - 2 * DAY + 5 * HOUR);
    expect(expectOk(await phone.sync([leaps])).outcomes.map(outcomeText)).toEqual(['recorded']);
    await closeAt(shop.location);
    expect((await latestCloseByDay(shop.location)).get('2026-11-20')?.terminals).toMatchObject([
      { terminal: phone.terminal, state: 'unproven', missing: [] },
    ]);
    expect(await missing()).toEqual([]);
    expectOk(await phone.sync([first, third]));
    const close = phone.write(closed(0, { cash: 0 }, { last: [leaps.number] }), START - 2 * DAY + 6 * HOUR);
    const shift = { ...close, number: like(close, '0001') };
    expect(expectOk(await phone.sync([shift])).outcomes.map(outcomeText)).toEqual(['recorded']);
    await closeAt(shop.location);
    expect((await latestCloseByDay(shop.location)).get('2026-11-20')?.terminals).toMatchObject([
      { terminal: phone.terminal, state: 'missing', missing: [lacks.number] },
    ]);
    expectOk(await phone.sync([lacks]));
    await closeAt(shop.location);
    expect((await latestCloseByDay(shop.location)).get('2026-11-20')?.terminals).toMatchObject([
      { terminal: phone.terminal, state: 'unproven', missing: [] },
    ]);
  });

  it('A live shift close may name it, and then proves nothing.', async () => {
    const leaps = typed();
    expect(expectOk(await phone.sync([leaps])).outcomes.map(outcomeText)).toEqual(['recorded']);
    expectOk(await phone.live(phone.write(closed(0, { cash: 0 }, { last: [leaps.number] }))));
  });
});

const goods = (at?: number) => phone.write(received({ item, quantity: 5 }), at);

/** A number of the same kind and day with another serial. */
const like = ({ number }: Written, serial: string) => `${number.slice(0, 12)}${serial}`;
