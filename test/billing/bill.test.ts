import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bill, creditNoteOf, isSale, isSaleReturn, quantityInUqc, saleBillOf } from '../../shared/billing/bill.ts';
import { renderBillHtml } from '../../shared/billing/bill-html.ts';
import { type ItemId, SellerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import { sequenceOf, VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { Admission } from '../../shared/ledger/admission.ts';
import type { SellerFacts } from '../../shared/ledger/bill-facts.ts';
import type { Buyer } from '../../shared/ledger/buyer.ts';
import type { DecisionContext } from '../../shared/ledger/decision.ts';
import { reversibleVoucherOf } from '../../shared/ledger/on-hand.ts';
import type { ReversalContext } from '../../shared/ledger/reversal-context.ts';
import { decideClaim, Voucher, VoucherClaim } from '../../shared/ledger/voucher.ts';
import { Item } from '../../shared/registry/item.ts';
import { buyers } from '../kit/arbitraries.ts';

describe('Any bill', () => {
  it('Lines and rounding are the total, CGST is SGST, and taxes per rate are those of the lines.', () => {
    fc.assert(
      fc.property(discounted, registrations, roundings, (all, registration, roundOff) => {
        const bill = billOf(sell(all, registration, roundOff));
        expect(sumOf(bill.lines.map(({ amount }) => amount)) + bill.roundOff).toBe(bill.total);
        expect(bill.total).toBe(sumOf(bill.payments.map(({ amount }) => amount)));
        expect(bill.taxable + bill.cgst + bill.sgst + bill.roundOff).toBe(bill.total);
        for (const { taxable, cgst, sgst, amount } of bill.lines)
          expect([cgst, taxable + cgst + sgst]).toEqual([sgst, amount]);
        for (const part of ['taxable', 'cgst', 'sgst'] as const)
          expect(sumOf(bill.taxes.map((tax) => Number(tax[part])))).toBe(bill[part]);
        if (registration !== 'regular') expect([bill.cgst, bill.sgst]).toEqual([0, 0]);
      }),
    );
  });

  it('A return of everything gives back what was paid, rounding included.', () => {
    fc.assert(
      fc.property(discounted, registrations, roundings, (all, registration, roundOff) => {
        const sale = sell(all, registration, roundOff);
        const whole = all.flatMap(({ pieces }, at) => Array.from({ length: pieces }, () => at + 1));
        const [bill, [note]] = [billOf(sale), takeBack(sale, [whole])];
        for (const part of ['total', 'taxable', 'cgst', 'sgst', 'roundOff', 'taxes'] as const)
          expect(note?.[part]).toEqual(bill[part]);
      }),
    );
  });

  it('A buyer of another State pays IGST in place of CGST and SGST, and gets back the same.', () => {
    const soldTo = fc.record({ buyer: buyers, isSuppliedToBuyersState: fc.boolean() });
    fc.assert(
      fc.property(discounted, roundings, soldTo, (all, roundOff, to) => {
        // Rule 46A: a registered buyer gets no exempt goods beside taxed ones.
        const goods = to.buyer.gstin ? all.map((line) => ({ ...line, rate: line.rate || 500 })) : all;
        const sale = sell(goods, 'regular', roundOff, to);
        const whole = goods.flatMap(({ pieces }, at) => Array.from({ length: pieces }, () => at + 1));
        const [bill, [note]] = [billOf(sale), takeBack(sale, [whole])];
        const state = to.buyer.gstin?.slice(0, 2) ?? (to.isSuppliedToBuyersState ? to.buyer.state : '09');
        expect(bill.placeOfSupply).toBe(state);
        expect(bill.igst === undefined).toBe(state === '09');
        expect(state === '09' ? bill.sgst : 0).toBe(bill.cgst);
        expect(bill.taxable + bill.cgst + bill.sgst + (bill.igst ?? 0) + bill.roundOff).toBe(bill.total);
        expect(sumOf(bill.lines.map(({ amount }) => amount)) + bill.roundOff).toBe(bill.total);
        for (const part of ['total', 'taxable', 'cgst', 'sgst', 'igst', 'roundOff', 'taxes', 'placeOfSupply'] as const)
          expect(note?.[part]).toEqual(bill[part]);
      }),
    );
  });

  it('Credit notes of any parts add up to the bill, to the paisa.', () => {
    // Below three paise a piece, a part may be less than the least CGST and SGST together.
    const taxable = discounted.filter((all) => all.every(({ pieces, unit, off }) => pieces * (unit - 3) >= off));
    const split = taxable.chain((all) => {
      const pieces = all.flatMap(({ pieces: many }, at) => Array.from({ length: many }, () => at + 1));
      const order = fc.shuffledSubarray(pieces, { minLength: pieces.length });
      return fc.record({ all: fc.constant(all), order, size: fc.integer({ min: 1, max: 4 }) });
    });
    fc.assert(
      fc.property(split, roundings, ({ all, order, size }, roundOff) => {
        const sale = sell(all, 'regular', roundOff);
        const parts = Array.from({ length: Math.ceil(order.length / size) }, (_, at) =>
          order.slice(at * size, (at + 1) * size),
        );
        const [bill, notes] = [billOf(sale), takeBack(sale, parts)];
        for (const part of ['total', 'taxable', 'cgst', 'sgst'] as const)
          expect(sumOf(notes.map((note) => note[part]))).toBe(bill[part]);
      }),
    );
  });
});

it('A page shows each amount of the bill, and no text of people is markup.', () => {
  const { voucher, facts } = sell([{ pieces: 2, unit: 89_900, off: 100, rate: 500 }], 'regular', -50);
  const name = `<script>alert("1")</script> & 'more'`;
  const bill = saleBillOf(voucher, { seller: { ...facts.seller, name }, lines: facts.lines });
  for (const language of ['hi', 'en'] as const) {
    const page = isRefusal(bill) ? '' : renderBillHtml(bill, language);
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;');
    expect(page).not.toContain('<script');
    for (const amount of ['1,797.00', '₹1,796.50', '-0.50', '1,711.42', '42.79', '1.00', '899.00'])
      expect(page).toContain(amount);
  }
});

it('A page has no direction marks, which could show an amount in reverse, and keeps the joiners of Hindi.', () => {
  const { voucher, facts } = sell([{ pieces: 1, unit: 89_900, off: 0, rate: 500 }], 'regular');
  const marks = '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069';
  const lines = facts.lines.map((line) => ({ ...line, nameHi: `रक्\u200dत ${marks}998₹` }));
  const bill = saleBillOf(voucher, { seller: { ...facts.seller, name: `A${marks}B` }, lines });
  const page = isRefusal(bill) ? '' : renderBillHtml(bill, 'hi');
  expect(page).toContain('रक्\u200dत 998₹');
  expect([...marks].filter((mark) => page.includes(mark))).toEqual([]);
});

describe('Words of the law', () => {
  const page = (registration: SellerFacts['registration'], rates: readonly number[]) => {
    const sale = sell(
      rates.map((rate) => ({ pieces: 1, unit: 10_000, off: 0, rate })),
      registration,
    );
    return renderBillHtml(billOf(sale), 'en');
  };

  it.each([
    ['regular', [500], ['Tax invoice', 'GSTIN 09XXXZD0055X1Z7', 'CGST', 'HSN 7419', 'Reverse charge: no'], 'rule 46'],
    ['regular', [0], ['Bill of supply', 'GSTIN 09XXXZD0055X1Z7'], 'rule 49'],
    ['regular', [0, 500], ['Invoice-cum-bill of supply', 'Exempt', 'CGST'], 'rule 46A'],
    [
      'composition',
      [500],
      ['Bill of supply', 'Composition taxable person, not eligible to collect tax on supplies'],
      'rules 5(1)(f) and 49',
    ],
    ['unregistered', [500], ['<h1>Bill</h1>', 'Seller not registered under GST'], 'section 31'],
  ] as const)('A %s seller of goods at %j basis points writes %j (%s).', (registration, rates, words, _source) => {
    for (const word of words) expect(page(registration, rates)).toContain(word);
    if (registration !== 'regular' || rates.every((rate) => rate === 0))
      expect(page(registration, rates)).not.toContain('CGST');
  });
});

it('A bill of food lacks the FSSAI number, and one of a registered seller the address.', () => {
  const { voucher, facts } = sell([{ pieces: 1, unit: 100, off: 0, rate: 0 }], 'composition');
  const bare = { name: 'A', registration: 'composition' as const, gstin: '09XXXZD0055X1Z7' };
  const rice = facts.lines.map((line) => ({ ...line, hsn: '1006' }));
  const refused = saleBillOf(voucher, { seller: bare, lines: rice });
  expect(refused).toMatchObject({
    refused: 'BILL_INCOMPLETE',
    facts: { fields: [{ path: 'seller.address' }, { path: 'seller.fssai' }] },
  });
  const artisan = { name: 'A', registration: 'unregistered' as const };
  expect(isRefusal(saleBillOf(voucher, { seller: artisan, lines: facts.lines }))).toBe(false);
});

it.each([
  [2, 'PCS', '2'],
  [10, 'PCS', '10'],
  [2_500, 'KGS', '2.5'],
  [5, 'KGS', '0.005'],
  [100_000, 'KGS', '100'],
  [1_010, 'MTR', '1.01'],
  [2_500, 'GMS', '2500'],
] as const)('%i base units are %s %s.', (quantity, uqc, text) => {
  expect(quantityInUqc(quantity, uqc)).toBe(text);
});

const seller = SellerId.parse('LKO1');

const location = StockLocationId.parse('LKO-01');

const header = { occurredAt: '2026-11-22T05:00:00.000Z', by: 'S001', previous: null };

const admission = { way: 'live', goodsInHand: true } as const;

const sellerFacts = (registration: SellerFacts['registration']): SellerFacts => ({
  name: 'Lucknow Chikan Karigar Samiti',
  registration,
  address: '12 Chowk, Lucknow',
  pinCode: '226003',
  ...(registration !== 'unregistered' && { gstin: '09XXXZD0055X1Z7' }),
  fssai: '10000000000001',
});

type Line = { readonly pieces: number; readonly unit: number; readonly off: number; readonly rate: number };

const itemOf = (rate: number): Item =>
  Item.parse({
    name: `Kurta ${rate}`,
    nameHi: 'कुर्ता',
    product: 'KURTA',
    seller,
    unit: 'piece',
    hsn: '7419',
    prices: [{ from: '2026-04-01', price: 1, mrp: 100_000_000, floor: 0, gstBasisPoints: rate }],
    reorderPoint: 0,
    aliases: [],
  });

/** The ledger's decision on a claim. */
const decide = (claim: VoucherClaim, context: DecisionContext, number: VoucherNumber) =>
  decideClaim(claim, {
    admission,
    context,
    entryDetails: { at: header.occurredAt as Instant, by: 'x', voucher: number },
    sequence: sequenceOf({ number, claim, admission: admission as Admission }),
  });

const voucherOf = (number: VoucherNumber, claim: VoucherClaim, outcome: object): Voucher =>
  Voucher.parse({
    number,
    location,
    seller,
    claim,
    admission,
    outcome,
    recordedAt: header.occurredAt,
    enteredBy: 'x',
  });

const ids = (rate: number) => `KURTA-${rate}` as ItemId;

type SoldTo = { readonly buyer: Buyer; readonly isSuppliedToBuyersState: boolean };

const sell = (
  lines: readonly Line[],
  registration: SellerFacts['registration'],
  roundOff = 0,
  { buyer, isSuppliedToBuyersState = false }: Partial<SoldTo> = {},
) => {
  const number = VoucherNumber.parse('7KQ2MS2611220001');
  const context: DecisionContext = {
    seller,
    location,
    registration,
    sellerFacts: sellerFacts(registration),
    depotRows: undefined,
    items: new Map(lines.map(({ rate }) => [ids(rate), itemOf(rate)])),
    producers: new Set(),
    isSuppliedToBuyersState,
  };
  const exact = sumOf(lines.map(({ pieces, unit, off }) => pieces * unit - off));
  const claim = VoucherClaim.parse({
    kind: 'S',
    ...header,
    roundOff: Math.max(roundOff, -exact),
    lines: lines.map(({ pieces, unit, off, rate }) => ({
      item: ids(rate),
      quantity: pieces,
      unitPrice: unit,
      discount: off,
    })),
    payments: [{ tender: 'cash', amount: exact + Math.max(roundOff, -exact) }],
    ...(buyer && { buyer }),
  });
  const decision = decide(claim, context, number);
  if (isRefusal(decision)) throw new Error(decision.detail);
  const voucher = voucherOf(number, claim, decision.outcome);
  if (!isSale(voucher) || !voucher.outcome.billFacts) throw new Error('it is a sale with facts');
  return { voucher, context, facts: voucher.outcome.billFacts };
};

const billOf = ({ voucher, facts }: ReturnType<typeof sell>): Bill => {
  const bill = saleBillOf(voucher, facts);
  if (isRefusal(bill)) throw new Error(bill.detail);
  return Bill.parse(bill);
};

/** Credit notes of parts, each with the refund that is due. */
const takeBack = (sale: ReturnType<typeof sell>, parts: readonly (readonly number[])[]): Bill[] => {
  let reversed: ReversalContext = {
    original: reversibleVoucherOf(sale.voucher),
    returned: new Map(),
    version: 0,
    rounded: 0,
    pendingReturns: [],
  };
  return parts.map((part, at) => {
    const number = VoucherNumber.parse(`7KQ2MV261122${String(at + 1).padStart(4, '0')}`);
    const lines = [...Map.groupBy(part, (line) => line)].map(([line, same]) => ({
      line,
      item: sale.voucher.claim.lines[line - 1]?.item,
      quantity: same.length,
    }));
    const claimOf = (amount: number) =>
      VoucherClaim.parse({
        kind: 'V',
        ...header,
        of: sale.voucher.number,
        reason: 'return',
        goods: 'to shelf',
        lines,
        refund: [{ tender: 'cash', amount }],
      });
    const context = { ...sale.context, reversal: reversed };
    const refusal = decide(claimOf(1_000_000_000_000), context, number) as Refusal;
    const { due } = refusal.facts as { due: number };
    const claim = claimOf(due);
    const decision = decide(claim, context, number);
    if (isRefusal(decision) || !decision.returnedQuantities) throw new Error('the refund is the one that is due');
    reversed = {
      ...reversed,
      returned: decision.returnedQuantities.lines,
      rounded: decision.returnedQuantities.rounded,
    };
    const voucher = voucherOf(number, claim, decision.outcome);
    const note = isSaleReturn(voucher) && creditNoteOf(voucher, sale.voucher, sale.facts);
    if (!note || isRefusal(note)) throw new Error('it is a return');
    return Bill.parse(note);
  });
};

/** At 2 paise a piece or more: a part of one paisa has no tax to give back. */
const lines: fc.Arbitrary<Line[]> = fc.array(
  fc.record({
    pieces: fc.integer({ min: 1, max: 6 }),
    unit: fc.integer({ min: 2, max: 500_000 }),
    off: fc.constant(0),
    rate: fc.constantFrom(0, 25, 300, 500, 1_800, 4_000),
  }),
  { minLength: 1, maxLength: 5 },
);

const discounted = lines.map((all) =>
  all.map((line, at) => ({ ...line, off: (at * 37) % (line.pieces * (line.unit - 1)) })),
);

const registrations = fc.constantFrom('regular', 'composition', 'unregistered') satisfies fc.Arbitrary<
  SellerFacts['registration']
>;

const roundings = fc.integer({ min: -99, max: 99 });
