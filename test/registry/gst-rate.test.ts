import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paise } from '../../shared/kernel/quantity.ts';
import { extractTax } from '../../shared/kernel/tax.ts';
import type { Day } from '../../shared/kernel/time.ts';
import {
  GstRate,
  GstRateId,
  type GstRateRow,
  neighboursOf,
  gstProblemsOf as problemsOf,
  rateInTiers,
  rateTiersOf,
} from '../../shared/registry/gst-rate.ts';
import { Item } from '../../shared/registry/item.ts';

it.each([
  ['shirts', { hsn: '6205' }, true, 'chapter 62'],
  ['knitted garments', { hsn: '61099010' }, true, 'chapter 61'],
  ['bed sheets', { hsn: '6304' }, true, 'chapter 63'],
  ['footwear', { hsn: '6403' }, true, 'chapter 64'],
  ['quilts', { hsn: '94044010' }, true, 'heading 9404'],
  ['declared handicrafts', { hsn: '6214', handicraft: true }, false, 'Notification 13/2025-CT(R)'],
  ['brass ware', { hsn: '7419' }, false, 'not listed'],
  ['cloth by the metre', { hsn: '6304', unit: 'millimetre' }, false, 'the value is of a piece'],
])('The rate of %s (%j) depends on the value: %s (%s).', (_goods, more, applies, _source) => {
  expect(valueBandOf(garment(100_000, 500, more), day) !== undefined).toBe(applies);
});

it('The band applies from 22 September 2025.', () => {
  const item = garment(100_000, 500);
  expect(valueBandOf(item, '2025-09-21' as Day)).toBeUndefined();
  expect(bandOf(item, '2025-09-22' as Day)).toEqual(band);
});

describe('A price with tax', () => {
  it.each([
    [262_500, 500],
    [262_501, undefined],
    [295_000, undefined],
    [295_001, 1_800],
  ])('of %i paise is taxed at %s basis points.', (price, rate) => {
    expect(rateInBand(band, price, 1)).toBe(rate);
  });

  it('The neighbours of the gap are the last and the first price that a rate fits.', () => {
    const { lower = 0, higher = 0 } = neighboursOf(band, 270_000) ?? {};
    expect([rateInBand(band, lower, 1), rateInBand(band, lower + 1, 1)]).toEqual([500, undefined]);
    expect([rateInBand(band, higher - 1, 1), rateInBand(band, higher, 1)]).toEqual([undefined, 1_800]);
  });

  it('Any amount has a rate that its value earns, or none has.', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 500_000 }), (pieces, each) => {
        const amount = (each * pieces) as Paise;
        const rate = rateInBand(band, amount, pieces);
        const valueAt = (basisPoints: number) => (amount * 10_000) / (10_000 + basisPoints) / pieces;
        const fits = [valueAt(500) <= LIMIT && 500, valueAt(1_800) > LIMIT && 1_800].filter(Boolean);
        expect(fits).toEqual(rate === undefined ? [] : [rate]);
        // The value on the bill is on the same side, up to a rounded paisa a bill.
        if (rate === 500) expect(extractTax(amount, rate).taxable).toBeLessThanOrEqual(LIMIT * pieces + 1);
      }),
    );
  });
});

describe('An entered item', () => {
  it('A price in the gap is refused with both neighbours.', () => {
    expect(gstProblemsOf(garment(270_000, 500))).toEqual([
      {
        path: 'prices.0.price',
        problem: 'no rate fits: at most 262500 paise a piece (5 %) or at least 295001 (18 %)',
      },
    ]);
  });

  it('A rate that the price does not earn is refused.', () => {
    expect(gstProblemsOf(garment(300_000, 500))).toEqual([
      { path: 'prices.0.gstBasisPoints', problem: '300000 paise are taxed at 18 %, which is 1800' },
    ]);
    expect(gstProblemsOf(garment(300_000, 500, { handicraft: true }))).toEqual([]);
    expect(gstProblemsOf(garment(300_000, 1_800))).toEqual([]);
  });

  it('A price of a dozen is judged by the piece.', () => {
    const dozen = (price: number, gstBasisPoints: number) => ({
      units: [{ unit: 'dozen', base: 12, per: 1 }],
      prices: [{ from: '2026-04-01', price, mrp: 10_000_000, per: 'dozen', gstBasisPoints }],
    });
    expect(gstProblemsOf(garment(1, 500, dozen(12 * 262_500, 500)))).toEqual([]);
    expect(gstProblemsOf(garment(1, 500, dozen(12 * 262_500 + 12, 500)))).toHaveLength(1);
  });

  it('A price from before the band keeps its rate.', () => {
    const prices = [{ from: '2025-04-01', price: 270_000, mrp: 300_000, gstBasisPoints: 1_200 }];
    expect(gstProblemsOf(garment(1, 500, { prices }))).toEqual([]);
  });
});

