import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onHandMovementPerItem, onHandMovements, reversibleVoucherOf } from '../../shared/ledger/on-hand.ts';
import { type Voucher, VoucherClaim, type VoucherOutcome } from '../../shared/ledger/voucher.ts';
import { decideAccepted, honestClaims } from '../kit/decisions.ts';

const header = { occurredAt: '2026-11-22T05:00:00.000Z', by: 'S001', previous: null };
const said = (more: object) => VoucherClaim.parse({ ...header, ...more });
const moves = (claim: object, outcome: object = {}) =>
  onHandMovements({ claim: said(claim), outcome: outcome as VoucherOutcome }).map(({ item, quantity }) => [
    item,
    quantity,
  ]);
const line = { item: 'A1', quantity: 3 };

describe('What a voucher moves on hand', () => {
  it.each([
    [
      'a sale',
      {
        kind: 'S',
        lines: [
          { ...line, unitPrice: 5 },
          { ...line, unitPrice: 5 },
        ],
        payments: [{ tender: 'cash', amount: 30 }],
      },
      {},
      [
        ['A1', -3],
        ['A1', -3],
      ],
    ],
    ['a receipt', { kind: 'R', from: { supplier: 'x' }, lines: [line] }, {}, [['A1', 3]]],
    [
      'a receipt in kg',
      { kind: 'R', from: { supplier: 'x' }, lines: [{ item: 'A1', quantity: '2.5 kg' }, line] },
      { quantities: [2_500, 3] },
      [
        ['A1', 2_500],
        ['A1', 3],
      ],
    ],
    [
      'an issue in bundles',
      { kind: 'I', request: '7KQ2MQ2611210001', lines: [{ item: 'A1', quantity: '2 bundle' }] },
      { quantities: [40_000], lots: [[]], producer: 'P0042', season: '2026-27' },
      [['A1', -40_000]],
    ],
    ...['damaged', 'lost', 'sample', 'display'].map((reason) => [
      reason,
      { kind: 'A', reason, lines: [line] },
      {},
      [['A1', -3]],
    ]),
    ['found', { kind: 'A', reason: 'found', lines: [line] }, {}, [['A1', 3]]],
    ['a count', { kind: 'C', count: 'x', lines: [line] }, { counted: [{ quantity: 3, expected: 1, variance: 2 }] }, []],
    [
      'a return',
      { kind: 'V', of: '7KQ2MS2611210001', reason: 'return', goods: 'to shelf', lines: [{ ...line, line: 1 }] },
      { moved: [3] },
      [['A1', 3]],
    ],
    [
      'a return that is written off',
      { kind: 'V', of: '7KQ2MS2611210001', reason: 'return', goods: 'written off', lines: [{ ...line, line: 1 }] },
      { moved: [0] },
      [['A1', 0]],
    ],
    [
      'a mistake in a receipt',
      { kind: 'V', of: '7KQ2MR2611210001', reason: 'mistake', goods: 'to shelf', lines: [{ ...line, line: 1 }] },
      { moved: [-3] },
      [['A1', -3]],
    ],
    ...['S', 'R', 'A', 'I', 'C', 'V'].map((kind) => [`a cancelled ${kind}`, { kind, cancelled: 'torn' }, {}, []]),
  ] as [string, object, object, unknown[]][])('%s', (_what, claim, outcome, moved) => {
    expect(moves(claim, outcome)).toEqual(moved);
  });

  it('It equals the change of its decision, and adds up over many.', () => {
    fc.assert(
      fc.property(fc.array(honestClaims, { maxLength: 5 }), (all) => {
        const sums = new Map<string, number>();
        const vouchers = all.map((deciding) => {
          const { stock, outcome } = decideAccepted(deciding);
          const { claim } = deciding;
          for (const { item, onHand } of stock) sums.set(item, (sums.get(item) ?? 0) + onHand);
          expect([...onHandMovementPerItem([{ claim, outcome }])]).toEqual(
            stock.map(({ item, onHand }) => [item, onHand]),
          );
          return { claim, outcome };
        });
        expect(new Map<string, number>(onHandMovementPerItem(vouchers))).toEqual(sums);
      }),
    );
  });
});

it('A voucher can be reversed as far as it moved, line by line.', () => {
  const of = (claim: object, outcome: object = {}) =>
    reversibleVoucherOf({ claim: said(claim), outcome } as Voucher).lines;
  expect(of({ kind: 'S', cancelled: 'torn' })).toEqual([]);
  const sale = {
    kind: 'S',
    lines: [{ ...line, unitPrice: 50, discount: 7 }],
    payments: [{ tender: 'cash', amount: 143 }],
  };
  expect(of(sale, { total: 143, tax: [{ gstBasisPoints: 500, taxable: 137, cgst: 3, sgst: 3 }] })).toEqual([
    { item: 'A1', moved: -3, lots: [], sold: { amount: 143, gstBasisPoints: 500 } },
  ]);
  const lot = { ...line, lot: 'SIL-1' };
  const taken = {
    lots: [
      [
        { lot: 'SIL-1', quantity: 1 },
        { lot: 'TRI-2', quantity: 2 },
      ],
    ],
  };
  expect(of({ kind: 'R', from: { supplier: 'x' }, lines: [lot] })).toMatchObject([
    { moved: 3, lots: [{ lot: 'SIL-1', quantity: 3 }] },
  ]);
  expect(of({ kind: 'A', reason: 'found', lines: [lot] })).toMatchObject([
    { moved: 3, lots: [{ lot: 'SIL-1', quantity: 3 }] },
  ]);
  expect(of({ kind: 'A', reason: 'lost', lines: [line] }, taken)).toMatchObject([{ moved: -3, lots: taken.lots[0] }]);
});
