import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adjustsTax, saleDocumentOf } from '../../shared/billing/document-kind.ts';
import { gstinCheckDigit, Pan, panOfGstin } from '../../shared/kernel/gstin.ts';
import type { Paise } from '../../shared/kernel/quantity.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { extractTax } from '../../shared/kernel/tax.ts';
import { type Day, Instant } from '../../shared/kernel/time.ts';
import { placeOfSupplyOf } from '../../shared/ledger/buyer.ts';
import { readCsv } from '../../shared/platform/csv.ts';
import { CSV_COLUMNS, entryFromCsv } from '../../shared/registry/csv-columns.ts';
import { GstRate, GstRateId, type GstRateRow, rateInTiers, rateTiersOf } from '../../shared/registry/gst-rate.ts';
import { Item } from '../../shared/registry/item.ts';

// Cases worked by hand from the rules. The last column is the source.

describe('The kind of document', () => {
  it.each([
    ['regular', [500], false, 'tax-invoice', 'CGST s. 31(1), rule 46'],
    ['regular', [500], true, 'tax-invoice', 'CGST s. 31(1), rule 46(d)'],
    ['regular', [0], false, 'bill-of-supply', 'CGST s. 31(3)(c), rule 49'],
    ['regular', [0], true, 'bill-of-supply', 'CGST s. 31(3)(c), rule 49'],
    ['regular', [0, 500], false, 'invoice-cum-bill-of-supply', 'rule 46A'],
    ['composition', [0], false, 'bill-of-supply', 'CGST s. 10(4), s. 31(3)(c)'],
    ['unregistered', [0], false, 'bill', 'CGST s. 31 binds the registered'],
  ] as const)('%s, rates %j, registered buyer %s: %s (%s).', (registration, rates, hasGstin, kind, _source) => {
    expect(saleDocumentOf(registration, rates, hasGstin)).toBe(kind);
  });
});

describe('Tax inside a price', () => {
  it.each([
    [105_000, 500, false, { taxable: 100_000, cgst: 2_500, sgst: 2_500 }, 'CGST s. 9, rule 35'],
    [118_000, 1_800, false, { taxable: 100_000, cgst: 9_000, sgst: 9_000 }, 'rule 35'],
    [10_300, 300, false, { taxable: 10_000, cgst: 150, sgst: 150 }, '9/2025-CT(R) schedule IV'],
    [140_000, 4_000, false, { taxable: 100_000, cgst: 20_000, sgst: 20_000 }, '9/2025-CT(R) schedule III'],
    [40_100, 25, false, { taxable: 40_000, cgst: 50, sgst: 50 }, '9/2025-CT(R) schedule V'],
    [89_900, 500, false, { taxable: 85_620, cgst: 2_140, sgst: 2_140 }, 'each half rounded to the paisa'],
    [5_000, 0, false, { taxable: 5_000, cgst: 0, sgst: 0 }, '10/2025-CT(R)'],
    [105_000, 500, true, { taxable: 100_000, cgst: 0, sgst: 0, igst: 5_000 }, 'IGST s. 5'],
    [118_000, 1_800, true, { taxable: 100_000, cgst: 0, sgst: 0, igst: 18_000 }, 'IGST s. 5'],
    [89_900, 500, true, { taxable: 85_619, cgst: 0, sgst: 0, igst: 4_281 }, 'IGST s. 5, rounded once'],
  ] as const)('%i paise at %i basis points, inter-State %s: %j (%s).', (amount, rate, isInterState, tax, _source) => {
    expect(extractTax(amount as Paise, rate, isInterState)).toEqual({ gstBasisPoints: rate, ...tax });
  });
});

describe('A credit note adjusts tax', () => {
  it.each([
    ['2026-11-22', '2027-11-30', true],
    ['2026-11-22', '2027-12-01', false],
    ['2026-03-31', '2026-11-30', true],
    ['2026-03-31', '2026-12-01', false],
    ['2026-04-01', '2027-11-30', true],
  ])('for a sale of %s on %s: %s (CGST s. 34(2)).', (sale, note, adjusts) => {
    expect(adjustsTax(sale as Day, note as Day)).toBe(adjusts);
  });
});

describe('The place of supply', () => {
  const registered = (first14: string) => ({
    gstin: first14 + gstinCheckDigit(first14),
    name: 'Crafts of India',
    address: 'Janpath',
  });
  it.each([
    ['nobody is named', undefined, true, '09', 'IGST s. 10(1)(ca), no address: the supplier'],
    ['a stranger takes the goods at the stall', { state: '27' }, false, '09', 'IGST s. 10(1)(c)'],
    ['the State of a stranger is recorded', { state: '27' }, true, '27', 'Circular 209/3/2024'],
    ['a GSTIN of Delhi', registered('07AAACG2115R1Z'), false, '07', 'IGST s. 10(1)(a)'],
    ['a GSTIN of UP', registered('09AAACG2115R1Z'), true, '09', 'IGST s. 8(1)'],
    ['a GSTIN of 28', registered('28AAACG2115R1Z'), false, '37', 'Andhra Pradesh since 2014'],
    ['a GSTIN of 25', registered('25AAACG2115R1Z'), false, '26', 'Notification 10/2020-CT'],
  ] as const)('%s: %j, setting %s, %s (%s).', (_what, buyer, setting, state, _source) => {
    expect(placeOfSupplyOf(buyer, setting)).toBe(state);
  });
});

