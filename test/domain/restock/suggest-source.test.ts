import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DistrictId, LocationId, Place, ProducerId } from '../../../shared/domain/ids.ts';
import { type Giver, spareOf, suggestSources, type Wanting } from '../../../shared/domain/restock/suggest-source.ts';

const [lko, pbt] = ['LKO', 'PBT'] as DistrictId[] as [DistrictId, DistrictId];
const wanting: Wanting = {
  outlet: 'LKO-01' as LocationId,
  district: lko,
  line: 'NR',
  onHand: 1,
  inbound: 0,
  target: 7,
  pack: 1,
};
const outlet = (place: string, free: number, more: Partial<Giver> = {}): Giver =>
  ({
    place: place as LocationId,
    kind: 'outlet',
    district: lko,
    free,
    mean: 0.1,
    plan: { reorderPoint: 2, target: 4 },
    ...more,
  }) as Giver;
const depot: Giver = {
  place: 'LKO-D1' as LocationId,
  kind: 'depot',
  district: lko,
  free: 100,
  plan: { reorderPoint: 20, target: 60 },
};
const maker: Giver = { place: 'P0042' as ProducerId, kind: 'maker', district: pbt };

describe('from where', () => {
  it('first an outlet on the same line, then in the district, then who stores or makes it', () => {
    const line = outlet('CNB-01', 20, { district: pbt, line: 'NR' });
    const near = outlet('LKO-02', 20);
    const far = outlet('VNS-01', 500, { district: pbt, line: 'NER' });
    const from = (...givers: Giver[]) => suggestSources(wanting, givers).map(({ from: place }) => place);
    expect(from(maker, depot, far, near, line)).toEqual(['CNB-01']);
    expect(from(maker, depot, far, near)).toEqual(['LKO-02']);
    expect(from(maker, depot, far)).toEqual(['LKO-D1']);
    expect(from(maker, far)).toEqual(['P0042']);
    expect(from(far)).toEqual([]);
  });

  it('an outlet gives only what it would not sell in a month, and nobody goes below their own point', () => {
    expect(spareOf(outlet('LKO-02', 9))).toBe(4);
    expect(spareOf(outlet('LKO-02', 9, { mean: 1 }))).toBe(0);
    expect(spareOf(depot)).toBe(80);
    expect(suggestSources(wanting, [outlet('LKO-02', 9), depot])).toEqual([
      { from: 'LKO-02', kind: 'outlet', quantity: 4 },
      { from: 'LKO-D1', kind: 'depot', quantity: 2 },
    ]);
  });

  it('one parcel rather than two, and whole packs', () => {
    expect(suggestSources(wanting, [outlet('LKO-02', 10), outlet('LKO-03', 30)])).toEqual([
      { from: 'LKO-03', kind: 'outlet', quantity: 6 },
    ]);
    expect(suggestSources({ ...wanting, pack: 4 }, [depot])).toEqual([{ from: 'LKO-D1', kind: 'depot', quantity: 8 }]);
    expect(suggestSources({ ...wanting, pack: 5 }, [outlet('LKO-02', 9), maker])).toEqual([
      { from: 'P0042', kind: 'maker', quantity: 10 },
    ]);
  });

  it('what is on its way is there, and who has enough asks for nothing', () => {
    expect(suggestSources({ ...wanting, inbound: 6 }, [depot])).toEqual([]);
    expect(suggestSources({ ...wanting, onHand: -3 }, [depot])).toEqual([
      { from: 'LKO-D1', kind: 'depot', quantity: 10 },
    ]);
  });

  it('of two that are alike, the one whose name comes first', () => {
    const alike = [outlet('LKO-03', 30), outlet('LKO-02', 30)];
    for (const givers of [alike, alike.toReversed()])
      expect(suggestSources(wanting, givers)).toEqual([{ from: 'LKO-02', kind: 'outlet', quantity: 6 }]);
  });

  it('holds for any givers, in whatever order they are told', () => {
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
          line: fc.constantFrom('NR', 'NER'),
          free: numbers,
          mean: fc.double({ min: 0, max: 3, noNaN: true }),
          plan,
        })
        .map(
          ({ at, ...giver }) =>
            ({
              ...giver,
              place: (giver.kind === 'maker'
                ? `P000${at}`
                : giver.kind === 'depot'
                  ? `LKO-D${at}`
                  : `LKO-0${at}`) as Place,
            }) as Giver,
        ),
      { selector: ({ place }) => place, maxLength: 12 },
    );
    fc.assert(
      fc.property(
        givers.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        numbers,
        numbers,
        fc.nat(100),
        fc.integer({ min: 1, max: 12 }),
        ([all, shuffled], onHand, inbound, target, pack) => {
          const asked = { ...wanting, onHand, inbound, target, pack };
          const sources = suggestSources(asked, all);
          expect(suggestSources(asked, shuffled)).toEqual(sources);
          const need = Math.max(0, target - onHand - inbound);
          expect(sources.reduce((sum, { quantity }) => sum + quantity, 0)).toBeLessThan(need + pack);
          expect(sources.length).toBeLessThanOrEqual(3);
          for (const { from, quantity } of sources) {
            const giver = all.find(({ place }) => place === from);
            expect(from).not.toBe(wanting.outlet);
            expect(quantity > 0 && quantity % pack === 0).toBe(true);
            expect((giver?.free ?? 0) - quantity).toBeGreaterThanOrEqual(giver?.plan?.reorderPoint ?? 0);
          }
        },
      ),
    );
  });
});
