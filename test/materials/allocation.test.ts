/** @module-tag property */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { Day } from '../../shared/kernel/time.ts';
import {
  AllocationRun,
  type Allotment,
  allocate,
  allocatedMaterialsOf,
  isReproducible,
  MaterialDemand,
  splitIntoParts,
} from '../../shared/materials/allocation.ts';
import { ration } from '../../shared/materials/rationing.ts';
import { sizeOf } from '../kit/capacity.ts';
import { runs } from '../kit/runs.ts';

describe('Any requests and any stock', () => {
  it('Nobody gets more than requested, entitled or in stock, and nothing is wasted.', () => {
    fc.assert(
      fc.property(anything, ({ asks, accounts, stock }) => {
        const free = freeOf(stock);
        const allotted = allocate(wantedOf(asks, accounts), free, day);
        expect(allotted).toHaveLength(asks.flatMap(({ lines }) => lines).length);
        for (const { share, asked } of allotted)
          expect(Number.isSafeInteger(share) && share >= 0 && share <= asked).toBe(true);
        for (const [item, same] of Map.groupBy(allotted, (one) => one.item)) {
          const claims = [...Map.groupBy(same, ({ producer }) => producer).values()].map((mine) => {
            const left = Math.max(0, mine[0]?.left ?? 0);
            const [got, wish] = [sumOf(mine.map(({ share }) => share)), sumOf(mine.map((one) => one.asked))];
            expect(got).toBeLessThanOrEqual(left);
            return { got, most: Math.min(wish, left) };
          });
          const wanted = sumOf(claims.map(({ most }) => most));
          expect(sumOf(claims.map(({ got }) => got))).toBe(Math.min(Math.max(0, free.get(item) ?? 0), wanted));
        }
      }),
      thousand,
    );
  });

  it("A producer's total is one claim's ration, weighed by entitlement, oldest request first.", () => {
    fc.assert(
      fc.property(anything, ({ asks, accounts, stock }) => {
        const free = freeOf(stock);
        const allotted = allocate(wantedOf(asks, accounts), free, day);
        for (const [item, same] of Map.groupBy(allotted, (one) => one.item)) {
          const mine = Map.groupBy(same, ({ producer }) => producer);
          const claims = [...mine].map(([id, all]) => ({
            id,
            order: all[0]?.turn ?? '',
            weight: Math.max(1, all[0]?.entitled ?? 0),
            requested: Math.min(sumOf(all.map(({ asked }) => asked)), Math.max(0, all[0]?.left ?? 0)),
          }));
          const rationed = ration(free.get(item) ?? 0, claims);
          for (const [producer, all] of mine) {
            expect(sumOf(all.map(({ share }) => share))).toBe(rationed.get(producer));
            const short = all.findIndex(({ share, asked }) => share < asked);
            if (short >= 0) expect(all.slice(short + 1).every(({ share }) => share === 0)).toBe(true);
          }
        }
      }),
      thousand,
    );
  });

  it('Splitting a request gains nothing and loses nothing.', () => {
    fc.assert(
      fc.property(anything, fc.nat(), fc.nat(), ({ asks, accounts, stock }, which, cut) => {
        const at = which % asks.length;
        const whole = asks[at];
        if (!whole) return;
        const part = (amount: number) => 1 + (cut % Math.max(1, amount - 1));
        const first = whole.lines.map(({ item, asked }) => ({ item, asked: part(asked) }));
        const rest = whole.lines.flatMap(({ item, asked }) =>
          asked > part(asked) ? [{ item, asked: asked - part(asked) }] : [],
        );
        const split = asks.with(at, { ...whole, lines: first });
        if (rest.length > 0) split.splice(cut % (split.length + 1), 0, { ...whole, lines: rest });
        const [once, twice] = [asks, split].map((all) => totals(allocate(wantedOf(all, accounts), freeOf(stock), day)));
        expect(twice).toEqual(once);
      }),
      thousand,
    );
  });

  it("The order of requests changes nobody's total.", () => {
    const shuffled = asks.chain((all) =>
      fc.record({ all: fc.constant(all), other: fc.shuffledSubarray(all, { minLength: all.length }) }),
    );
    fc.assert(
      fc.property(shuffled, accounts, stock, ({ all, other }, has, free) => {
        const [one, two] = [all, other].map((wishes) => totals(allocate(wantedOf(wishes, has), freeOf(free), day)));
        expect(two).toEqual(one);
      }),
      thousand,
    );
  });

  it('The record agrees with what was free, wanted and taken, unless a share is changed.', () => {
    fc.assert(
      fc.property(anything, fc.nat(), fc.integer({ min: 1, max: 9 }), ({ asks, accounts, stock }, which, by) => {
        const free = freeOf(stock);
        const record = allocate(wantedOf(asks, accounts), free, day);
        const materials = allocatedMaterialsOf(record, free, day);
        const started = { depot: 'PBE-D1', day, state: 'running', startedAt: '2026-11-22T00:30:00Z' };
        const run = AllocationRun.parse({ ...started, requests: asks.length, materials });
        for (const { item, taken, wanted, free, producers } of materials) {
          const same = record.filter((one) => one.item === item);
          expect(taken).toBe(sumOf(same.map(({ share }) => share)));
          expect(taken).toBe(Math.min(Math.max(0, free), wanted));
          const mayDraw = same.filter(({ left }) => left > 0);
          expect(producers).toBe(new Set(mayDraw.map(({ producer }) => producer)).size);
        }
        expect(isReproducible(run, record)).toBe(true);
        expect(
          isReproducible(
            run,
            record.map((line) => ({ ...line, given: 0 })),
          ),
        ).toBe(true);
        const [at, line] = [which % record.length, record[which % record.length]];
        if (line) expect(isReproducible(run, record.with(at, { ...line, share: line.share + by }))).toBe(false);
      }),
      thousand,
    );
  });
});

