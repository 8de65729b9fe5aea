import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import { Instant } from '../../shared/kernel/time.ts';
import { decreaseOfLeft } from '../../shared/materials/entitlement-account.ts';
import {
  applyTransition,
  MaterialRequest,
  REQUEST_STATES,
  REQUEST_TRANSITION_NAMES,
  transitionsOf,
} from '../../shared/materials/material-request.ts';
import { approve, cancel, expire, type RequestEffects, reject } from '../../shared/materials/request-transitions.ts';
import { issueEffects, issueRefusal } from '../kit/issue-decisions.ts';

/**
 * The state after a move from each state; `-`: refused. Written by hand, not taken from the code.
 */
const TABLE = `
            approve   allocate  wait       reject    cancel     issue   confirm   lapse     reduce    requeue    takeBack  undo      askAnew
submitted   approved  approved  submitted  rejected  cancelled  -       -         lapsed    -         -          -         -         -
approved    -         -         -          -         cancelled  issued  -         lapsed    approved  submitted  -         -         -
issued      -         -         -          -         -          issued  received  issued    issued    -          issued    approved  submitted
received    -         -         -          -         -          issued  -         received  received  -          received  approved  submitted
rejected    -         -         -          -         -          -       -         -         -         -          -         -         -
cancelled   -         -         -          -         -          -       -         -         -         -          -         -         -
lapsed      -         -         -          -         -          -       -         -         -         -          -         -         -
`;
const [names = [], ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const cells = rows.flatMap(([state = '', ...comes]) =>
  names.map((name, at) => ({ state, name, comes: comes[at] ?? '' })),
);

const doing = { at: Instant.parse('2026-11-22T06:00:00Z'), by: 'pbe-depot', why: 'as agreed' };
const request = (lines: readonly object[], more: object = {}) =>
  MaterialRequest.parse({
    request: '7KQ2MQ2611220001',
    producer: 'P0042',
    depot: 'PBE-D1',
    season: '2026-27',
    via: 'own',
    neededBy: '2026-12-01',
    lines,
    state: 'submitted',
    submittedAt: doing.at,
    version: 1,
    history: [{ did: 'submit', at: doing.at, by: 'someone' }],
    ...more,
  });
const one = { item: 'PBT-BAMBOO', asked: 9, approved: 5, issued: 2 };

it('The table has every state and every transition.', () => {
  expect(rows.map(([state]) => state).toSorted()).toEqual([...REQUEST_STATES].toSorted());
  expect(names.toSorted()).toEqual([...REQUEST_TRANSITION_NAMES].toSorted());
});

it.each(cells)('$state: $name → $comes', ({ state, name, comes }) => {
  const found = REQUEST_TRANSITION_NAMES.find((move) => move === name);
  if (!found) throw new Error(`no move ${name}`);
  const before = request([one], { state, version: 4 });
  const after = applyTransition(before, found, doing);
  if (comes === '-') expect(after).toMatchObject({ refused: 'REQUEST_STATE', facts: { state } });
  else
    expect(after).toEqual({
      ...before,
      state: comes,
      version: 5,
      history: [...before.history, { did: name, ...doing }],
    });
  expect([...transitionsOf(found).keys()].some((from) => from === state)).toBe(comes !== '-');
});

const accepted = (made: RequestEffects | Refusal): RequestEffects => {
  if (isRefusal(made)) throw new Error(`refused: ${JSON.stringify(made)}`);
  return made;
};

const amounts = fc.integer({ min: 1, max: 1_000_000 });
const asking = fc
  .uniqueArray(fc.constantFrom('PBT-BAMBOO', 'PBT-CANE', 'PBT-REED', 'PBT-GLUE'), { minLength: 1 })
  .chain((items) =>
    fc.tuple(...items.map((item) => amounts.map((amount) => ({ item, asked: amount, approved: 0, issued: 0 })))),
  )
  .map((lines) => request(lines));
/** A request, and what is approved of some of its lines: never more than was asked. */
const granting = asking.chain((request) =>
  fc.record({
    asked: fc.constant(request),
    granted: fc.option(
      fc
        .subarray(request.lines, { minLength: 1 })
        .chain((lines) =>
          fc.tuple(
            ...lines.map(({ item, asked: most }) =>
              fc.integer({ min: 1, max: most }).map((quantity) => ({ item, quantity: quantity as typeof most })),
            ),
          ),
        ),
      { nil: undefined },
    ),
  }),
);

/** The sum of the moves by item: free, on hand, reserved and accounts. */
const summed = (...moves: readonly Omit<RequestEffects, 'request'>[]) => {
  const sums: Record<string, { onHand: number; free: number; reserved: number; drawn: number; left: number }> = {};
  const of = (item: string) => {
    sums[item] ??= { onHand: 0, free: 0, reserved: 0, drawn: 0, left: 0 };
    return sums[item];
  };
  for (const { stock, accounts = [] } of moves) {
    for (const { item, onHand, free = onHand } of stock) {
      of(item).onHand += onHand;
      of(item).free += free;
    }
    for (const change of accounts) {
      of(change.item).reserved += change.reserved;
      of(change.item).drawn += change.drawn;
      of(change.item).left -= decreaseOfLeft(change);
    }
  }
  return sums;
};

it('An approval reserves: it lowers free stock and entitlement, not stock on hand.', () => {
  fc.assert(
    fc.property(granting, ({ asked, granted }) => {
      const made = accepted(approve(asked, doing, granted));
      const sums = summed(made);
      for (const { item, approved } of made.request.lines.filter((line) => line.approved > 0))
        expect(sums[item]).toEqual({ onHand: 0, free: -approved, reserved: approved, drawn: 0, left: -approved });
      const reserved = made.request.lines.reduce((sum, { approved }) => sum + approved, 0);
      expect(Object.values(sums).reduce((sum, { reserved: of }) => sum + of, 0)).toBe(reserved);
      for (const { onHand, requires, item } of made.stock)
        expect([onHand, requires]).toEqual([0, { free: sums[item]?.reserved }]);
    }),
  );
});

it.each([
  ['cancel', cancel],
  ['lapse', expire],
] as const)('After an approval, %s restores everything.', (transition, decide) => {
  fc.assert(
    fc.property(granting, ({ asked, granted }) => {
      const first = accepted(approve(asked, doing, granted));
      const then = accepted(decide(first.request, doing));
      for (const sums of Object.values(summed(first, then)))
        expect(sums).toEqual({ onHand: 0, free: 0, reserved: 0, drawn: 0, left: 0 });
      for (const { requires } of then.stock) expect(requires).toBe('nothing');
      expect(then.request.history.map((change) => change.did)).toEqual(['submit', 'approve', transition]);
    }),
  );
});

it('Rejecting, cancelling or expiring before an approval moves nothing.', () => {
  fc.assert(
    fc.property(asking, (request) => {
      for (const decide of [reject, cancel, expire]) {
        const made = accepted(decide(request, doing));
        expect([made.stock, made.accounts, made.request.lines]).toEqual([[], [], request.lines]);
      }
    }),
  );
});

it('More than was asked is not approved, at once or in parts.', () => {
  fc.assert(
    fc.property(asking, fc.nat(), amounts, (request, n, over) => {
      const [line] = request.lines.slice(n % request.lines.length);
      if (!line) return;
      const refusedAt = (...quantities: number[]) => {
        const granted = quantities.map((quantity) => ({ item: line.item, quantity: quantity as typeof line.asked }));
        return approve(request, doing, granted);
      };
      expect(refusedAt(line.asked + over)).toMatchObject({ refused: 'INVALID_REQUEST' });
      expect(refusedAt(line.asked, over)).toMatchObject({ refused: 'INVALID_REQUEST' });
    }),
  );
});

it('Issued in any parts, the approved quantity is drawn or still reserved, and leaves once.', () => {
  fc.assert(
    fc.property(granting, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }), (made, parts) => {
      const approved = accepted(approve(made.asked, doing, made.granted));
      let standing = approved.request;
      const issues: Omit<RequestEffects, 'request'>[] = [];
      for (const part of parts) {
        const lines = standing.lines.flatMap(({ item, approved: all, issued }) => {
          const quantity = Math.floor((all - issued) * part);
          return quantity > 0 ? [{ item, quantity }] : [];
        });
        if (lines.length === 0) continue;
        const issued = issueEffects(standing, lines, doing);
        standing = issued.request;
        issues.push(issued);
      }
      const sums = summed(approved, ...issues);
      for (const { item, approved: all, issued } of standing.lines.filter((line) => line.approved > 0))
        expect(sums[item]).toEqual({
          onHand: 0 - issued,
          free: -all,
          reserved: all - issued,
          drawn: issued,
          left: -all,
        });
      const over = standing.lines.map(({ item, approved: all, issued }) => ({ item, quantity: all - issued + 1 }));
      expect(issueRefusal(standing, over, doing)).toBe('RESERVED_EXCEEDED');
    }),
  );
});