/** The rows that the demo imports, as an import reads them. */
const schedule = (): GstRateRow[] => {
  const text = readFileSync(new URL('../../local/demo-book/rates.csv', import.meta.url), 'utf8');
  const rows = readCsv(text, Object.keys(CSV_COLUMNS.rates));
  if (isRefusal(rows)) throw new Error(rows.detail);
  return rows.map((row) => ({
    id: GstRateId.parse(row.cells.id),
    ...GstRate.parse(entryFromCsv('rates', row, undefined, Instant.parse('2026-11-22T05:00:00.000Z'))),
  }));
};
const rows = schedule();

const rateOf = (hsn: string, rupees: number, more: object, day: string) => {
  const item = Item.parse({
    name: 'x',
    nameHi: 'क',
    product: 'KURTA',
    seller: 'LKO1',
    unit: 'piece',
    hsn,
    prices: [{ from: '2025-01-01', price: 100, mrp: 100 }],
    reorderPoint: 0,
    aliases: [],
    ...more,
  });
  const tiers = rateTiersOf(item, day as Day, rows);
  return tiers && rateInTiers(tiers, Math.round(rupees * 100), 1);
};

describe('The rate', () => {
  it.each([
    ['a kurta, the last price at 5 %', '6211', 2_625, {}, 500, '9/2025-CT(R) schedule I'],
    ['a kurta, the first paisa of the gap', '6211', 2_625.01, {}, undefined, '9/2025-CT(R)'],
    ['a kurta, the last paisa of the gap', '6211', 2_950, {}, undefined, '9/2025-CT(R)'],
    ['a kurta, the first price at 18 %', '6211', 2_950.01, {}, 1_800, '9/2025-CT(R) schedule II'],
    ['a T-shirt', '61099010', 700, {}, 500, '9/2025-CT(R) schedule I'],
    ['bed linen', '6302', 3_500, {}, 1_800, '9/2025-CT(R) schedule II'],
    ['juttis', '6403', 1_000, {}, 500, '9/2025-CT(R) schedule I'],
    ['a quilt', '94044010', 4_000, {}, 1_800, '9/2025-CT(R) schedule II'],
    ['loose rice', '1006', 90, {}, 0, '10/2025-CT(R)'],
    ['packed rice', '1006', 90, { prePacked: true }, 500, '9/2025-CT(R) schedule I'],
    ['loose pulses', '0713', 90, {}, 0, '10/2025-CT(R)'],
    ['packed pulses', '0713', 90, { prePacked: true }, 500, '9/2025-CT(R) schedule I'],
    ['perfume of Kannauj', '3303', 500, {}, 1_800, '9/2025-CT(R) schedule II'],
    ['a handbag', '42022210', 900, {}, 1_800, '9/2025-CT(R) schedule II'],
    ['a handbag as handicraft', '42022210', 900, { handicraft: true }, 500, '13/2025-CT(R) no. 2'],
    ['lacquer ware', '4420', 300, {}, 500, '13/2025-CT(R) no. 5'],
    ['a basket', '4602', 300, {}, 500, '13/2025-CT(R)'],
    ['a clay lamp', '69120040', 20, {}, 0, '10/2025-CT(R)'],
    ['glass bangles of Firozabad', '7018', 60, {}, 0, '10/2025-CT(R)'],
    ['a lock of Aligarh', '8301', 400, {}, 1_800, '9/2025-CT(R) schedule II'],
  ] as const)('of %s (HSN %s, ₹%d, %j) is %s: %s.', (_what, hsn, rupees, more, rate, _source) => {
    expect(rateOf(hsn, rupees, more, '2026-11-22')).toBe(rate);
  });

  it('Before 22 September 2025 these rows say nothing (9/2025-CT(R), paragraph 2).', () => {
    expect(rateOf('6211', 1_000, {}, '2025-09-21')).toBeUndefined();
  });
});

describe('A PAN', () => {
  it.each([
    ['AAAPL1234C', true, 'fourth letter P: a person'],
    ['AAACG2115R', true, 'fourth letter C: a company'],
    ['AAATZ1234C', true, 'fourth letter T: a trust'],
    ['AAAZL1234C', false, 'no holder has Z'],
    ['AAAPL123C', false, 'nine characters'],
    ['aaapl1234c', false, 'small letters'],
  ])('%s is one: %s (Income-tax rule 114; %s).', (text, isPan, _why) => {
    expect(Pan.safeParse(text).success).toBe(isPan);
  });

  it('It is characters 3 to 12 of a GSTIN (rule 10(1)).', () => {
    expect(panOfGstin('07AAACG2115R1ZN')).toBe('AAACG2115R');
  });
});