it('The entitlement is the weight, whatever was asked: the worked example.', () => {
  const has = [200, 100, 100, 200].map((entitled) => [{ entitled, left: 1_000 }]);
  const shares = (...amounts: number[]) =>
    allocate(
      wantedOf(
        amounts.map((one, producer) => ({ producer, lines: [{ item: 0, asked: one }] })),
        has,
      ),
      freeOf([90, 0]),
      day,
    ).map(({ share }) => share);
  expect(shares(40, 10, 25, 60)).toEqual([32, 10, 16, 32]);
  expect(shares(40, 10, 25, 200)).toEqual([32, 10, 16, 32]);
  expect(shares(1_000, 1_000, 1_000, 1_000)).toEqual([30, 15, 15, 30]);
});

it('With equal entitlements, the last units go to the smallest turns, which the record has.', () => {
  const has = Array.from({ length: 6 }, () => [{ entitled: 7, left: 100 }]);
  const wanted = wantedOf(
    has.map((_, producer) => ({ producer, lines: [{ item: 0, asked: 50 }] })),
    has,
  );
  for (let free = 0; free <= 40; free++) {
    const record = allocate(wanted, freeOf([free, 0]), day);
    const byTurn = record.toSorted((a, b) => (a.turn < b.turn ? -1 : 1));
    const [each, more] = [Math.floor(free / 6), free % 6];
    expect(byTurn.map(({ share }) => share)).toEqual(byTurn.map((_, at) => each + (at < more ? 1 : 0)));
    expect(new Set(record.map(({ turn }) => turn)).size).toBe(6);
  }
});

it('The number of sharers counts a producer once, and nobody without entitlement left.', () => {
  const line = (amount: number) => [{ item: 0, asked: amount }];
  const asking = [
    { producer: 0, lines: line(5) },
    { producer: 1, lines: line(5) },
    { producer: 0, lines: line(7) },
    { producer: 2, lines: line(5) },
    { producer: 3, lines: line(5) },
  ];
  const left = (n: number) => [{ entitled: 9, left: n }];
  const record = allocate(wantedOf(asking, [left(9), left(1), left(0), left(-3)]), freeOf([6, 0]), day);
  expect(allocatedMaterialsOf(record, freeOf([6, 0]), day)).toMatchObject([{ producers: 2, wanted: 10, taken: 6 }]);
});

it('Without stock nobody gets anything; without entitlement a producer gets nothing.', () => {
  const asking = [0, 1].map((producer) => ({ producer, lines: [{ item: 0, asked: 5 }] }));
  const has = [[{ entitled: 9, left: 9 }], [{ entitled: 0, left: 0 }]];
  expect(allocate(wantedOf(asking, has), new Map(), day).map(({ share }) => share)).toEqual([0, 0]);
  expect(allocate(wantedOf(asking, has), freeOf([9, 0]), day).map(({ share }) => share)).toEqual([5, 0]);
});

