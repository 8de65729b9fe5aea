import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Book, expectOk, useBook } from '../kit/book.ts';
import { outcomeText } from '../kit/book-check.ts';
import { chainOf } from '../kit/chain.ts';
import { kurtas } from '../kit/claims.ts';
import { daysAgo } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { counted, openShop, received, type Shop, sold } from '../kit/shop.ts';
import { ask, expectProblem } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let officer: Book['admin'];
let shop: Shop;
let phone: Phone;
let paper: string;
let write: ReturnType<typeof chainOf>;
beforeAll(async () => {
  officer = await book.as('officer', 'district:LKO');
});
afterEach(() => book.clock.set('2026-11-22T05:00:00Z'));
/** A stall with ten kurtas, a phone, and a bill book that is three days old. */
beforeEach(async () => {
  shop = await openShop(book, [0]);
  [phone] = shop.phones as [Phone];
  paper = await daysAgo(book.clock, 3, () => enrolPaper());
  write = chainOf({ terminal: paper });
  expectOk(await phone.sync([phone.write(received({ item, quantity: 10 }), at(-4 * DAY))]));
});

describe('Paper bill book', () => {
  it("A bill with its day alone stands at the end of that day, whatever the phone's clock.", async () => {
    const bills = [write(one, at(-2 * DAY)), write(one, at(-2 * DAY))].map((bill) => onDay(bill));
    const tenHoursAhead = -10 * 3_600_000;
    expect((await bring(bills, tenHoursAhead)).map(outcomeText)).toEqual(['recorded', 'recorded']);
    for (const bill of bills)
      expect(await stored(bill)).toMatchObject({
        claim: { occurredAt: '2026-11-20T18:29:59.999Z' },
        admission: { way: 'captured' },
      });
    expect((await stored(bills[0] as Written)).admission).toEqual({ way: 'captured' });
    expect(await shop.onHand()).toEqual({ [item]: 8 });
  });

  it('A bill of today stands before the time of its sync: a later count includes it.', async () => {
    const bill = onDay(write(one, at(-60)));
    expect(await brought(bill)).toEqual(['recorded']);
    book.clock.forward(600);
    expectOk(await phone.live(phone.write(counted({ item, quantity: 9 }))));
    expect(await shop.onHand()).toEqual({ [item]: 9 });
    // The same later, and from another phone, is the same.
    book.clock.forward(4 * 3_600);
    expect(await brought(bill)).toEqual(['repeated']);
    expect(await brought({ ...bill, claim: { ...bill.claim, occurredAt: '2026-11-22T18:29:59.999Z' } })).toEqual([
      'repeated',
    ]);
    expect(await shop.onHand()).toEqual({ [item]: 9 });
  });

  it('A bill stands after a count of its day, and before one of the next.', async () => {
    const bill = onDay(write(one, at(-2 * DAY)));
    const sheets = [
      phone.write(counted({ item, quantity: 7 }), at(-2 * DAY)),
      phone.write(counted({ item, quantity: 5 }), at(-DAY)),
    ];
    expectOk(await phone.sync(sheets.slice(0, 1)));
    expect(await brought(bill)).toEqual(['recorded']);
    expect(await shop.onHand()).toEqual({ [item]: 6 });
    expectOk(await phone.sync(sheets.slice(1)));
    expect(await brought(onDay(write(one, at(-2 * DAY))))).toEqual(['recorded']);
    expect(await shop.onHand()).toEqual({ [item]: 5 });
  });

  it('A bill with a written time stands at that time.', async () => {
    const bill = write(one, at(-2 * DAY));
    expect((await bring([bill], -10 * 3_600_000)).map(outcomeText)).toEqual(['recorded']);
    expect(await stored(bill)).toMatchObject({ claim: bill.claim, admission: { way: 'captured' } });
  });

  it('Missing bills show like those of any terminal.', async () => {
    const bills = [1, 2, 3, 4].map(() => write(one, at(-DAY)));
    expect(await brought(...[bills[0], bills[3]].map((bill) => onDay(bill as Written)))).toEqual([
      'recorded',
      'recorded',
    ]);
    const path = { location: shop.location, terminal: paper };
    const { missing, last } = expectOk(await shop.client.getNumbers({ path }));
    expect(missing).toEqual([bills[1]?.number, bills[2]?.number]);
    expect(last).toEqual([bills[3]?.number]);
  });
});

