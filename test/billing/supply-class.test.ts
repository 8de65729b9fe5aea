import { expect, it } from 'vitest';
import { isSale } from '../../shared/billing/bill.ts';
import { supplyFactsOf } from '../../shared/billing/supply-class.ts';
import { gstinCheckDigit } from '../../shared/kernel/gstin.ts';
import { Voucher } from '../../shared/ledger/voucher.ts';

const gstin = (first14: string) => first14 + gstinCheckDigit(first14);
const registered = (first14: string) => ({ gstin: gstin(first14), name: 'Crafts of India', address: 'Janpath' });

const factsOf = (rupees: number, placeOfSupply?: string, buyer?: object, day = '2026-11-22') => {
  const total = rupees * 100;
  const sale = Voucher.parse({
    number: `7KQ2MS${day.slice(2).replaceAll('-', '')}0001`,
    location: 'LKO-01',
    seller: 'LKO1',
    claim: {
      kind: 'S',
      occurredAt: `${day}T05:00:00.000Z`,
      by: 'S001',
      previous: null,
      lines: [{ item: 'LKO-KURTA-01', quantity: 1, unitPrice: total }],
      payments: [{ tender: 'cash', amount: total }],
      ...(buyer && { buyer }),
    },
    admission: { way: 'live', goodsInHand: false },
    outcome: {
      total,
      tax: [{ gstBasisPoints: 0, taxable: total, cgst: 0, sgst: 0, ...(placeOfSupply && { igst: 0 }) }],
      ...(placeOfSupply && { placeOfSupply }),
    },
    recordedAt: `${day}T05:00:00.000Z`,
    enteredBy: 'x',
  });
  if (!isSale(sale)) throw new Error('it is a sale');
  return supplyFactsOf(sale);
};

it.each`
  what                                          | facts                                                    | supply    | placeOfSupply
  ${'nobody is named'}                          | ${factsOf(200_000)}                                      | ${'b2cs'} | ${'09'}
  ${'a registered buyer of UP'}                 | ${factsOf(500, undefined, registered('09AAACG2115R1Z'))} | ${'b2b'}  | ${'09'}
  ${'a registered buyer of Delhi'}              | ${factsOf(500_000, '07', registered('07AAACG2115R1Z'))}  | ${'b2b'}  | ${'07'}
  ${'a stranger of Delhi, 1 lakh'}              | ${factsOf(100_000, '07', { state: '07' })}               | ${'b2cs'} | ${'07'}
  ${'a stranger of Delhi, above 1 lakh'}        | ${factsOf(100_001, '07', { state: '07' })}               | ${'b2cl'} | ${'07'}
  ${'above 1 lakh, before August 2024'}         | ${factsOf(100_001, '07', { state: '07' }, '2024-07-31')} | ${'b2cs'} | ${'07'}
  ${'a stranger of Delhi at the stall, 2 lakh'} | ${factsOf(200_000, undefined, { state: '07' })}          | ${'b2cs'} | ${'09'}
`('GSTR-1 reports $what as $supply of $placeOfSupply.', ({ facts, supply, placeOfSupply }) => {
  expect(facts).toMatchObject({ supply, placeOfSupply, isInterState: placeOfSupply !== '09' });
  expect('gstin' in facts).toBe(supply === 'b2b');
});
