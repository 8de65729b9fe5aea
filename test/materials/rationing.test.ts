/** @module-tag property */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RationingDemand, ration } from '../../shared/materials/rationing.ts';
import { runs } from '../kit/runs.ts';

const most = 100_000_000;
/** Small ones meet in ties; large ones leave the doubles. */
const quantities = fc.oneof(
  fc.integer({ min: 0, max: 8 }),
  fc.integer({ min: 0, max: 500 }),
  fc.integer({ min: most - 50, max: most }),
);

const weights = fc.oneof(
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: most - 50, max: most }),
);

const claimsOf = (length: { minLength: number; maxLength: number }): fc.Arbitrary<RationingDemand[]> =>
  fc
    .array(fc.record({ requested: quantities, weight: weights, drawn: fc.nat(99) }), length)
    .map((claims) => claims.map(({ drawn, ...claim }, at) => ({ ...claim, id: `Q${at}`, order: `${drawn}/${at}` })));
const several = claimsOf({ minLength: 1, maxLength: 12 });

const thousands = { numRuns: runs(5_000) };

it.each`
  stock          | requests             | weighed           | shares                      | why
  ${90}          | ${[40, 10, 25, 60]}  | ${[2, 1, 1, 2]}   | ${[32, 10, 16, 32]}         | ${'the worked example'}
  ${90}          | ${[40, 10, 25, 200]} | ${[2, 1, 1, 2]}   | ${[32, 10, 16, 32]}         | ${'200 in place of 60 changes nothing'}
  ${135}         | ${[40, 10, 25, 60]}  | ${[2, 1, 1, 2]}   | ${[40, 10, 25, 60]}         | ${'all can be served'}
  ${134}         | ${[40, 10, 25, 60]}  | ${[2, 1, 1, 2]}   | ${[40, 10, 25, 59]}         | ${'all but one unit'}
  ${0}           | ${[40, 10]}          | ${[2, 1]}         | ${[0, 0]}                   | ${'there is none'}
  ${-7}          | ${[40, 10]}          | ${[2, 1]}         | ${[0, 0]}                   | ${'there is less than none'}
  ${5}           | ${[]}                | ${[]}             | ${[]}                       | ${'nobody asks'}
  ${5}           | ${[0, 9]}            | ${[5, 1]}         | ${[0, 5]}                   | ${'one asks for nothing'}
  ${2}           | ${[5, 5, 5]}         | ${[1, 1, 1]}      | ${[1, 1, 0]}                | ${'fewer units than claims: by order'}
  ${1}           | ${[5, 5, 5]}         | ${[1, 1, 2]}      | ${[0, 0, 1]}                | ${'the first unit goes where it weighs least'}
  ${100_000_000} | ${[1e8, 1e8]}        | ${[1e8, 1]}       | ${[100_000_000, 0]}         | ${'at 1e16, a tie is a tie: by order'}
  ${100_000_000} | ${[1e8, 1e8]}        | ${[1e8, 1e8 - 1]} | ${[50_000_000, 50_000_000]} | ${'and a difference is a difference'}
  ${199_999_996} | ${[1e8, 1e8]}        | ${[1e8, 1e8 - 1]} | ${[99_999_998, 99_999_998]} | ${'one in 1e16 decides, where doubles see a tie'}
`('$stock among $requests, weighed $weighed: $shares, because $why', ({ stock, requests, weighed, shares }) => {
  expect([...sorted(ration(stock, listed(requests, weighed)))].map(([, share]) => share)).toEqual(shares);
});

