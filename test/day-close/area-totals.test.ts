import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AreaTotals, ItemTotals, sumTotals } from '../../shared/day-close/area-totals.ts';
import type { AreaId, ItemId } from '../../shared/kernel/ids.ts';
import { addUp, type Sum } from '../../shared/kernel/sum.ts';
import { Day, type Instant } from '../../shared/kernel/time.ts';
import { salesByItem } from '../../shared/reports/sales.ts';

const FIGURES = ['onHand', 'sold', 'returned', 'received', 'dispatched', 'issued', 'writtenOff', 'variance'] as const;
const MOST = Number.MAX_SAFE_INTEGER;
/** A location's figures near the most that a close holds. Zero leaves out the last two. */
const item = fc.record({
  ...Object.fromEntries(FIGURES.map((figure) => [figure, fc.integer({ min: MOST - 99, max: MOST })])),
  astray: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  mistaken: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
});

it('Quantities of many locations sum exactly, in any order, and are reported.', () => {
  const day = Day.parse('2026-11-22');
  fc.assert(
    fc.property(fc.array(item, { minLength: 2, maxLength: 5 }), (all) => {
      const total = (parts: typeof all) =>
        AreaTotals.parse(sumTotals('state' as AreaId, day, parts.map(partOf), '2026-11-23T00:00:00.000Z' as Instant));
      const summed = total(all);
      const sumOf = (figure: string): Sum =>
        addUp(all.map((one) => (one as Record<string, number | undefined>)[figure] ?? 0));
      for (const figure of [...FIGURES, 'astray', 'mistaken'] as const)
        expect(summed.items[0]?.[figure] ?? 0).toBe(sumOf(figure));
      expect(total(all.toReversed())).toEqual(summed);
      const rows = salesByItem.rows([{ ...summed, sellers: [] }]).map((row) => salesByItem.row.parse(row));
      const [sold, returned] = [sumOf('sold'), sumOf('returned')];
      expect(rows).toEqual([{ item: 'LKO-KURTA-01' as ItemId, sold, amount: 0, returned }]);
    }),
  );
});

it('An item with more returns reversed than recorded is reported.', () => {
  const undone = partOf({ ...Object.fromEntries(FIGURES.map((figure) => [figure, 0])), returned: -2 });
  const rows = salesByItem.rows([{ day: Day.parse('2026-11-22'), sellers: [], tenders: [], items: undone.items }]);
  expect(rows.map((row) => salesByItem.row.parse(row))).toMatchObject([{ sold: 0, returned: -2 }]);
});

const partOf = (figures: object) => ({
  locations: 1,
  unproven: 0,
  vouchers: 1,
  inHand: 0,
  tenders: [],
  sellers: [],
  crafts: [],
  items: [
    ItemTotals.parse({
      item: 'LKO-KURTA-01',
      amount: 0,
      value: 0,
      varianceValue: 0,
      locations: 1,
      inStock: 1,
      ...Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined)),
    }),
  ],
});