describe('Bills that are held', () => {
  it("A bill of a future day, another day than its number's, or before enrolment is held.", async () => {
    const [bill, other, early] = [write(one, at(DAY)), write(one, at(-DAY)), write(one, at(-4 * DAY))];
    expect(await brought(onDay(bill), onDay(other, '2026-11-20'), onDay(early))).toEqual([
      'held CLOCK_OFF',
      'held NUMBER_MISMATCH',
      'held CLOCK_OFF',
    ]);
    expect(await shop.onHand()).toEqual({ [item]: 10 });
  });

  it('An officer decides where a held bill stands.', async () => {
    const early = onDay(write(one, at(-3.9 * DAY)));
    const [outcome] = await bring([early]);
    if (!outcome || !('held' in outcome)) throw new Error('was to be held');
    const path = { location: shop.location, held: outcome.held };
    const settled = await officer.settleHeld({
      path,
      ifMatch: 1,
      body: { do: 'admit', occurredAt: '2026-11-18T09:00:00.000Z', why: 'the book began the day before' },
    });
    expect(expectOk(settled).state).toBe('admitted');
    const { claim, admission } = await stored(early);
    expect(Date.parse(claim.occurredAt) + (admission.skew ?? 0)).toBe(Date.parse('2026-11-18T09:00:00.000Z'));
  });

  it("A phone's voucher without a time is held until an officer admits it.", async () => {
    const sale = onDay(phone.write(one, at(-DAY)));
    const [outcome] = await bring([sale]);
    expect(outcome && outcomeText(outcome)).toBe('held INVALID_REQUEST');
    if (!outcome || !('held' in outcome)) throw new Error('was to be held');
    const path = { location: shop.location, held: outcome.held };
    const settled = await officer.settleHeld({ path, ifMatch: 1, body: { do: 'admit', why: 'its screen is broken' } });
    expect(expectOk(settled).state).toBe('admitted');
    expect(await shop.onHand()).toEqual({ [item]: 9 });
  });

  it('An officer who admits a bill of today need not give the time.', async () => {
    const bill = onDay(write({ ...one, lines: [{ item: 'NO-SUCH', quantity: 1, unitPrice: 10_000 }] }, at(-60)));
    const [outcome] = await bring([bill]);
    expect(outcome && outcomeText(outcome)).toBe('held ITEM_UNKNOWN');
    if (!outcome || !('held' in outcome)) throw new Error('was to be held');
    const { entry } = expectOk(await book.admin.getEntry({ path: { kind: 'items', id: item } }));
    const known = await book.admin.putEntry({ path: { kind: 'items', id: 'NO-SUCH' }, body: entry });
    expect(known.ok).toBe(true);
    const path = { location: shop.location, held: outcome.held };
    const settled = await officer.settleHeld({ path, ifMatch: 1, body: { do: 'admit', why: 'now it is known' } });
    expect(expectOk(settled).state).toBe('admitted');
  });
});

describe('Unreadable bills are refused alone', () => {
  it.each(['2026-02-30', '22-11-2026', '', 'yesterday', null, 20_261_122, {}])('on %j', async (occurredAt) => {
    const bill = write(one, at(-DAY));
    const [outcome] = await bring([{ ...bill, claim: { ...bill.claim, occurredAt } }]);
    expect(outcome && outcomeText(outcome)).toBe('refused INVALID_REQUEST');
  });

  it('A live bill needs a time.', async () => {
    const { number, claim } = onDay(write(one, at(0)));
    const token = await book.bahi.issuer.token({ role: 'outlet', scope: [`location:${shop.location}`] });
    const path = `/locations/${shop.location}/vouchers/${number}`;
    const answer = await ask(book, path, { method: 'PUT', body: JSON.stringify(claim), token });
    await expectProblem(answer, 400, 'INVALID_REQUEST', 'occurredAt');
  });

  it('An enrolment code cannot be half for paper.', async () => {
    const token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
    const path = `/locations/${shop.location}/enrolment-codes`;
    const body = JSON.stringify({ seller: 'LKO1', paper: 'yes' });
    await expectProblem(await ask(book, path, { method: 'POST', body, token }), 400, 'INVALID_REQUEST', 'paper');
  });
});

const [item = ''] = kurtas(1);

const one = sold({ item, quantity: 1 });

const DAY = 24 * 3_600;

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const enrolPaper = async () => {
  const path = { location: shop.location };
  const { code } = expectOk(await book.admin.issueEnrolmentCode({ path, body: { seller: 'LKO1', paper: true } }));
  const installation = `bill-book-${shop.location}`;
  const enrolled = expectOk(await book.admin.enrolTerminal({ path, body: { code, installation } }));
  expect(enrolled).toMatchObject({ location: shop.location, seller: 'LKO1', paper: true });
  return enrolled.terminal;
};

/** On paper, only the day is written. */
const onDay = (written: Written, day = new Date(Date.parse(written.claim.occurredAt)).toISOString().slice(0, 10)) => ({
  number: written.number,
  claim: { ...written.claim, occurredAt: day },
});

/** `skew`: milliseconds that the phone which types the bills is behind. */
const bring = async (vouchers: readonly object[], skew = 0) =>
  expectOk(
    await shop.client.syncVouchers({
      path: { location: shop.location },
      body: { vouchers: vouchers.map((one) => ({ clock: { skew, within: 50 }, ...one })) },
    }),
  ).outcomes;

const brought = async (...vouchers: readonly object[]) => (await bring(vouchers)).map(outcomeText);

const stored = async ({ number }: { number: string }) =>
  expectOk(await shop.client.getVoucher({ path: { location: shop.location, number } }));
