import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ItemId, StockLocationId } from '../../../shared/kernel/ids.ts';
import { isRefusal } from '../../../shared/kernel/refusal.ts';
import type { VoucherNumber, VoucherSequence } from '../../../shared/kernel/voucher-number.ts';
import { Count, decideCount } from '../../../shared/ledger/kinds/count.ts';
import { Lot, totalInLots } from '../../../shared/stock/lots.ts';
import { StockRow } from '../../../shared/stock/stock.ts';
import { BAMBOO_ENTRY } from '../../kit/bamboo.ts';

const now = '2026-11-22T05:00:00.000Z' as Count['occurredAt'];
const number = '7KQ2MC2611220001' as VoucherNumber;
const ORDER = `${now}#${number}` as VoucherSequence;

const [A, B] = ['A1', 'B1'] as [ItemId, ItemId];

const balance = fc.integer({ min: -200_000_000, max: 200_000_000 });
const found = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 100_000_000 }));

describe('Count', () => {
  it('It sets any row to the count plus later changes, and keeps reservations.', () => {
    fc.assert(
      fc.property(balance, balance, balance, found, (onHand, free, since, quantity) => {
        const lines = [{ item: A, quantity }];
        const { outcome, stock } = decided({ lines, rows: { [A]: { onHand, free } }, since: { [A]: since } });
        const [change] = stock;
        expect(onHand + (change?.onHand ?? Number.NaN)).toBe(quantity + since);
        expect(change).toMatchObject({ requires: 'nothing', count: { order: ORDER, version: 7 } });
        expect(change?.free).toBeUndefined();
        expect(outcome.counted).toEqual([{ quantity, expected: onHand - since, variance: quantity - onHand + since }]);
      }),
    );
  });

  it('It keeps lots equal to the stock on hand and within limits, changing oldest or newest only.', () => {
    fc.assert(
      fc.property(lots, fc.integer({ min: -9, max: 9 }), found, (all, since, quantity) => {
        // Where no lot is open, what is found makes one, and a lot holds a hundred tonnes.
        fc.pre(all.length > 0 || quantity + since <= 100_000_000);
        const open = all
          .map(({ lot, left, day }) => Lot.parse({ lot, left, since: `2026-11-0${day + 1}T00:00:00.000Z` }))
          .toSorted((a, b) => (`${a.since}${a.lot}` < `${b.since}${b.lot}` ? -1 : 1));
        const rows = { [A]: { onHand: totalInLots(open), lots: open } };
        const { stock } = decided({ lines: [{ item: A, quantity }], rows, since: { [A]: since }, depot: true });
        const become = stock[0]?.lots?.become ?? [];
        expect(totalInLots(become)).toBe(Math.max(0, quantity + since));
        for (const one of become) expect(Lot.safeParse(one).success).toBe(true);
        const names = new Set(open.map(({ lot }) => lot));
        const kept = become.filter(({ lot }) => names.has(lot));
        expect(become.filter(({ lot }) => !names.has(lot)).every(({ lot }) => lot === (number as string))).toBe(true);
        for (const one of kept.slice(1, -1)) expect(open).toContainEqual(one);
        if (kept.length < open.length)
          expect(become.every(({ lot, left }) => left <= (open.find((o) => o.lot === lot)?.left ?? 0))).toBe(true);
      }),
    );
  });

  it('It makes a row where there is none.', () => {
    expect(decided({ lines: [{ item: A, quantity: 0 }] }).stock).toEqual([
      { item: A, onHand: 0, requires: 'nothing', count: { order: ORDER, version: 0 } },
    ]);
  });

  it('It measures in the units of the item.', () => {
    expect(decided({ lines: [{ item: A, quantity: '2.5 kg' }] }).outcome.counted).toMatchObject([{ quantity: 2_500 }]);
    expect(count({ lines: [{ item: A, quantity: '0.0005 kg' }] })).toMatchObject({ refused: 'QUANTITY_NOT_WHOLE' });
  });

  it.each([
    ['before it', '2026-11-22T04:59:59.999Z#7KQ2MC2611220002', true],
    ['at the same time, under a lower number', `${now}#7KQ2MC2611220000`, true],
    ['by itself', ORDER, true],
    ['at the same time, under a higher number', `${now}#7KQ2MC2611220002`, false],
    ['after it', '2026-11-22T05:00:00.001Z#00000C2611220001', false],
  ])('It refuses an item that was counted %s.', (_when, countedAt, moves) => {
    const rows = { [A]: { onHand: 5, countedAt }, [B]: { onHand: 5 } };
    const { stock, outcome } = decided({ lines: [A, B].map((item) => ({ item, quantity: 9 })), rows });
    expect(stock.map(({ item }) => item)).toEqual(moves ? [A, B] : [B]);
    const all = { quantity: 9, expected: 5, variance: 4 };
    expect(outcome.counted).toEqual([moves ? all : { quantity: 9 }, all]);
  });

  it('It names the lines of an item that is counted twice.', () => {
    const lines = [A, B, A].map((item) => ({ item, quantity: 1 }));
    expect(count({ lines })).toMatchObject({
      refused: 'INVALID_REQUEST',
      facts: { fields: [{ path: 'lines.0.item' }, { path: 'lines.2.item' }] },
    });
  });
});

type Row = { readonly onHand: number; readonly free?: number; readonly countedAt?: string; readonly lots?: Lot[] };

const rowOf = (item: ItemId, { onHand, free = onHand, ...more }: Row): StockRow =>
  StockRow.parse({ location: 'PBE-D1', item, onHand, free, inbound: 0, version: 7, ...more });

type CountCase = {
  readonly lines: readonly { readonly item: string; readonly quantity: number | string }[];
  readonly rows?: Readonly<Record<string, Row>>;
  readonly since?: Readonly<Record<string, number>>;
  readonly depot?: boolean;
};

const count = ({ lines, rows = {}, since = {}, depot = false }: CountCase) => {
  const shelf = new Map(Object.entries(rows).map(([item, row]) => [item as ItemId, rowOf(item as ItemId, row)]));
  return decideCount({
    claim: Count.parse({ kind: 'C', occurredAt: now, by: 'S001', previous: null, count: 'Nov', lines }),
    admission: { way: 'captured' },
    context: {
      location: StockLocationId.parse('PBE-D1'),
      seller: BAMBOO_ENTRY.seller,
      items: new Map([A, B].map((item) => [item, BAMBOO_ENTRY])),
      depotRows: depot ? shelf : undefined,
      countedRows: shelf,
      onHandSince: new Map(Object.entries(since) as [ItemId, number][]),
    },
    entryDetails: { at: now, by: 'someone', voucher: number },
    sequence: ORDER,
  });
};

const decided = (input: CountCase) => {
  const answer = count(input);
  if (isRefusal(answer)) throw new Error(answer.detail);
  return answer;
};

const lots = fc.uniqueArray(
  fc.record({
    lot: fc.constantFrom('A', 'B', 'C', 'D'),
    left: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(100_000_000)),
    day: fc.nat(3),
  }),
  { selector: ({ lot }) => lot, maxLength: 4 },
);
