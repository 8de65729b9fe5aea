import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../shared/kernel/time.ts';
import { addToLot, Lot, LotNumber, totalInLots, withdrawFromLots } from '../../shared/stock/lots.ts';

const lot = (name: string, left: number, day: number): Lot =>
  Lot.parse({ lot: name, left, since: instantOf(Date.parse('2026-11-01T00:00:00Z') + day * 86_400_000) });

/** Lots as a row keeps them: put in one after another, some on the same day. */
const rows = fc
  .uniqueArray(
    fc.record({ name: fc.constantFrom(...'ABCDEFGH'), left: fc.integer({ min: 1, max: 9_000 }), day: fc.nat(4) }),
    {
      selector: ({ name }) => name,
      maxLength: 8,
    },
  )
  .map((all) => all.map(({ name, left, day }) => lot(name, left, day)).reduce<readonly Lot[]>(addToLot, []));
const wanted = fc.integer({ min: 1, max: 30_000 });
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const inOrder = (lots: readonly Lot[]) =>
  lots.toSorted((a, b) => (`${a.since}${a.lot}` < `${b.since}${b.lot}` ? -1 : 1));

describe('Taking from lots', () => {
  it('It keeps the sum: stock is taken or left, demand is taken or missing.', () => {
    fc.assert(
      fc.property(
        rows,
        wanted,
        fc.option(fc.constantFrom(...'ABCDEFGH'), { nil: undefined }),
        (lots, quantity, name) => {
          const taking = withdrawFromLots(lots, quantity, name === undefined ? undefined : LotNumber.parse(name));
          const taken = sum(taking.taken.map((one) => one.quantity));
          expect(taken + totalInLots(taking.lots)).toBe(totalInLots(lots));
          expect(taken + taking.missing).toBe(quantity);
          expect(taking.missing).toBe(
            Math.max(0, quantity - totalInLots(lots.filter((one) => name === undefined || one.lot === name))),
          );
          for (const { left } of taking.lots) expect(left).toBeGreaterThan(0);
          for (const one of taking.taken) expect(one.quantity).toBeGreaterThan(0);
          expect(taking.lots).toEqual(inOrder(taking.lots));
        },
      ),
    );
  });

  it('It takes the oldest lot first, and the next only when that is empty.', () => {
    fc.assert(
      fc.property(rows, wanted, (lots, quantity) => {
        const { taken, lots: left } = withdrawFromLots(lots, quantity);
        expect(taken.map((one) => one.lot)).toEqual(lots.slice(0, taken.length).map((one) => one.lot));
        for (const [at, { quantity: here }] of taken.slice(0, -1).entries()) expect(here).toBe(lots[at]?.left);
        expect(left.slice(1)).toEqual(lots.slice(lots.length - left.length + 1));
      }),
    );
  });

  it('A named lot leaves the others alone.', () => {
    fc.assert(
      fc.property(rows, wanted, (lots, quantity) => {
        for (const { lot: named, left } of lots) {
          const taking = withdrawFromLots(lots, quantity, named);
          const since = lots.find(({ lot }) => lot === named)?.since;
          expect(taking.taken).toEqual([{ lot: named, quantity: Math.min(left, quantity), since }]);
          expect(taking.lots.filter((one) => one.lot !== named)).toEqual(lots.filter((one) => one.lot !== named));
        }
      }),
    );
  });

  it('Line by line gives the same as all at once.', () => {
    fc.assert(
      fc.property(rows, fc.array(wanted, { minLength: 1, maxLength: 5 }), (lots, quantities) => {
        let left = lots;
        for (const quantity of quantities) left = withdrawFromLots(left, quantity).lots;
        expect(left).toEqual(withdrawFromLots(lots, sum(quantities)).lots);
      }),
    );
  });
});

describe('Putting into lots', () => {
  it('It adds exactly that, with the oldest first and every lot once.', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...'ABCDEFGHXY'), wanted, fc.nat(6), (lots, name, left, day) => {
        const put = addToLot(lots, lot(name, left, day));
        expect(totalInLots(put)).toBe(totalInLots(lots) + left);
        expect(put).toEqual(inOrder(put));
        expect(new Set(put.map((one) => one.lot)).size).toBe(put.length);
        expect(put.filter((one) => one.lot !== name)).toEqual(lots.filter((one) => one.lot !== name));
        const open = lots.find((one) => one.lot === name);
        if (open) expect(put).toContainEqual({ ...open, left: open.left + left });
      }),
    );
  });

  it('Taking the same out again restores the lots.', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...'ABCDEFGHXY'), wanted, fc.nat(6), (lots, name, left, day) => {
        const added = lot(name, left, day);
        expect(withdrawFromLots(addToLot(lots, added), left, added.lot)).toMatchObject({ lots, missing: 0 });
      }),
    );
  });
});
