import { createHash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import type { DayClose } from '../../shared/day-close/day-close.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import { useBook } from '../kit/book.ts';
import { START as NOW } from '../kit/clock.ts';
import { allClosesAt, closeAt } from '../kit/day-closes.ts';
import { dayBook } from '../kit/read-all.ts';
import { openShop, PRICE, received, sold } from '../kit/shop.ts';

const HOUR = 3_600_000;
const START = NOW - 4 * 24 * HOUR;
const KURTA = 'LKO-KURTA-01';
const [WEDNESDAY, THURSDAY] = ['2026-11-18', '2026-11-19'];
const book = useBook();
let closes: DayClose[];
const books = new Map<string, Voucher[]>();

// Wednesday receives five and sells two. Thursday sells the rest and closes the shift. Each night
// closes its day.
beforeAll(async () => {
  const shop = await openShop(book);
  const [phone] = shop.phones;
  if (!phone) throw new Error('a shop has a phone');
  let at = START;
  let previous: string | null = null;
  const say = async (number: string, said: { kind: string }) => {
    at += HOUR;
    book.clock.set(new Date(at).toISOString());
    const answer = await phone.insist({ number, claim: { ...phone.write(said).claim, previous } });
    if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
    previous = number;
  };
  const night = async (day: number) => {
    book.clock.set(new Date(START - 10 * HOUR + day * 24 * HOUR).toISOString());
    await closeAt(shop.location);
  };
  const of = (kind: string, day: string) => `${phone.terminal}${kind}${day.slice(2).replaceAll('-', '')}0001`;
  await say(of('R', WEDNESDAY), received({ item: KURTA, quantity: 5 }));
  await say(of('S', WEDNESDAY), sold({ item: KURTA, quantity: 2 }));
  await night(1);
  at = START + 24 * HOUR;
  await say(of('S', THURSDAY), sold({ item: KURTA, quantity: 3 }));
  const last = [of('S', THURSDAY)];
  await say(of('K', THURSDAY), {
    kind: 'K',
    float: 0,
    counted: [{ tender: 'cash', amount: 3 * PRICE }],
    last,
  } as never);
  await night(2);
  book.clock.set(new Date(NOW).toISOString());
  for (const day of [WEDNESDAY, THURSDAY]) books.set(day, await dayBook(shop.client, shop.location, day));
  closes = await allClosesAt(shop.location);
});

const of = (day: string, edition: number) => closes.find((close) => close.day === day && close.edition === edition);

it('An item that sold out at noon was in stock for half the day.', () => {
  expect(of(WEDNESDAY, 1)?.items).toMatchObject([{ onHand: 3, exposure: 0 }]);
  expect(of(THURSDAY, 1)?.items).toMatchObject([{ onHand: 0, sold: 3, exposure: 0.5 }]);
});

it("The next day's first voucher proves the last number of a day, which is closed again.", () => {
  expect(of(WEDNESDAY, 1)?.terminals).toMatchObject([{ state: 'unproven', missing: [] }]);
  expect(of(WEDNESDAY, 2)?.terminals).toMatchObject([{ state: 'proven', missing: [] }]);
  expect(of(THURSDAY, 1)?.terminals).toMatchObject([{ state: 'proven', missing: [] }]);
});

it('The till of a shift is its float plus what was sold.', () => {
  expect(of(THURSDAY, 1)?.shifts).toMatchObject([{ over: [{ tender: 'cash', amount: -2 * PRICE }] }]);
});

it('The tax of a close is the sum of its bills, to the paisa.', () => {
  for (const day of [WEDNESDAY, THURSDAY]) {
    const taxes = (books.get(day) ?? []).flatMap(({ outcome }) => ('tax' in outcome ? (outcome.tax ?? []) : []));
    const sum = (figure: 'taxable' | 'cgst' | 'sgst') => taxes.reduce((all, tax) => all + tax[figure], 0);
    expect(of(day, 1)?.sellers[0]?.tax).toMatchObject([
      { taxable: sum('taxable'), cgst: sum('cgst'), sgst: sum('sgst') },
    ]);
    expect(sum('cgst')).toBeGreaterThan(0);
  }
});

/** JSON with its keys in order, written here on its own. */
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

it('The hash of each close covers its vouchers and the close before it.', () => {
  expect(closes.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  for (const [at, { hash, ...close }] of closes.entries()) {
    expect(close.before).toBe(closes[at - 1]?.hash);
    expect(close.books).toBe(sha256((books.get(close.day) ?? []).map((voucher) => `${ordered(voucher)}\n`).join('')));
    expect(hash).toBe(sha256(ordered(close)));
  }
});