describe('Any claims and any quantity', () => {
  it('The result equals the plain definition.', () => {
    fc.assert(
      fc.property(stocked(several), ({ stock, claims }) => {
        expect(sorted(ration(stock, claims))).toEqual(sorted(plainly(stock, claims)));
      }),
      thousands,
    );
  });

  it('The result equals the plain definition for hundreds of claims.', () => {
    fc.assert(
      fc.property(stocked(claimsOf({ minLength: 150, maxLength: 300 })), ({ stock, claims }) => {
        expect(sorted(ration(stock, claims))).toEqual(sorted(plainly(stock, claims)));
      }),
      { numRuns: runs(40) },
    );
  });

  it('With equal weights it is handing out unit after unit to whoever has least and wants more.', () => {
    const small = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 8 }).map((all) => listed(all));
    fc.assert(
      fc.property(stocked(small), ({ stock, claims }) => {
        const shares = new Map(claims.map(({ id }) => [id, 0]));
        const has = (claim: RationingDemand) => shares.get(claim.id) ?? 0;
        for (let unit = 0; unit < stock; unit++) {
          const [next] = claims.filter((claim) => has(claim) < claim.requested).toSorted((a, b) => has(a) - has(b));
          if (next) shares.set(next.id, has(next) + 1);
        }
        expect(sorted(ration(stock, claims))).toEqual(sorted(shares));
      }),
      thousands,
    );
  });

  it('Everyone gets whole units, never more than asked, and nothing is wasted.', () => {
    fc.assert(
      fc.property(stocked(several), ({ stock, claims }) => {
        const shares = ration(stock, claims);
        for (const claim of claims) {
          const share = shares.get(claim.id) ?? Number.NaN;
          expect(Number.isSafeInteger(share) && share >= 0 && share <= claim.requested).toBe(true);
        }
        expect(shares.size).toBe(claims.length);
        expect([...shares.values()].reduce((all, one) => all + one, 0)).toBe(Math.min(stock, totalDemand(claims)));
      }),
      thousands,
    );
  });

  it('Nobody gets two units less, by weight, than another who had one to spare.', () => {
    fc.assert(
      fc.property(stocked(several), ({ stock, claims }) => {
        const shares = ration(stock, claims);
        const share = (claim: RationingDemand) => BigInt(shares.get(claim.id) ?? 0);
        // With one more unit, a producer who wants more has at least the units per weight that any
        // other has with one unit fewer.
        for (const poor of claims.filter((claim) => share(claim) < claim.requested))
          for (const rich of claims)
            expect((share(rich) - 1n) * BigInt(poor.weight) <= (share(poor) + 1n) * BigInt(rich.weight)).toBe(true);
      }),
      thousands,
    );
  });

  it('It does not depend on the order of the list.', () => {
    const twice = stocked(several).chain(({ stock, claims }) =>
      fc.record({
        stock: fc.constant(stock),
        claims: fc.constant(claims),
        other: fc.shuffledSubarray(claims, { minLength: claims.length }),
        sameOrder: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(twice, ({ stock, claims, other, sameOrder }) => {
        const said = (list: readonly RationingDemand[]) =>
          sameOrder ? list.map((one) => ({ ...one, order: '' })) : list;
        expect(sorted(ration(stock, said(other)))).toEqual(sorted(ration(stock, said(claims))));
      }),
      thousands,
    );
  });

  it('It does not change when all weights are multiplied.', () => {
    fc.assert(
      fc.property(stocked(several), fc.integer({ min: 2, max: 1_000 }), ({ stock, claims }, times) => {
        const heavier = claims.map((claim) => ({ ...claim, weight: claim.weight * times }));
        expect(sorted(ration(stock, heavier))).toEqual(sorted(ration(stock, claims)));
      }),
      thousands,
    );
  });

  it('It does not change its input.', () => {
    fc.assert(
      fc.property(stocked(several), ({ stock, claims }) => {
        const before = structuredClone(claims);
        ration(stock, claims);
        expect(claims).toEqual(before);
      }),
    );
  });
});

/** The gain of a false request: units within the true need that an honest request would not get. */
const gain = (stock: number, claims: readonly RationingDemand[], at: number, lie: number): number => {
  const [liar] = claims.slice(at, at + 1);
  if (!liar) return 0;
  const useful = (shares: ReadonlyMap<string, number>) => Math.min(shares.get(liar.id) ?? 0, liar.requested);
  return useful(ration(stock, claims.with(at, { ...liar, requested: lie }))) - useful(ration(stock, claims));
};

describe('A false quantity gains no unit', () => {
  /** All lists of so many numbers. */
  const lists = (length: number, from: number, to: number): number[][] =>
    length === 0
      ? [[]]
      : lists(length - 1, from, to).flatMap((list) =>
          Array.from({ length: to - from + 1 }, (_, n) => [...list, from + n]),
        );

  it.each`
    claims | needs | weighed | stock
    ${2}   | ${6}  | ${4}    | ${12}
    ${3}   | ${3}  | ${3}    | ${9}
    ${4}   | ${2}  | ${2}    | ${6}
  `(
    'of $claims claims up to $needs, weighed up to $weighed, for stocks up to $stock: every lie there is',
    { tags: 'long' },
    ({ claims, needs, weighed, stock: fullest }) => {
      const gained: unknown[] = [];
      for (const requests of lists(claims, 0, needs))
        for (const weighs of lists(claims, 1, weighed))
          for (let stock = 0; stock <= fullest; stock++) {
            const honest = listed(requests, weighs);
            for (const at of honest.keys())
              for (let lie = 0; lie <= needs + 2; lie++)
                if (gain(stock, honest, at, lie) > 0) gained.push({ stock, requests, weighs, at, lie });
          }
      expect(gained).toEqual([]);
    },
  );

  it('It gains nothing in many and large claims, near the truth or far from it.', () => {
    const lies = stocked(several).chain(({ stock, claims }) =>
      fc.record({
        stock: fc.constant(stock),
        claims: fc.constant(claims),
        at: fc.nat(claims.length - 1),
        lie: quantities,
        off: fc.integer({ min: -3, max: 3 }),
      }),
    );
    fc.assert(
      fc.property(lies, ({ stock, claims, at, lie, off }) => {
        const near = Math.max(0, (ration(stock, claims).get(`Q${at}`) ?? 0) + off);
        expect(gain(stock, claims, at, lie)).toBeLessThanOrEqual(0);
        expect(gain(stock, claims, at, near)).toBeLessThanOrEqual(0);
      }),
      thousands,
    );
  });

  it("Asking for more changes nobody's share when more would not have been given.", () => {
    fc.assert(
      fc.property(stocked(several), fc.nat(11), fc.integer({ min: 1, max: 1_000 }), ({ stock, claims }, n, more) => {
        const at = n % claims.length;
        const honest = ration(stock, claims);
        const [liar] = claims.slice(at, at + 1);
        fc.pre(liar !== undefined && (honest.get(liar.id) ?? 0) < liar.requested);
        const inflated = claims.map((claim) =>
          claim === liar ? { ...claim, requested: claim.requested + more } : claim,
        );
        expect(sorted(ration(stock, inflated))).toEqual(sorted(honest));
      }),
      thousands,
    );
  });
});

