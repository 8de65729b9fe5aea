import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { expectBookMatchesStock, outcomeText } from '../kit/book-check.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { closeAt, closeContents, latestCloseByDay } from '../kit/day-closes.ts';
import type { Phone } from '../kit/phone.ts';
import { dayBook, shelf } from '../kit/read-all.ts';
import { runs } from '../kit/runs.ts';
import { adjusted, closed, counted, openShop, received, type Shop, sold } from '../kit/shop.ts';

const [item = '', second = ''] = kurtas(2);
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const book = useBook();

const setTo = (at: number) => book.clock.set(new Date(at).toISOString());

describe('Sale 3 s before a count, by a phone with a right clock', () => {
  it.each([
    ['6 seconds', 6 * SECOND],
    ['an hour', HOUR],
    ['11 hours', 11 * HOUR],
  ])('It stands before the count, though it arrives %s later.', async (_says, delay) => {
    setTo(START);
    const shop = await openShop(book);
    const [phone] = shop.phones as [Phone];
    expectOk(await phone.live(phone.write(received({ item, quantity: 11 }), START - 60 * SECOND)));
    const sale = { ...phone.write(sold({ item, quantity: 1 })), clock: { skew: 0, within: 210 } };
    setTo(START + 3 * SECOND);
    expectOk(await phone.live(phone.write(counted({ item, quantity: 9 }))));
    setTo(START + delay);
    expect(expectOk(await phone.sync([sale])).outcomes).toMatchObject([
      { outcome: 'recorded', voucher: { admission: { way: 'captured', within: 210 }, absorbed: [item] } },
    ]);
    expect(await shop.onHand()).toEqual({ [item]: 9 });
    expect(expectOk(await phone.sync([sale])).outcomes.map(outcomeText)).toEqual(['repeated']);
    await expectBookMatchesStock(shop.client, shop.location);
  });

  it('It stays where the first measurement put it.', async () => {
    setTo(START);
    const shop = await openShop(book);
    const [phone] = shop.phones as [Phone];
    const sale = phone.write(sold({ item, quantity: 1 }));
    setTo(START + HOUR);
    const by = (skew: number) => phone.sync([{ ...sale, clock: { skew, within: 40 } }]);
    expect(expectOk(await by(2_000)).outcomes.map(outcomeText)).toEqual(['recorded']);
    expect(expectOk(await by(900_000)).outcomes.map(outcomeText)).toEqual(['repeated']);
    const [stored] = await expectBookMatchesStock(shop.client, shop.location);
    expect(stored?.admission).toEqual({ way: 'captured', skew: 2_000, within: 40 });
  });

  it('It may be sent as it was refused live, with its clock inside the claim.', async () => {
    setTo(START);
    const shop = await openShop(book);
    const [phone] = shop.phones as [Phone];
    const { number, claim } = phone.write(sold({ item, quantity: 1 }));
    const body = { ...claim, clock: { skew: 1_500, within: 40 } };
    setTo(START + HOUR);
    expect(expectOk(await phone.sync([{ number, claim: body }])).outcomes).toMatchObject([
      { outcome: 'recorded', voucher: { admission: { way: 'captured', skew: 1_500, within: 40 } } },
    ]);
  });
});

/** Vouchers of a stall with three phones, some seconds apart. */
const happening = fc.record({
  phone: fc.nat(2),
  pause: fc.integer({ min: 1, max: 40 }),
  what: fc.oneof(
    { weight: 6, arbitrary: fc.record({ sells: fc.integer({ min: 1, max: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ counts: fc.nat(12) }) },
    { weight: 1, arbitrary: fc.record({ finds: fc.integer({ min: 1, max: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ closes: fc.nat(90_000) }) },
  ),
});

type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;

const said = ({ what }: Happening) => {
  if ('sells' in what) return sold({ item, quantity: what.sells }, { item: second, quantity: 1 });
  if ('counts' in what) return counted({ item, quantity: what.counts });
  if ('finds' in what) return adjusted('found', { item, quantity: what.finds });
  return closed(0, { cash: what.closes });
};

/** A stall whose phones wrote these vouchers, each with its true time. */
const lived = async (happenings: readonly Happening[]) => {
  setTo(START);
  const shop = await openShop(book, [0, 47 * SECOND, -3 * 60 * SECOND]);
  let at = START;
  const written = happenings.map((one) => {
    at += one.pause * SECOND;
    const phone = shop.phones[one.phone] as Phone;
    return { at, phone, voucher: phone.write(said(one), at) };
  });
  return { shop, written };
};

/** Stock, till and order as anyone can read them, by the names of the phones of that stall. */
const stateOf = async ({ location, phones }: Shop) => {
  setTo(START + 30 * HOUR);
  // The token of the day before has expired.
  const client = await book.as('outlet', `location:${location}`);
  await closeAt(location);
  const day = await dayBook(client, location, '2026-11-22');
  const inOrder = day
    .map(({ number, claim, admission }) => ({ number, at: Date.parse(claim.occurredAt) + (admission.skew ?? 0) }))
    .toSorted((one, other) => one.at - other.at || (one.number < other.number ? -1 : 1));
  const closes = [...(await latestCloseByDay(location)).values()].map((close) => {
    const { terminals, tills, shifts, ...rest } = closeContents(close);
    // Terminals draw their codes at random, and stand in the order of those.
    const byPhone = phones.map(({ terminal }) => ({
      proof: terminals.filter((one) => one.terminal === terminal),
      tills: tills?.filter((one) => one.terminal === terminal),
      shifts: shifts.filter((one) => one.number.startsWith(terminal)),
    }));
    return { ...rest, byPhone };
  });
  const stock = [...(await shelf(client, location))].map(([of, { onHand, free }]) => ({ of, onHand, free }));
  await expectBookMatchesStock(client, location);
  const text = JSON.stringify({ inOrder, closes, stock });
  return phones
    .reduce((all, { terminal }, at) => all.replaceAll(terminal, `phone ${at}`), text)
    .replaceAll(location, '');
};

it('However late, repeated or reordered, stock, till and order are the same.', { tags: 'property' }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 2, maxLength: 12 }),
      fc.array(fc.record({ which: fc.nat(11), delay: fc.nat(9 * 3_600) }), { maxLength: 16 }),
      fc.array(fc.nat(9 * 3_600), { minLength: 12, maxLength: 12 }),
      async (happenings, resends, delays) => {
        const prompt = await lived(happenings);
        for (const { at, phone, voucher } of prompt.written) {
          setTo(at);
          expectOk(await phone.sync([voucher]));
        }
        const late = await lived(happenings);
        const attempts = [
          ...late.written.map((one, at) => ({ ...one, delay: delays[at] ?? 0 })),
          ...resends.flatMap(({ which, delay }) => {
            const one = late.written[which];
            return one ? [{ ...one, delay }] : [];
          }),
        ];
        for (const { at, phone, voucher, delay } of attempts.toSorted(
          (one, other) => one.at + one.delay * SECOND - other.at - other.delay * SECOND,
        )) {
          setTo(at + delay * SECOND);
          expect(expectOk(await phone.sync([voucher])).outcomes.map(outcomeText)[0]).toMatch(/^(recorded|repeated)$/);
        }
        expect(await stateOf(late.shop)).toBe(await stateOf(prompt.shop));
      },
    ),
    { numRuns: runs(12), seed: 13 },
  );
});
