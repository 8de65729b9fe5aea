import { expect, it } from 'vitest';
import { adjustsTax, lastCreditNoteDay, saleDocumentOf } from '../../shared/billing/document-kind.ts';
import type { GstBasisPoints } from '../../shared/kernel/tax.ts';
import type { Day } from '../../shared/kernel/time.ts';

it.each([
  ['regular', [500, 1_800], 'tax-invoice', 'rule 46'],
  ['regular', [0], 'bill-of-supply', 'rule 49'],
  ['regular', [0, 500], 'invoice-cum-bill-of-supply', 'rule 46A'],
  ['composition', [0], 'bill-of-supply', 'rule 49 and section 10'],
  ['unregistered', [0], 'bill', 'section 31 binds registered persons'],
] as const)('A %s seller of goods at %j gives a %s (%s).', (registration, rates, kind, _source) => {
  expect(saleDocumentOf(registration, rates as readonly GstBasisPoints[])).toBe(kind);
});

it.each([
  ['2026-04-01', '2027-11-30'],
  ['2026-11-22', '2027-11-30'],
  ['2027-03-31', '2027-11-30'],
  ['2027-04-01', '2028-11-30'],
])('Tax of a sale on %s may be adjusted until %s (section 34).', (sale, last) => {
  const day = sale as Day;
  expect(lastCreditNoteDay(day)).toBe(last);
  expect(adjustsTax(day, last as Day)).toBe(true);
  expect(adjustsTax(day, last.replace('-11-30', '-12-01') as Day)).toBe(false);
});
