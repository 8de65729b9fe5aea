import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ItemId } from '../../shared/kernel/ids.ts';
import { Balance } from '../../shared/kernel/quantity.ts';
import { MaterialRequest, REQUEST_STATES } from '../../shared/materials/material-request.ts';
import { servableQuantities } from '../../shared/materials/reservation.ts';

const BAMBOO = 'PBT-BAMBOO';
const CANE = 'PBT-CANE';

it('A waiting request is servable up to the free stock, line by line.', () => {
  const waits = request('submitted', [line(BAMBOO, 60), line(CANE, 5)]);
  expect(served(waits, { [BAMBOO]: [90, 40], [CANE]: [9, 9] })).toEqual({ [BAMBOO]: 40, [CANE]: 5 });
  expect(served(waits, { [BAMBOO]: [90, 0] })).toEqual({ [BAMBOO]: 0, [CANE]: 0 });
  expect(served(waits, { [BAMBOO]: [90, -40], [CANE]: [-1, -1] })).toEqual({ [BAMBOO]: 0, [CANE]: 0 });
  expect(served(waits, {})).toEqual({ [BAMBOO]: 0, [CANE]: 0 });
});

it('A waiting request is servable up to the entitlement left, for each material.', () => {
  const waits = request('submitted', [line(BAMBOO, 60), line(CANE, 5)]);
  const there = { [BAMBOO]: [90, 40], [CANE]: [9, 9] } as const;
  expect(served(waits, there, { [BAMBOO]: 39, [CANE]: 5 })).toEqual({ [BAMBOO]: 39, [CANE]: 5 });
  expect(served(waits, there, { [BAMBOO]: 41, [CANE]: 4 })).toEqual({ [BAMBOO]: 40, [CANE]: 4 });
  expect(served(waits, there, { [BAMBOO]: 0, [CANE]: -3 })).toEqual({ [BAMBOO]: 0, [CANE]: 0 });
});

it('A reserved request is servable whatever the entitlement, which it has reserved.', () => {
  const reserved = request('approved', [line(BAMBOO, 60, 40)]);
  expect(served(reserved, { [BAMBOO]: [90, 0] }, { [BAMBOO]: 0 })).toEqual({ [BAMBOO]: 40 });
});

it('A reserved request is servable up to the shelf, free or not.', () => {
  const reserved = request('issued', [line(BAMBOO, 60, 40, 10), line(CANE, 5, 5, 5)]);
  expect(served(reserved, { [BAMBOO]: [90, 0], [CANE]: [9, 4] })).toEqual({ [BAMBOO]: 30 });
  expect(served(reserved, { [BAMBOO]: [12, -18] })).toEqual({ [BAMBOO]: 12 });
  expect(served(reserved, { [BAMBOO]: [-3, -33] })).toEqual({ [BAMBOO]: 0 });
  expect(served(reserved, {})).toEqual({ [BAMBOO]: 0 });
});

it('It never exceeds wish, stock or entitlement, never falls below zero, and has each material once.', () => {
  const amounts = fc.record({ asked: fc.integer({ min: 1, max: 50 }), part: fc.nat(100), off: fc.nat(100) });
  const counted = fc.tuple(fc.integer({ min: -20, max: 60 }), fc.integer({ min: -20, max: 60 }));
  const lefts = fc.integer({ min: -20, max: 60 });
  fc.assert(
    fc.property(
      ...[fc.constantFrom(...REQUEST_STATES), amounts, fc.option(counted), lefts],
      (state, { asked, part, off }, row, left) => {
        const waits = state === 'submitted';
        const approved = waits ? 0 : Math.floor((asked * part) / 100);
        const issued = Math.floor((approved * off) / 100);
        const of = request(state, [line(BAMBOO, asked, approved, issued)]);
        const found = servableQuantities(of, shelf(row ? { [BAMBOO]: row } : {}), () => left);
        const wanted = waits ? asked : approved - issued;
        const there = waits ? Math.min(row?.[1] ?? 0, left) : (row?.[0] ?? 0);
        expect(found.map(({ quantity }) => quantity)).toEqual(wanted > 0 ? [Math.max(0, Math.min(wanted, there))] : []);
      },
    ),
  );
});

const request = (state: string, lines: readonly object[]) =>
  MaterialRequest.parse({
    request: '7KQ2MQ2611220001',
    producer: 'P0042',
    depot: 'PBE-D1',
    season: '2026-27',
    via: 'own',
    neededBy: '2026-12-01',
    lines,
    state,
    submittedAt: '2026-11-22T05:00:00Z',
    version: 1,
    history: [],
  });

const line = (item: string, amount: number, approved = 0, issued = 0) => ({ item, asked: amount, approved, issued });

const shelf = (rows: Record<string, readonly [onHand: number, free: number]>) =>
  new Map(
    Object.entries(rows).map(([item, [onHand, free]]) => [
      ItemId.parse(item),
      { onHand: Balance.parse(onHand), free: Balance.parse(free) },
    ]),
  );

/** With more left in the passbook than anyone asks for, or so much of each. */
const served = (
  of: MaterialRequest,
  rows: Record<string, readonly [onHand: number, free: number]>,
  left: Record<string, number> = {},
) =>
  Object.fromEntries(
    servableQuantities(of, shelf(rows), (item) => left[item] ?? 1_000).map((one) => [one.item, one.quantity]),
  );
