import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PAISE, sumOf } from '../../../shared/kernel/quantity.ts';
import { isRefusal } from '../../../shared/kernel/refusal.ts';
import { Sale } from '../../../shared/ledger/kinds/sale-claim.ts';
import { VoucherClaim } from '../../../shared/ledger/voucher.ts';
import { priceAt } from '../../../shared/registry/item.ts';
import { anySale, decideAccepted, decideCase, honestSales } from '../../kit/decisions.ts';
import { runs } from '../../kit/runs.ts';

const linesOf = ({ claim }: { claim: Sale }) =>
  claim.lines.map(({ quantity, unitPrice, discount = 0 }) => Number(quantity) * unitPrice - discount);

describe('Accepted sale', () => {
  it('It takes what it sold, which must be free unless the goods are in hand.', () => {
    fc.assert(
      fc.property(honestSales, (input) => {
        for (const { onHand, requires } of decideAccepted(input).stock) {
          expect(onHand).toBeLessThan(0);
          expect(requires).toEqual(input.admission.goodsInHand ? 'nothing' : { free: -onHand });
        }
      }),
    );
  });

  it('Its total is its lines less discounts, plus rounding.', () => {
    fc.assert(
      fc.property(honestSales, (input) => {
        expect(decideAccepted(input).outcome).toMatchObject({
          total: sumOf(linesOf(input)) + (input.claim.roundOff ?? 0),
        });
      }),
    );
  });

  it("It taxes each line by the day's rate, and only for a regular seller.", () => {
    fc.assert(
      fc.property(honestSales, (input) => {
        const { context, claim } = input;
        const rates = claim.lines.map(({ item }) => {
          const found = context.items.get(item);
          return context.registration === 'regular' && found ? priceAt(found, claim.occurredAt)?.gstBasisPoints : 0;
        });
        const { outcome } = decideAccepted(input);
        const tax = ('tax' in outcome && outcome.tax) || [];
        expect(tax.map(({ gstBasisPoints }) => gstBasisPoints)).toEqual(rates);
        expect(tax.map(({ taxable, cgst, sgst }) => taxable + cgst + sgst)).toEqual(linesOf(input));
      }),
    );
  });
});

describe('Refused sale', () => {
  it('A price above the MRP of the day by any paisa is refused, at any line.', () => {
    fc.assert(
      fc.property(honestSales, fc.nat(5), fc.integer({ min: 1, max: 1_000 }), (input, at, above) => {
        const { claim, context } = input;
        const line = claim.lines[at % claim.lines.length];
        const item = line && context.items.get(line.item);
        const mrp = item && priceAt(item, claim.occurredAt)?.mrp;
        fc.pre(mrp !== undefined);
        const dear = { ...line, quantity: 1, discount: 0, unitPrice: Number(mrp) + above };
        const lines = claim.lines.with(at % claim.lines.length, dear as Sale['lines'][number]);
        expect(decideCase({ ...input, claim: { ...claim, lines } })).toMatchObject({
          refused: 'PRICE_ABOVE_MRP',
          facts: { fields: [{ path: `lines.${at % claim.lines.length}.unitPrice` }] },
        });
      }),
    );
  });

  it('No sale above the MRP is accepted, whatever else claim and registry say.', { tags: 'property' }, () => {
    fc.assert(
      fc.property(anySale, (input) => {
        const { claim, context } = input;
        const dear = claim.lines.some(({ item, unitPrice }) => {
          const found = context.items.get(item);
          return unitPrice > ((found && priceAt(found, claim.occurredAt)?.mrp) ?? Number.POSITIVE_INFINITY);
        });
        fc.pre(dear);
        expect(isRefusal(decideCase(input))).toBe(true);
      }),
      { numRuns: runs(100) },
    );
  });

  it('Payments that are a paisa off are refused, with the amounts due and paid.', () => {
    fc.assert(
      fc.property(honestSales, fc.integer({ min: 1, max: 500 }), (input, off) => {
        const [payment] = input.claim.payments;
        const due = sumOf(input.claim.payments.map(({ amount }) => amount));
        fc.pre(payment !== undefined && due + off <= MAX_PAISE);
        const claim = Sale.parse({ ...input.claim, payments: [...input.claim.payments, { ...payment, amount: off }] });
        expect(decideCase({ ...input, claim })).toMatchObject({
          refused: 'PAYMENT_MISMATCH',
          facts: { due, paid: due + off },
        });
      }),
    );
  });

  it('A sale before the first price of an item is refused.', () => {
    fc.assert(
      fc.property(honestSales, (input) => {
        const later = [...input.context.items].map(([id, item]) => {
          const prices = item.prices.map((price) => ({ ...price, from: '2099-12-31' as typeof price.from }));
          return [id, { ...item, prices }] as const;
        });
        const context = { ...input.context, items: new Map(later) };
        expect(decideCase({ ...input, context })).toMatchObject({ refused: 'ITEM_NOT_PRICED' });
      }),
    );
  });
});

it("A sale's total stays within the limit of money, so every stored sale can be read.", () => {
  const line = { item: 'LKO-KURTA-01', quantity: 1, unitPrice: MAX_PAISE };
  const payment = { tender: 'upi', amount: MAX_PAISE };
  const most = {
    kind: 'S',
    occurredAt: '2026-11-22T05:00:00Z',
    by: 'S001',
    previous: null,
    lines: [line],
    payments: [payment],
  };
  expect(VoucherClaim.safeParse(most).success).toBe(true);
  expect(VoucherClaim.safeParse({ ...most, lines: [line, line], payments: [payment, payment] }).success).toBe(false);
});
