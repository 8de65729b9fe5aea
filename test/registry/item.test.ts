import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EffectiveFrom, effectiveStartOf } from '../../shared/registry/dated-field.ts';
import { BASE_UNITS_PER_UQC, Item, mergePrices, priceAt, uqcOf } from '../../shared/registry/item.ts';
import { days, items } from '../kit/arbitraries.ts';

const shuffled = items.chain((item) =>
  fc.shuffledSubarray(item.prices, { minLength: item.prices.length }).map((prices) => ({ ...item, prices })),
);

const priceOn = (item: Item, day: EffectiveFrom) => priceAt(item, effectiveStartOf(day));

describe('Price in force on a day', () => {
  it('It is the latest that began by then, in any order of prices.', () => {
    fc.assert(
      fc.property(shuffled, days, (item, day) => {
        const begun = item.prices.filter(({ from }) => from <= day).toSorted((a, b) => (a.from < b.from ? -1 : 1));
        expect(priceOn(item, day)).toEqual(begun.at(-1));
      }),
    );
  });

  it('It changes on the day a price begins, not before.', () => {
    const price = { price: 100, mrp: 100, gstBasisPoints: 500 };
    const sent = [
      { from: '2026-04-01', ...price },
      { from: '2026-12-01', ...price, price: 90 },
    ];
    const [item] = fc.sample(items, 1).map((one) => Item.parse({ ...one, prices: sent }));
    const on = (day: string) => item && priceOn(item, day as EffectiveFrom)?.price;
    expect([on('2026-03-31'), on('2026-04-01'), on('2026-11-30'), on('2026-12-01'), on('2030-01-01')]).toEqual([
      undefined,
      100,
      100,
      90,
      90,
    ]);
  });

  it('Two prices from the same day are refused.', () => {
    fc.assert(
      fc.property(items, (item) => {
        const twice = { ...item, prices: [...item.prices, ...item.prices.slice(0, 1)] };
        expect(Item.safeParse(twice).error?.issues.map(({ path }) => path)).toEqual([['prices']]);
      }),
    );
  });
});

describe('New prices beside the stored ones', () => {
  it('All are in force from their days on, and the others stay.', () => {
    fc.assert(
      fc.property(items, items, days, (item, { prices: earlier }, day) => {
        const merged = mergePrices(item, earlier);
        const given = item.prices.some(({ from }) => from === day);
        expect(Item.parse(merged)).toEqual(merged);
        for (const price of item.prices) expect(priceOn(merged, price.from)).toEqual(price);
        const others = earlier.filter(({ from }) => !item.prices.some((price) => price.from === from));
        for (const price of others) expect(priceOn(merged, price.from)).toEqual(price);
        if (given) expect(priceOn(merged, day)).toEqual(priceOn(item, day));
      }),
    );
  });

  it('Repeated prices change nothing.', () => {
    fc.assert(
      fc.property(items, items, (item, { prices: earlier }) => {
        const once = mergePrices(item, earlier);
        expect(mergePrices(item, once.prices)).toEqual(once);
      }),
    );
  });

  it('The oldest go beyond the readable number.', () => {
    const many = fc.uniqueArray(days, { minLength: 55, maxLength: 60 });
    fc.assert(
      fc.property(items, many, (item, from) => {
        const earlier = from.map((day) => ({ ...item.prices[0], from: day })) as typeof item.prices;
        const merged = mergePrices({ ...item, prices: item.prices.slice(0, 1) }, earlier);
        expect(Item.parse(merged).prices).toHaveLength(50);
        expect(merged.prices.at(-1)?.from).toBe([...from, item.prices[0]?.from].toSorted().at(-1));
      }),
    );
  });
});

describe('The unit code of GST of an item', () => {
  const [sample] = fc.sample(items, 1);
  const withUnit = (unit: string, uqc?: string) => Item.safeParse({ ...sample, units: [], prices: PRICED, unit, uqc });
  const PRICED = [{ from: '2026-04-01', price: 100, mrp: 100, gstBasisPoints: 500 }];

  it.each([
    ['piece', 'PCS', 1],
    ['gram', 'KGS', 1_000],
    ['millilitre', 'LTR', 1_000],
    ['millimetre', 'MTR', 1_000],
  ])('%s is counted as %s, unless another code is entered.', (unit, uqc, base) => {
    const { data: item } = withUnit(unit);
    const code = item && uqcOf(item);
    expect([code, code && BASE_UNITS_PER_UQC[code]]).toEqual([uqc, base]);
  });

  it('Shoes are pairs, and grams are never pairs.', () => {
    const { data: shoes } = withUnit('piece', 'PRS');
    expect(shoes && uqcOf(shoes)).toBe('PRS');
    expect(withUnit('gram', 'PRS').error?.issues).toMatchObject([
      { path: ['uqc'], message: 'the UQC of an item counted by gram is KGS, GMS' },
    ]);
    expect(withUnit('piece', 'PIECE').success).toBe(false);
  });
});
