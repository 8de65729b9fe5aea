import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { allClosesAt, closeAt, latestCloseByDay } from '../kit/day-closes.ts';
import type { Written } from '../kit/phone.ts';
import { runs } from '../kit/runs.ts';
import { dispatched, openShop, received, receivedFrom, type Shop, sold, tookBack } from '../kit/shop.ts';
import { phoneOf } from '../kit/shop-phone.ts';

const ITEM = 'LKO-KURTA-01';
const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];
/** Half an hour after midnight in India. */
const NOW = START - 10 * HOUR;

const book = useBook();

const cost = fc.integer({ min: 1_000, max: 9_999 });
const quantity = fc.integer({ min: 1, max: 9 });

it('Costs do not depend on the order of vouchers or the times of closes.', { tags: 'property' }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 9 }), async (all) => {
      book.clock.set(new Date(START).toISOString());
      const [one, other] = [
        [await openShop(book), await openShop(book)] as const,
        [await openShop(book), await openShop(book)] as const,
      ];
      book.clock.set(new Date(NOW).toISOString());
      await tell(
        one,
        writtenBy(one, all).toSorted(
          (a, b) => (a.written.claim.kind === 'V' ? 1 : 0) - (b.written.claim.kind === 'V' ? 1 : 0),
        ),
      );
      await settle(one);
      const vouchers = writtenBy(other, all);
      for (let wave = 0; wave <= 3; wave++) {
        await tell(
          other,
          vouchers.filter((voucher) => voucher.wave === wave).toSorted((a, b) => a.wave - b.wave),
        );
        if (wave % 2 === 0) await closeAt(other[wave === 0 ? 0 : 1].location);
        if (wave === 1) await settle(other);
      }
      await settle(other);
      expect(await costsOf(other)).toEqual(await costsOf(one));
    }),
    { numRuns: runs(6), endOnFailure: true },
  );
});

/** When it happened, by hours from four days ago; and when each of its vouchers is told. */
const when = {
  at: fc.integer({ min: 0, max: 90 }),
  shop: fc.nat(1),
  waves: fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }),
};

const happening = fc.oneof(
  fc.record({ ...when, did: fc.constant('bought' as const), quantity, cost, reversed: fc.boolean() }),
  fc.record({ ...when, did: fc.constant('bought' as const), quantity, cost, reversed: fc.boolean() }),
  /**
   * A third arrives in each of two deliveries, by a clock that may be behind. A third goes back.
   */
  fc.record({
    ...when,
    did: fc.constant('sent' as const),
    third: fc.integer({ min: 1, max: 3 }),
    late: fc.integer({ min: -3, max: 30 }),
  }),
  fc.record({ ...when, did: fc.constant('sold' as const), quantity, late: fc.integer({ min: -2, max: 40 }) }),
);

type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;

type SentVoucher = { readonly shop: number; readonly at: number; readonly wave: number; readonly written: Written };

const writtenBy = (shops: readonly [Shop, Shop], all: readonly Happening[]): SentVoucher[] => {
  const vouchers: SentVoucher[] = [];
  for (const [nth, one] of all.entries()) {
    const write = (shop: number, hours: number, wave: number, says: { kind: string }) => {
      const at = Math.min(
        NOW - HOUR,
        NOW - 4 * DAY + HOUR + (one.at + hours) * HOUR + nth * 60_000 + vouchers.length * 1_000,
      );
      const written = phoneOf(shops[shop as 0 | 1]).write(says, at);
      vouchers.push({ shop, at, wave: one.waves[wave] ?? 0, written });
      return written;
    };
    const [here, there] = [one.shop, 1 - one.shop];
    const of = (quantity: number) => ({ item: ITEM, quantity });
    if (one.did === 'bought') {
      const { number } = write(here, 0, 0, received({ ...of(one.quantity), unitCost: one.cost }));
      if (one.reversed) {
        write(here, 20, 1, tookBack(number, { line: 1, ...of(one.quantity) }));
        vouchers.push({ ...(vouchers.pop() as SentVoucher), wave: Math.max(one.waves[0] ?? 0, one.waves[1] ?? 0) });
      }
    } else if (one.did === 'sent') {
      const { number } = write(here, 0, 0, dispatched(shops[there as 0 | 1].location, of(3 * one.third)));
      write(there, one.late, 1, receivedFrom(number, of(one.third)));
      write(there, one.late + 5, 2, receivedFrom(number, of(one.third)));
      write(here, one.late + 6, 3, tookBack(number, { line: 1, ...of(one.third) }));
      vouchers.push({ ...(vouchers.pop() as SentVoucher), wave: Math.max(one.waves[0] ?? 0, one.waves[3] ?? 0) });
    } else {
      const { number } = write(here, 0, 0, sold(of(one.quantity)));
      write(here, one.late, 1, tookBack(number, { line: 1, ...of(one.quantity) }));
    }
  }
  return vouchers;
};

const tell = async (shops: readonly Shop[], vouchers: readonly SentVoucher[]) => {
  for (const { shop, written } of vouchers) {
    const { outcomes } = expectOk(await phoneOf(shops[shop] as Shop).sync([written]));
    expect(outcomes, JSON.stringify(outcomes)).toMatchObject([{ outcome: 'recorded' }]);
  }
};

/** Until nothing is appended any more. It ends: no cost hangs on a later one. */
const settle = async (shops: readonly Shop[]) => {
  const appended = async () => (await Promise.all(shops.map(({ location }) => allClosesAt(location)))).flat().length;
  for (let [before, rounds] = [-1, 0]; before !== (await appended()); rounds++) {
    before = await appended();
    expect(rounds).toBeLessThan(20);
    for (const { location } of shops) await closeAt(location);
  }
};

const costsOf = async (shops: readonly Shop[]) => {
  const all = [];
  for (const { location } of shops)
    for (const { day, items } of [...(await latestCloseByDay(location)).values()].toSorted((a, b) =>
      a.day < b.day ? -1 : 1,
    ))
      for (const { onHand, average, averages = [], value } of items)
        all.push({ day, onHand, average, value, before: averages.map((one) => one.average) });
  return all;
};
