import { type Book, expectOk, numberAt } from './book.ts';
import { chainOf } from './chain.ts';
import { daysAgo } from './clock.ts';
import { closeAt } from './day-closes.ts';
import { workOff } from './jobs.ts';
import { openPhone, type VoucherFields } from './phone.ts';
import { counted, received, sold } from './shop.ts';

/** `K(1)`: the first kurta of Lucknow. */
export const K = (serial: number): string => `LKO-KURTA-0${serial}`;

/**
 * A phone that was enrolled twelve days ago and numbers without gaps, unless it `skips` a number.
 */
const phoneAt = async (book: Book, location: string, seller: string) => {
  const phone = await openPhone(book, location, seller, { enrolledAgo: 12 });
  const write = chainOf(phone);
  const live = async (
    fields: VoucherFields,
    { skips = false, ...more }: { skips?: boolean; goodsInHand?: true } = {},
  ) => {
    const written = write(fields, Date.parse(book.clock.now()), skips);
    expectOk(await phone.live(written, more));
    return written.number;
  };
  return { terminal: phone.terminal, live };
};

/**
 * Live vouchers of three stalls on 12 and 18 to 21 November, closed and summed on the 22nd.
 * reports.test.ts states the figures. `beforeSums`: after the first closes.
 */
export const recordDaysOfTrade = async (book: Book, beforeSums?: () => Promise<void>) => {
  const [first, second, flutes] = [
    await phoneAt(book, 'LKO-01', 'LKO1'),
    await phoneAt(book, 'LKO-02', 'LKO1'),
    await phoneAt(book, 'PBE-01', 'PBT1'),
  ];
  const on = <T>(day: number, act: () => Promise<T>) => daysAgo(book.clock, 22 - day, act);
  const costing = (item: string, quantity: number, unitCost: number) => ({ item, quantity, unitCost });

  const dispatch = await on(12, async () => {
    await first.live(received(costing(K(3), 4, 5_000)));
    return first.live({ kind: 'D', to: 'LKO-02', lines: [costing(K(3), 3, 5_000)] });
  });
  await on(18, async () => {
    await first.live(received(costing(K(1), 5, 6_000), costing(K(2), 3, 4_000), costing(K(4), 1, 1_000)));
    await first.live(sold({ item: K(1), quantity: 2 }));
    await second.live(received({ item: K(1), quantity: 1 }));
    await second.live(sold({ item: K(1), quantity: 2 }), { goodsInHand: true, skips: true });
  });
  await on(19, async () => {
    const of = await first.live(sold({ item: K(1), quantity: 1 }, { item: K(4), quantity: 1 }));
    const refund = [{ tender: 'cash', amount: 10_000 }];
    const lines = [{ line: 1, item: K(1), quantity: 1 }];
    await first.live({ kind: 'V', of, reason: 'return', goods: 'to shelf', refund, lines });
    await flutes.live(received({ item: 'PBT-FLUTE-C', quantity: 2 }));
    const last = await flutes.live(sold({ item: 'PBT-FLUTE-C', quantity: 2 }));
    book.clock.forward(60);
    await flutes.live({ kind: 'K', float: 0, counted: [{ tender: 'cash', amount: 20_000 }], last: [last] });
  });
  await on(20, async () => {
    await first.live(counted({ item: K(1), quantity: 2 }));
    await first.live({ kind: 'A', reason: 'damaged', lines: [{ item: K(2), quantity: 1 }] });
    await first.live(received(costing(K(4), 1, 1_000)));
  });
  await on(21, () => first.live(sold({ item: K(1), quantity: 1 })));

  const closeAll = async () => {
    for (const location of ['LKO-01', 'LKO-02', 'PBE-01', 'PBE-D1']) await closeAt(location);
  };
  const closeAndSum = async () => {
    await closeAll();
    for (const area of ['LKO', 'PBT', 'state']) await workOff('sum-days', area);
  };
  if (beforeSums) await closeAll().then(beforeSums);
  await closeAndSum();
  return {
    dispatch,
    silent: second.terminal,
    closeAndSum,
    /** A sale of two days ago: on the 22nd, before the count of that day. */
    bringLate: async (serial = 1) => {
      const client = await book.as('outlet', 'location:LKO-01');
      const sale = await on(20, async () => {
        book.clock.forward(-3_600);
        const claim = {
          occurredAt: book.clock.now(),
          by: 'S001',
          previous: null,
          ...sold({ item: K(1), quantity: 1 }),
        };
        return { number: numberAt(book.clock, first.terminal, 'S', serial), claim };
      });
      const body = { vouchers: [sale] };
      const { outcomes } = expectOk(await client.syncVouchers({ path: { location: 'LKO-01' }, body }));
      if (outcomes[0]?.outcome !== 'recorded') throw new Error(JSON.stringify(outcomes));
    },
  };
};
