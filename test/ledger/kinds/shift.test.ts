import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../../shared/kernel/refusal.ts';
import type { Instant } from '../../../shared/kernel/time.ts';
import { numberOfSequence, sequenceOf } from '../../../shared/kernel/voucher-number.ts';
import { decideShift, Shift } from '../../../shared/ledger/kinds/shift.ts';
import { type Voucher, VoucherClaim } from '../../../shared/ledger/voucher.ts';

const START = Date.parse('2026-11-22T05:00:00Z');
const TENDERS = ['cash', 'upi', 'card'] as const;

const amounts = fc.integer({ min: 0, max: 500 });

const ANY = [...TENDERS, 'exchange'];
const lines = [{ item: 'LKO-KURTA-01', quantity: 1, unitPrice: 100 }];

describe('Shift close', () => {
  it('It equals a plain notebook, for any order, late vouchers, several closes and terminals.', () => {
    fc.assert(
      fc.property(days, (vouchers) => {
        for (const [number, outcome] of byNotebook(vouchers)) {
          const voucher = vouchers.find((one) => one.number === number) as Voucher;
          expect(closed(voucher, vouchers)).toEqual({ outcome, stock: [] });
        }
      }),
    );
  });

  it('It moves no goods and requires nothing of later vouchers.', () => {
    fc.assert(
      fc.property(days, (vouchers) => {
        const shift = vouchers.find(({ claim }) => 'float' in claim);
        fc.pre(shift !== undefined);
        const until = vouchers.filter((one) => sequenceOf(one) <= sequenceOf(shift as Voucher));
        expect(closed(shift as Voucher, until)).toEqual(closed(shift as Voucher, vouchers));
      }),
    );
  });

  it.each([
    ['of its own terminal', ['7KQ2MS2611220003', '7KQ2MK2611220001'], true],
    ["with another's last numbers", ['8KQ2MS2611220003'], false],
  ])('%s', (_says, last, isGood) => {
    const claim = Shift.parse({
      kind: 'K',
      occurredAt: '2026-11-22T05:00:00Z',
      by: 'S001',
      previous: null,
      float: 0,
      counted: [],
      last,
    });
    const number = '7KQ2MK2611220001' as Voucher['number'];
    const admission: Voucher['admission'] = { way: 'live', goodsInHand: false };
    const order = sequenceOf({ number, claim, admission });
    expect(numberOfSequence(order)).toBe(number);
    const decided = closed({ number, claim, admission, recordedAt: claim.occurredAt as Instant } as Voucher, []);
    expect(isRefusal(decided)).toBe(!isGood);
    if (!isGood) expect(decided).toMatchObject({ refused: 'NUMBER_MISMATCH', facts: { fields: [{ path: 'last.0' }] } });
  });
});

type ShiftStep = { readonly minute: number; readonly by: string; readonly skew: number; readonly says: object };

const tendered = (tenders: readonly string[]) =>
  fc.array(fc.record({ tender: fc.constantFrom(...tenders), amount: amounts }), { minLength: 1, maxLength: 3 });

const said = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('S'), payments: tendered(ANY), lines: fc.constant(lines) }) },
  fc.record({
    kind: fc.constant('V'),
    of: fc.constant('7KQ2MS2611220001'),
    reason: fc.constant('return'),
    goods: fc.constant('to shelf'),
    lines: fc.constant([{ line: 1, item: 'LKO-KURTA-01', quantity: 1 }]),
    refund: tendered(ANY),
  }),
  fc.record({
    kind: fc.constant('K'),
    float: amounts,
    last: fc.constant([]),
    counted: fc.uniqueArray(fc.record({ tender: fc.constantFrom(...TENDERS), amount: amounts }), {
      selector: ({ tender }) => tender,
    }),
    deposits: fc.array(fc.record({ amount: amounts, reference: fc.constant('slip') }), { maxLength: 2 }),
    expenses: fc.array(fc.record({ amount: amounts, for: fc.constant('tea') }), { maxLength: 2 }),
  }),
  fc.record({ kind: fc.constantFrom('S', 'K', 'V'), cancelled: fc.constant('torn') }),
);

/** Vouchers of two terminals over some hours, with wrong clocks, in order of arrival. */
const days: fc.Arbitrary<readonly Voucher[]> = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 0, max: 300 }),
      by: fc.constantFrom('7KQ2M', '8KQ2M'),
      skew: fc.integer({ min: -200_000, max: 200_000 }),
      says: said,
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((all) =>
    all.map(({ minute, by, skew, says }: ShiftStep, at) => {
      // No two at one time: ../same-time.test.ts plays those.
      const occurredAt = new Date(START + minute * 60_000 + at - skew).toISOString();
      const claim = VoucherClaim.parse({ occurredAt, by: 'S001', previous: null, ...says });
      const number = `${by}${claim.kind}261122${String(at + 1).padStart(4, '0')}`;
      return { number, claim, admission: { way: 'captured', skew } } as unknown as Voucher;
    }),
  );

const timeOf = ({ claim, admission }: Voucher) => Date.parse(claim.occurredAt) + (admission.skew ?? 0);

/**
 * Sums voucher by voucher, as in a notebook: a page for each terminal, a new page after each close.
 */
const byNotebook = (vouchers: readonly Voucher[]) => {
  const pages = new Map<string, { till: Record<string, number>; after: string | undefined }>();
  const closes = new Map<string, object>();
  const inOrder = [...vouchers].sort((a, b) => timeOf(a) - timeOf(b) || (a.number < b.number ? -1 : 1));
  for (const { number, claim } of inOrder) {
    const terminal = number.slice(0, 5);
    const page = pages.get(terminal) ?? { till: { cash: 0, upi: 0, card: 0 }, after: undefined };
    pages.set(terminal, page);
    const put = (tender: string, amount: number) => {
      page.till[tender] = (page.till[tender] ?? 0) + amount;
    };
    if ('payments' in claim) for (const { tender, amount } of claim.payments) put(tender, amount);
    if ('refund' in claim) for (const { tender, amount } of claim.refund ?? []) put(tender, -amount);
    if (!('float' in claim)) continue;
    put('cash', claim.float);
    for (const { amount } of [...(claim.deposits ?? []), ...(claim.expenses ?? [])]) put('cash', -amount);
    const { till } = page;
    closes.set(number, {
      ...(page.after && { after: page.after }),
      expected: TENDERS.map((tender) => ({ tender, amount: till[tender] })),
      over: claim.counted.map(({ tender, amount }) => ({ tender, amount: amount - (till[tender] ?? 0) })),
    });
    pages.set(terminal, { till: { cash: 0, upi: 0, card: 0 }, after: number });
  }
  return closes;
};

const closed = (voucher: Voucher, around: readonly Voucher[]) => {
  const [order, { admission, number }] = [sequenceOf(voucher), voucher];
  const claim = voucher.claim as Shift;
  const context = { seller: 'LKO1', items: new Map(), producers: new Set(), shiftVouchers: around };
  return decideShift({ claim, admission, sequence: order, context, entryDetails: { voucher: number } } as never);
};
