import fc from 'fast-check';
import { expect, inject, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import type { ChainHead, NextEdition } from '../../shared/day-close/close-chain.ts';
import { Hash } from '../../shared/day-close/day-close.ts';
import type { NewSellerDay } from '../../shared/day-close/seller-day.ts';
import { DistrictId, SellerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { addDays, Day, Instant } from '../../shared/kernel/time.ts';
import { CONFLICT } from '../../shared/platform/retry.ts';
import { useBook } from '../kit/book.ts';
import { watchedClient } from '../kit/interceptor.ts';

const { client, watch } = watchedClient(inject('endpoint'));
useBook({ client });

const sizes = fc.record({ sellers: fc.nat(130), marks: fc.nat(130), hasMakers: fc.boolean(), affects: fc.boolean() });

it('A close of any size stays within 100 actions a transaction, and all its rows and marks are stored.', async () => {
  const { closes, makerDays } = allStores();
  await fc.assert(
    fc.asyncProperty(sizes, async ({ sellers, marks, hasMakers, affects }) => {
      const location = nextLocation();
      const reopenedDays = Array.from({ length: marks }, (_, at) => addDays(DAY, -1 - at));
      const next = { ...editionOf(location, sellers, 1), affectsNextDay: affects, reopenedDays, costReaders: [] };
      const makerDay = hasMakers ? { location, day: DAY, makersOf: new Map(), shares: [] } : undefined;
      const transactions: number[] = [];
      watch({ before: ({ actions }) => void transactions.push(actions) });
      const close = await closes.append(STATE, { ...next, makerDay });
      watch({});
      expect(Math.max(...transactions)).toBeLessThanOrEqual(100);
      expect(await closes.latest(location, DAY)).toEqual(close);
      expect(await rowsAt(location, sellers)).toHaveLength(sellers);
      expect(await closes.reopened(location)).toHaveLength(marks);
      expect((await makerDays.at(location, DAY)) !== undefined).toBe(hasMakers);
    }),
    { numRuns: 12, examples: [[{ sellers: 0, marks: 130, hasMakers: true, affects: true }], [FULL]] },
  );
});

/** The other close begins before this write; the first one dies so many writes later. */
const INTERLEAVINGS = [1, 2, 3, 4].flatMap((begins) => [2, 3, 4, 5].map((dies) => ({ begins, dies })));

it.each(INTERLEAVINGS)(
  'Two concurrent closes of a day never mix their rows: the other begins before write $begins, one dies $dies later.',
  async ({ begins, dies }) => {
    const { closes } = allStores();
    const location = nextLocation();
    let [writes, hasBegun] = [0, false];
    const other = () => closes.append(STATE, editionOf(location, 95, 2)).catch(() => CONFLICT);
    let otherResult: unknown = CONFLICT;
    watch({
      before: async () => {
        writes++;
        if (hasBegun && writes === begins + dies) throw new Error('the process dies');
        if (hasBegun || writes !== begins) return;
        hasBegun = true;
        otherResult = await other();
        writes = Number.NEGATIVE_INFINITY;
      },
    });
    const result = await closes.append(STATE, editionOf(location, 95, 1));
    watch({});
    const winners = [result, otherResult].flatMap((one, at) => (one === CONFLICT ? [] : [at + 1]));
    expect(winners.length).toBeLessThanOrEqual(1);
    if (winners.length === 0) await closes.append(STATE, editionOf(location, 95, 3));
    const rows = await rowsAt(location, 95);
    expect(rows.map(({ sales }) => sales)).toEqual(Array(95).fill(winners[0] ?? 3));
  },
);

it('A draft that no close follows gives way to the next close.', async () => {
  const { closes } = allStores();
  const location = nextLocation();
  let writes = 0;
  watch({
    before: () => {
      if (++writes === 3) throw new Error('the process dies');
    },
  });
  await expect(closes.append(STATE, editionOf(location, 95, 1))).rejects.toThrow('dies');
  watch({});
  expect(await closes.append(STATE, editionOf(location, 95, 2))).not.toBe(CONFLICT);
  expect(new Set((await rowsAt(location, 95)).map(({ sales }) => sales))).toEqual(new Set([2]));
});

const DAY = Day.parse('2026-11-20');
const STATE = { head: undefined as ChainHead | undefined, mark: undefined, latest: undefined };
const FULL = { sellers: 130, marks: 130, hasMakers: true, affects: true };

let locations = 10;
const nextLocation = (): StockLocationId => StockLocationId.parse(`LKO-${locations++}`);
const sellerAt = (location: StockLocationId, at: number) => SellerId.parse(`${location}-${at}`);

/** `sales`: of each seller; tells the rows of two closes apart. */
const editionOf = (location: StockLocationId, sellers: number, sales: number): NextEdition => ({
  closing: {
    location,
    district: DistrictId.parse('LKO'),
    day: DAY,
    vouchers: sales,
    inHand: 0,
    tenders: [],
    sellers: [],
    items: [],
    terminals: [],
    shifts: [],
    books: Hash.parse(String(sales).repeat(64)),
  },
  closedAt: Instant.parse('2026-11-21T00:30:00.000Z'),
  affectsNextDay: false,
  namedNumbers: [],
  reopenedDays: [],
  mistakenSales: [],
  costReaders: undefined,
  elsewhere: [],
  sellerDays: Array.from(
    { length: sellers },
    (_, at): NewSellerDay => ({
      seller: sellerAt(location, at),
      location,
      day: DAY,
      sales,
      amount: 0,
      refunds: 0,
      refunded: 0,
      supplies: [],
      series: [],
      incomplete: [],
      missing: { numbers: [], many: 1 },
    }),
  ),
  makerDay: undefined,
});

const rowsAt = async (location: StockLocationId, sellers: number) => {
  const { sellerDays } = allStores();
  const reads = Array.from({ length: sellers }, (_, at) => sellerDays.onDays(sellerAt(location, at), [DAY], true));
  return (await Promise.all(reads)).flat();
};