/** a/b in whole numbers of any size; b is above zero. */
type Ratio = readonly [over: bigint, under: bigint];

const atMost = (a: Ratio, b: Ratio): boolean => a[0] * b[1] <= b[0] * a[1];

/**
 * The rule, said plainly. Water rises in vessels as wide as their weights, each as full as was
 * asked, until the stock is poured out. The level is the one at which those that are full, and the
 * others up to it, hold the stock; every way to be full is tried. Nobody gets part of a unit; the
 * units that so remain go out one by one.
 */
const plainly = (stock: number, claims: readonly RationingDemand[]): Map<string, number> => {
  const requests = claims.map((claim) => BigInt(claim.requested));
  const weight = claims.map((claim) => BigInt(claim.weight));
  const sum = (numbers: readonly bigint[]) => numbers.reduce((all, one) => all + one, 0n);
  const given = BigInt(stock) >= sum(requests) ? requests : floors();
  return new Map(claims.map(({ id }, at) => [id, Number(given[at])]));

  function floors(): bigint[] {
    const levels = [[0n, 1n] as Ratio, ...claims.map((_, at): Ratio => [requests[at] ?? 0n, weight[at] ?? 1n])].flatMap(
      (breakpoint) => {
        const full = claims.map((_, at) => atMost([requests[at] ?? 0n, weight[at] ?? 1n], breakpoint));
        const open = sum(weight.filter((_, at) => !full[at]));
        if (open === 0n) return [];
        const level: Ratio = [BigInt(stock) - sum(requests.filter((_, at) => full[at])), open];
        const holds = claims.every((_, at) => atMost([requests[at] ?? 0n, weight[at] ?? 1n], level) === full[at]);
        return holds ? [level] : [];
      },
    );
    const [level] = levels;
    if (!level || levels.some((other) => !atMost(other, level) || !atMost(level, other))) throw new Error('one level');

    const shares = claims.map((_, at) => {
      const upToLevel = (level[0] * (weight[at] ?? 1n)) / level[1];
      return upToLevel < (requests[at] ?? 0n) ? upToLevel : (requests[at] ?? 0n);
    });
    const had = new Set<number>();
    for (let units = BigInt(stock) - sum(shares); units > 0n; units--) {
      let next: number | undefined;
      for (const at of claims.keys())
        if (!had.has(at) && (shares[at] ?? 0n) < (requests[at] ?? 0n) && (next === undefined || comesFirst(at, next)))
          next = at;
      if (next === undefined) throw new Error('nobody is left to take a unit');
      shares[next] = (shares[next] ?? 0n) + 1n;
      had.add(next);
    }
    return shares;

    function comesFirst(a: number, b: number): boolean {
      const [one, other]: Ratio[] = [a, b].map((at): Ratio => [(shares[at] ?? 0n) + 1n, weight[at] ?? 1n]);
      if (!one || !other) return false;
      if (!atMost(one, other)) return false;
      return !atMost(other, one) || String(claims[a]?.order) < String(claims[b]?.order);
    }
  }
};

const totalDemand = (claims: readonly RationingDemand[]): number => claims.reduce((all, one) => all + one.requested, 0);

/** Stocks around what matters: nothing, some, nearly all, all, more. */
const stocked = (claims: fc.Arbitrary<RationingDemand[]>) =>
  claims.chain((all) =>
    fc.record({
      claims: fc.constant(all),
      stock: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: totalDemand(all) }) },
        { weight: 2, arbitrary: fc.integer({ min: 0, max: Math.min(30, totalDemand(all)) }) },
        fc.integer({ min: 0, max: 3 }).map((off) => Math.max(0, totalDemand(all) - off)),
        fc.integer({ min: 0, max: 3 }).map((off) => totalDemand(all) + off),
      ),
    }),
  );

const sorted = (shares: ReadonlyMap<string, number>) => [...shares].toSorted(([a], [b]) => (a < b ? -1 : 1));

const listed = (requests: readonly number[], weighed: readonly number[] = []): RationingDemand[] =>
  requests.map((one, at) => ({ id: `Q${at}`, requested: one, weight: weighed[at] ?? 1, order: `${at}` }));