describe('The rate schedule', () => {
  const rows = [
    row('10', { gstBasisPoints: 1_200, from: '2017-07-01' }),
    row('1006-LOOSE', { condition: 'loose', gstBasisPoints: 0, from: '2022-07-18' }),
    row('1006-PACKED', { condition: 'pre-packed', gstBasisPoints: 500, from: '2022-07-18' }),
    row('4202', { gstBasisPoints: 1_800, from: '2017-07-01' }),
    row('4202-HANDMADE', { condition: 'handmade', gstBasisPoints: 1_200, from: '2018-07-27' }),
    row('4202-HANDMADE-2025', { condition: 'handmade', gstBasisPoints: 500, from: '2025-09-22' }),
  ];
  const rateOf = (hsn: string, more: object, on: string) => {
    const item = garment(100_000, 500, { hsn, ...more });
    return rateTiersOf(item, on as Day, rows)?.map(({ gstBasisPoints }) => gstBasisPoints);
  };

  it.each([
    ['1006', {}, '2026-11-22', [0], 'rice that is loose'],
    ['10063020', { prePacked: true }, '2026-11-22', [500], 'rice that is pre-packed'],
    ['1006', {}, '2022-07-17', [1_200], 'the chapter, before the heading has a row'],
    ['1001', {}, '2026-11-22', [1_200], 'the chapter, of another heading'],
    ['4202', {}, '2026-11-22', [1_800], 'a bag'],
    ['4202', { handicraft: true }, '2025-09-21', [1_200], 'a handmade bag, before the change'],
    ['4202', { handicraft: true }, '2025-09-22', [500], 'a handmade bag, from the change'],
    ['7419', {}, '2026-11-22', undefined, 'no row'],
  ])('HSN %s %j on %s is at %j: %s.', (hsn, more, on, rates, _what) => {
    expect(rateOf(hsn, more, on)).toEqual(rates);
  });

  it('An item without a rate needs a row.', () => {
    const prices = [{ from: '2026-04-01', price: 100, mrp: 100 }];
    expect(problemsOf(garment(1, 500, { hsn: '4202', prices }), rows)).toEqual([]);
    expect(problemsOf(garment(1, 500, { hsn: '7419', prices }), rows)).toEqual([
      { path: 'prices.0.gstBasisPoints', problem: 'the rate schedule has no HSN 7419 on 2026-04-01: state the rate' },
    ]);
  });
});

const day = '2026-11-22' as Day;

const LIMIT = 250_000;

const garment = (price: number, gstBasisPoints: number, more: object = {}) =>
  Item.parse({
    name: 'Kurta',
    nameHi: 'कुर्ता',
    product: 'KURTA',
    seller: 'LKO1',
    unit: 'piece',
    hsn: '6211',
    prices: [{ from: '2026-04-01', price, mrp: 1_000_000, floor: 0, gstBasisPoints }],
    reorderPoint: 0,
    aliases: [],
    ...more,
  });

const row = (id: string, more: object): GstRateRow => ({
  id: GstRateId.parse(id),
  ...GstRate.parse({ name: 'x', from: '2025-09-22', notification: '9/2025-CT(R)', notifiedOn: '2025-09-17', ...more }),
});

const BANDS = ['61', '62', '63', '64', '9404'].flatMap((heading) => [
  row(`${heading}-ABOVE-2500`, { gstBasisPoints: 1_800 }),
  row(`${heading}-UPTO-2500`, { upTo: LIMIT, gstBasisPoints: 500 }),
]);

const valueBandOf = (item: Item, on: Day) => rateTiersOf(item, on, BANDS);

const gstProblemsOf = (item: Item) => problemsOf(item, BANDS);

const rateInBand = rateInTiers;

const bandOf = (item: Item, on = day) => {
  const band = valueBandOf(item, on);
  if (!band) throw new Error('a band applies');
  return band;
};

const band = bandOf(garment(100_000, 500));
