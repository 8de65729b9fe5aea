import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DistrictId, LocationId, ProducerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { replenishmentQuantityOf } from '../../shared/replenishment/replenishment-plan.ts';
import {
  type DemandingLocation,
  type SupplyingLocation,
  spareQuantityOf,
  suggestSources,
  suppliableQuantityOf,
} from '../../shared/replenishment/sourcing.ts';
import type { StockRow } from '../../shared/stock/stock.ts';

const [lko, pbt] = ['LKO', 'PBT'] as DistrictId[] as [DistrictId, DistrictId];

const maker: SupplyingLocation = { location: 'P0042' as ProducerId, kind: 'maker', district: pbt };

describe('Sources of supply', () => {
  it('The order is an outlet on the same line, one in the district, a depot, the maker.', () => {
    const line = outlet('CNB-01', 20, { district: pbt, lines: ['Kanpur–Jhansi', 'Lucknow–Kanpur'] });
    const near = outlet('LKO-02', 20);
    const far = outlet('VNS-01', 500, { district: pbt, lines: ['Varanasi–Gorakhpur'] });
    const from = (...givers: SupplyingLocation[]) => suggestSources(wanting, givers).map(({ from: place }) => place);
    expect(from(maker, depot, far, near, line)).toEqual(['CNB-01']);
    expect(from(maker, depot, far, near)).toEqual(['LKO-02']);
    expect(from(maker, depot, far)).toEqual(['LKO-D1']);
    expect(from(maker, far)).toEqual(['P0042']);
    expect(from(far)).toEqual([]);
    // A maker beside it is asked only for what no depot has, however far that is.
    const [farDepot, nearMaker] = [
      { ...depot, district: pbt, free: 22 },
      { ...maker, district: lko },
    ];
    expect(suggestSources(wanting, [nearMaker, farDepot])).toEqual([
      { from: 'LKO-D1', kind: 'depot', quantity: 2 },
      { from: 'P0042', kind: 'maker', quantity: 4 },
    ]);
  });

  it('Lines match in any dash and case, and an outlet without a line matches none.', () => {
    const on = (...lines: string[]) => outlet('VNS-01', 50, { district: pbt, lines });
    for (const lines of [['LUCKNOW - Varanasi '], ['Lucknow-Varanasi'], ['x', 'lucknow—varanasi']])
      expect(suggestSources(wanting, [on(...lines)])).toHaveLength(1);
    for (const lines of [['Varanasi–Lucknow mail'], ['लखनऊ–वाराणसी'], []])
      expect(suggestSources(wanting, [on(...lines)])).toEqual([]);
    const { lines: _none, ...nowhere } = wanting;
    expect(suggestSources(nowhere, [on('Lucknow–Varanasi')])).toEqual([]);
    const hindi = { ...wanting, lines: ['लखनऊ–वाराणसी'] };
    expect(suggestSources(hindi, [on('लखनऊ - वाराणसी')])).toHaveLength(1);
    expect(suggestSources(hindi, [on('लखनऊ–वाराणस')])).toEqual([]);
  });

  it('Makers take turns: always the same for one shelf, and evenly over many.', () => {
    const makers = ['P0001', 'P0002', 'P0003', 'P0004'].map((id) => ({ ...maker, location: id as ProducerId }));
    const suppliers = Array.from({ length: 400 }, (_, at) => {
      const shelf = { ...wanting, location: `LKO-${String(at).padStart(2, '0')}` as StockLocationId };
      const [source, ...others] = suggestSources(shelf, makers);
      expect([suggestSources(shelf, makers.toReversed()), others]).toEqual([[source], []]);
      return source?.from ?? '';
    });
    for (const { location } of makers) {
      const turns = suppliers.filter((one) => one === location).length;
      expect(turns).toBeGreaterThan(60);
      expect(turns).toBeLessThan(140);
    }
  });

  it('No outlet gives what it sells in a month, and nobody goes below their reorder point.', () => {
    expect(spareQuantityOf(outlet('LKO-02', 9))).toBe(4);
    expect(spareQuantityOf(outlet('LKO-02', 9, { mean: 1 }))).toBe(0);
    expect(spareQuantityOf(depot)).toBe(80);
    expect(suggestSources(wanting, [outlet('LKO-02', 9), depot])).toEqual([
      { from: 'LKO-02', kind: 'outlet', quantity: 4 },
      { from: 'LKO-D1', kind: 'depot', quantity: 2 },
    ]);
  });

  it('One parcel is preferred to two, in whole packs.', () => {
    expect(suggestSources(wanting, [outlet('LKO-02', 10), outlet('LKO-03', 30)])).toEqual([
      { from: 'LKO-03', kind: 'outlet', quantity: 6 },
    ]);
    expect(suggestSources({ ...wanting, packSize: 4 }, [depot])).toEqual([
      { from: 'LKO-D1', kind: 'depot', quantity: 8 },
    ]);
    expect(suggestSources({ ...wanting, packSize: 5 }, [outlet('LKO-02', 9), maker])).toEqual([
      { from: 'P0042', kind: 'maker', quantity: 10 },
    ]);
  });

  it('A location with enough on hand or inbound needs nothing.', () => {
    const plan = { reorderPoint: 2, target: 7 };
    const wants = (onHand: number, inbound = 0) => replenishmentQuantityOf({ onHand, inbound, plan } as StockRow, 3);
    expect(wants(1)).toBe(6);
    expect(wants(1, 2)).toBe(0);
    expect(wants(-3)).toBe(10);
    expect(wants(-3, 5)).toBe(5);
    expect(suggestSources({ ...wanting, shortQuantity: 0 }, [depot])).toEqual([]);
  });

  it('One supplier sends no more than is needed, or than it can spare.', () => {
    expect(suppliableQuantityOf(outlet('LKO-02', 9), wanting)).toBe(4);
    expect(suppliableQuantityOf(outlet('LKO-02', 90), wanting)).toBe(6);
    expect(suppliableQuantityOf(outlet('LKO-02', 90), { ...wanting, packSize: 4 })).toBe(8);
    expect(suppliableQuantityOf(outlet('LKO-01', 90), wanting)).toBe(0);
    expect(suppliableQuantityOf(outlet('VNS-01', 90, { district: pbt }), wanting)).toBe(0);
    expect(suppliableQuantityOf(maker, wanting)).toBe(6);
    expect(suppliableQuantityOf({ ...maker, free: 0 } as SupplyingLocation, wanting)).toBe(0);
  });

  it('Of two equal suppliers the first by name sends.', () => {
    const alike = [outlet('LKO-03', 30), outlet('LKO-02', 30)];
    for (const givers of [alike, alike.toReversed()])
      expect(suggestSources(wanting, givers)).toEqual([{ from: 'LKO-02', kind: 'outlet', quantity: 6 }]);
  });

  it('The rules hold for any suppliers in any order.', () => {
    const numbers = fc.integer({ min: -20, max: 200 });
    const plan = fc
      .record({ reorderPoint: fc.nat(30), more: fc.nat(30) })
      .map(({ reorderPoint, more }) => ({ reorderPoint, target: reorderPoint + more + 1 }));
    const givers = fc.uniqueArray(
      fc
        .record({
          kind: fc.constantFrom('outlet', 'depot', 'maker'),
          at: fc.nat(9),
          district: fc.constantFrom(lko, pbt),
          lines: fc.subarray(['Lucknow–Varanasi', 'Varanasi–Gorakhpur']),
          free: numbers,
          mean: fc.double({ min: 0, max: 3, noNaN: true }),
          plan,
        })
        .map(
          ({ at, ...giver }) =>
            ({
              ...giver,
              location: (giver.kind === 'maker'
                ? `P000${at}`
                : giver.kind === 'depot'
                  ? `LKO-D${at}`
                  : `LKO-0${at}`) as LocationId,
            }) as SupplyingLocation,
        ),
      { selector: ({ location }) => location, maxLength: 12 },
    );
    fc.assert(
      fc.property(
        givers.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        fc.integer({ min: -9, max: 120 }),
        fc.integer({ min: 1, max: 12 }),
        ([all, shuffled], wanted, pack) => {
          const shelf = { ...wanting, shortQuantity: wanted, packSize: pack };
          const sources = suggestSources(shelf, all);
          expect(suggestSources(shelf, shuffled)).toEqual(sources);
          const need = Math.max(0, wanted);
          expect(sources.reduce((sum, { quantity }) => sum + quantity, 0)).toBeLessThan(need + pack);
          expect(sources.length).toBeLessThanOrEqual(3);
          for (const { from, quantity } of sources) {
            const giver = all.find(({ location }) => location === from);
            expect(from).not.toBe(wanting.location);
            expect(quantity > 0 && quantity % pack === 0).toBe(true);
            expect((giver?.free ?? 0) - quantity).toBeGreaterThanOrEqual(giver?.plan?.reorderPoint ?? 0);
          }
        },
      ),
    );
  });
});

const wanting: DemandingLocation = {
  location: 'LKO-01' as StockLocationId,
  district: lko,
  lines: ['Lucknow–Varanasi', 'Lucknow–Kanpur'],
  shortQuantity: 6,
  packSize: 1,
};

const outlet = (place: string, free: number, more: Partial<SupplyingLocation> = {}): SupplyingLocation =>
  ({
    location: place as StockLocationId,
    kind: 'outlet',
    district: lko,
    free,
    mean: 0.1,
    plan: { reorderPoint: 2, target: 4 },
    ...more,
  }) as SupplyingLocation;

const depot: SupplyingLocation = {
  location: 'LKO-D1' as StockLocationId,
  kind: 'depot',
  district: lko,
  free: 100,
  plan: { reorderPoint: 20, target: 60 },
};