it('Over a year the daily last unit goes to no neighbour more than twice the fair share.', () => {
  const has = Array.from({ length: 10 }, () => [{ entitled: 5, left: 100 }]);
  const wanted = wantedOf(
    has.map((_, producer) => ({ producer, lines: [{ item: 0, asked: 9 }] })),
    has,
  );
  const lucky = Array.from({ length: 365 }, (_, n) => {
    const today = Day.parse(new Date(Date.UTC(2026, 3, 1 + n)).toISOString().slice(0, 10));
    return allocate(wanted, freeOf([1, 0]), today).find(({ share }) => share === 1)?.producer ?? '';
  });
  const times = [...Map.groupBy(lucky, (producer) => producer).values()].map((days) => days.length);
  expect(times).toHaveLength(10);
  expect(Math.max(...times)).toBeLessThan(73);
  expect(lucky.filter((producer, n) => producer === lucky[n - 1]).length).toBeLessThan(73);
});

describe('A record in parts', () => {
  it('It keeps its order, each request in one part, each part below 440 lines.', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 120, size: 'max' });
    fc.assert(
      fc.property(sizes, (each) => {
        const record = each.flatMap((size, at) =>
          Array.from({ length: size }, (_, n) => ({ request: `Q${at}`, item: `M${n}` })),
        ) as unknown as Allotment[];
        const parts = splitIntoParts(record);
        expect(parts.flat()).toEqual(record);
        for (const part of parts) expect(part.length > 0 && part.length < 440).toBe(true);
        for (const part of parts.slice(0, -1)) expect(part.length).toBeGreaterThanOrEqual(400);
        const places = parts.flatMap((part) => [...new Set(part.map(({ request }) => request))]);
        expect(new Set(places).size).toBe(places.length);
      }),
      { numRuns: runs(200) },
    );
  });

  it('The longest names and numbers fit a DynamoDB item with room to spare.', () => {
    const line = {
      request: '7KQ2MQ2611220001',
      version: 99_999,
      producer: 'P999999',
      season: '2026-27',
      item: 'A'.repeat(20),
      asked: 1e8,
      entitled: 1e12,
      left: -1e12,
      share: 1e8,
      turn: '4294967295',
      given: 1e8,
    };
    const part = Array.from({ length: 439 }, () => line);
    expect(sizeOf({ request: 'run#ABCDE-D1#2026-11-22', lines: part })).toBeLessThan(200 * 1024);
  });
});

const day = Day.parse('2026-11-22');

const ITEMS = ['PBT-BAMBOO', 'PBT-CANE'] as const;

type Account = { readonly entitled: number; readonly left: number };

type Line = { readonly item: number; readonly asked: number };

type Asking = { readonly producer: number; readonly lines: readonly Line[] };

const producerOf = (n: number) => `P${String(n + 1).padStart(4, '0')}`;

/** Requests in the order of asking, with the one account that a producer has of each item. */
const wantedOf = (asks: readonly Asking[], accounts: readonly (readonly Account[])[]): MaterialDemand[] =>
  asks.flatMap(({ producer, lines }, at) =>
    lines.map(({ item, asked }) =>
      MaterialDemand.parse({
        request: `7KQ2MQ261122${String(at + 1).padStart(4, '0')}`,
        version: 1,
        producer: producerOf(producer),
        season: '2026-27',
        item: ITEMS[item],
        asked,
        ...accounts[producer]?.[item],
      }),
    ),
  );

const amounts = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 500 }));

/** Some have nothing left; some have drawn more than they may. */
const accounts = fc.array(
  fc.tuple(
    ...ITEMS.map(() =>
      fc.record({ entitled: fc.nat(60), left: fc.oneof(fc.nat(60), fc.constant(1_000), fc.constant(-3)) }),
    ),
  ),
  { minLength: 6, maxLength: 6 },
);

const lines = fc.uniqueArray(fc.record({ item: fc.nat(1), asked: amounts }), {
  minLength: 1,
  maxLength: 2,
  selector: ({ item }) => item,
});

const asks = fc.array(fc.record({ producer: fc.nat(5), lines }), { minLength: 1, maxLength: 12 });

const stock = fc.tuple(...ITEMS.map(() => fc.oneof(fc.integer({ min: -5, max: 12 }), fc.nat(600))));

const freeOf = (stock: readonly number[]) =>
  new Map(stock.map((free, at) => [MaterialDemand.shape.item.parse(ITEMS[at]), free]));

const anything = fc.record({ asks, accounts, stock });

const thousand = { numRuns: runs(1_000) };

const totals = (allotted: readonly Allotment[]): Map<string, number> =>
  new Map(
    [...Map.groupBy(allotted, ({ producer, item }) => `${producer} ${item}`)]
      .map(([id, same]) => [id, sumOf(same.map(({ share }) => share))] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
