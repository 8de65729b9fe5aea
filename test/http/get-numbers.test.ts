import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { outcomeText } from '../kit/book-check.ts';
import { chainOf } from '../kit/chain.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { DEPOT, openDepot } from '../kit/depot.ts';
import { steppedClient } from '../kit/interceptor.ts';
import { requestsAt } from '../kit/material-requests.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { closed, handedOver, openShop, received, type Shop, sold } from '../kit/shop.ts';
import { ask, expectProblem, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const stepped = steppedClient(inject('endpoint'));
let shop: Shop;
let phone: Phone;
let other: Phone;
let write: ReturnType<typeof chainOf>;
const book = useBook({ client: stepped.client });
afterEach(() => book.clock.set('2026-11-22T05:00:00Z'));
beforeEach(async () => {
  shop = await openShop(book, [0, 0], 40);
  [phone, other] = shop.phones as [Phone, Phone];
  write = chainOf(phone);
});

describe('Numbers of a terminal', () => {
  it('A terminal that recorded nothing has no numbers for the last week.', async () => {
    const { location } = shop;
    const { terminal } = phone;
    expect(await numbers()).toEqual({ location, terminal, since: '2026-11-15', last: [], missing: [] });
  });

  it('The last number of each kind and overall are given, with skipped and named missing ones.', async () => {
    const [r1, s1, s2, r2, s3] = [goods, one, one, goods, one].map((says, n) => write(says, at(-100 + n)));
    expect(await bring(r1 as Written, s3 as Written)).toEqual(['recorded', 'recorded']);
    expect(await numbers()).toMatchObject({ last: of([r1, s3]), latest: s3?.number, missing: of([r2, s1, s2]) });
    expect(await bring(s1 as Written, s2 as Written)).toEqual(['recorded', 'recorded']);
    expect(await missing()).toEqual(of([r2]));
    expect(await bring(r2 as Written)).toEqual(['recorded']);
    expect(await numbers()).toMatchObject({ last: of([r2, s3]), latest: s3?.number, missing: [] });
  });

  it("A terminal's numbers are its own, and include tomorrow's of a fast phone.", async () => {
    const theirs = chainOf(other);
    theirs(one, at(-100));
    expectOk(await other.sync([theirs(one, at(-90))]));
    expect(await missing()).toEqual([]);
    // By its clock, ten hours ahead, it is past midnight.
    book.clock.set('2026-11-22T09:00:00Z');
    write(one, at(9.8 * 3_600));
    const late = write(one, at(9.9 * 3_600));
    const sent = { vouchers: [late] };
    expectOk(await shop.client.syncVouchers({ path: { location: shop.location }, body: sent }));
    expect(late.number).toContain('S261123');
    expect(await numbers()).toMatchObject({ latest: late.number, missing: [expect.stringContaining('S2611230001')] });
  });

  it('Held numbers have come; a missing number that a held voucher names is missing.', async () => {
    write(one, at(-100));
    const held = write({ ...one, payments: [{ tender: 'cash', amount: 1 }] }, at(-90));
    expect(await bring(held)).toEqual(['held PAYMENT_MISMATCH']);
    expect(await numbers()).toMatchObject({ latest: held.number, missing: [`${phone.terminal}S2611220001`] });
  });

  it("A shift close, or another's hand-over, declares the numbers that a dead phone lost.", async () => {
    const [s1, s2, s3] = [1, 2, 3].map((n) => write(one, at(-100 + n)));
    expect(await bring(s1 as Written)).toEqual(['recorded']);
    expect(await missing()).toEqual([]);
    expect(await bring(write(closed(0, {}, { last: of([s2]) }), at(-50)))).toEqual(['recorded']);
    expect(await missing()).toEqual(of([s2, s3]));
    expect(await bring(s3 as Written)).toEqual(['recorded']);
    const [, s5] = [write(one, at(-40)), write(one, at(-30))];
    const handing = other.write(handedOver([], { [phone.terminal]: of([s5]) as string[] }), at(-20));
    expectOk(await other.live(handing));
    const s4 = s5?.number.replace(/5$/, '4');
    expect(await missing()).toEqual([s2?.number, s4, s5?.number]);
    expect(await bring(s5 as Written)).toEqual(['recorded']);
    expect(await missing()).toEqual([s2?.number, s4]);
  });

  it('A named number from before the range is looked up, and missing only if it never came.', async () => {
    const long = [12, 11, 10].map((ago) => write(one, at(-ago * DAY)));
    const [first, second, third] = long;
    const now = write(one, at(-10));
    expect(await bring(now)).toEqual(['recorded']);
    expect(await missing()).toEqual(of([third]));
    expect(await missing('2026-11-01')).toEqual(of([third]));
    expect(await bring(third as Written)).toEqual(['recorded']);
    expect(await missing()).toEqual([]);
    expect(await missing('2026-11-12')).toEqual(of([second]));
    expect(await bring(second as Written)).toEqual(['recorded']);
    expect(await missing('2026-11-11')).toEqual(of([first]));
  });

  it('The range is at most a month.', async () => {
    const books = await stepped.booksReadBy(() => numbers('2020-01-01'));
    expect(books.filter((read) => /#2026-/.test(read))).toHaveLength(33);
    expect((await numbers('2020-01-01')).since).toBe('2026-10-22');
    expect((await numbers('2030-01-01')).since).toBe('2030-01-01');
  });

  it("A depot counter's numbers include requests, which are in no day book.", async () => {
    const depot = await openDepot(book);
    await depot.producer('P0100');
    const number = await requestsAt(book, depot, 'P0100').submitted();
    const terminal = number.slice(0, 5);
    const manager = await book.as('depot', `location:${DEPOT}`);
    const read = async () => expectOk(await manager.getNumbers({ path: { location: DEPOT, terminal } })).missing;
    const before = await read();
    const claim = { kind: 'C', occurredAt: book.clock.now(), by: 'S001', count: 'November', previous: number };
    const path = { location: DEPOT, number: `${terminal}C2611220001` };
    expectOk(
      await manager.recordVoucher({ path, body: { ...claim, lines: [{ item: 'PBT-BAMBOO', quantity: 0 }] } as never }),
    );
    const after = (await read()).filter((number) => number[5] === 'Q');
    expect(after).not.toContain(number);
    expect(before).not.toContain(number);
  });
});

describe('Refused number queries', () => {
  const get = async (terminal: string, query = '') =>
    ask(book, `/locations/${shop.location}/terminals/${terminal}/numbers${query}`, {
      token: await book.bahi.issuer.token({ role: 'outlet', scope: [`location:${shop.location}`] }),
    });

  it.each([
    ['a terminal that is not enrolled', '7KQ2M', '', '404 NOT_FOUND'],
    ['a terminal that is none', 'FOUR', '', '400 INVALID_REQUEST terminal'],
    ['__proto__', '__proto__', '', '400 INVALID_REQUEST terminal'],
    ['since no day', '7KQ2M', '?since=yesterday', '400 INVALID_REQUEST since'],
    ['since a day that is not', '7KQ2M', '?since=2026-02-30', '400 INVALID_REQUEST since'],
    ['since an instant', '7KQ2M', '?since=2026-11-22T05:00:00Z', '400 INVALID_REQUEST since'],
    ['what is not known', '7KQ2M', '?until=2026-11-22', '400 INVALID_REQUEST until'],
  ])('%s', async (_says, terminal, query, as) => {
    const [status, code, ...fields] = as.split(' ');
    await expectProblem(await get(terminal, query), Number(status), code, ...fields);
  });

  it('A terminal of another stall is refused.', async () => {
    const elsewhere = (await openShop(book)).phones[0]?.terminal ?? '';
    await expectProblem(await get(elsewhere), 404, 'NOT_FOUND');
    const path = { location: 'LKO-01', terminal: phone.terminal };
    expect(outcomeOf(await shop.client.getNumbers({ path }))).toBe('403 FORBIDDEN');
  });
});

const [item = ''] = kurtas(1);

const one = sold({ item, quantity: 1 });

const goods = received({ item, quantity: 1 });

const DAY = 24 * 3_600;

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const bring = async (...vouchers: readonly Written[]) => expectOk(await phone.sync(vouchers)).outcomes.map(outcomeText);

const numbers = async (since?: string, { terminal }: { terminal: string } = phone) =>
  expectOk(
    await shop.client.getNumbers({ path: { location: shop.location, terminal }, query: since ? { since } : {} }),
  );

const missing = async (since?: string) => (await numbers(since)).missing;

const of = (vouchers: readonly (Written | undefined)[]) => vouchers.map((voucher) => voucher?.number);
