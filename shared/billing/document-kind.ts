import * as z from 'zod';
import type { GstBasisPoints } from '../kernel/tax.ts';
import { addDays, type Day } from '../kernel/time.ts';
import type { BilingualText } from '../kernel/units.ts';
import type { Registration } from '../registry/seller.ts';

/**
 * Documents of the CGST Rules 2017: tax invoice (46), invoice-cum-bill of supply (46A), bill of
 * supply (49), credit note (53). A seller without registration gives a plain bill.
 */
export const DocumentKind = z.enum([
  'tax-invoice',
  'bill-of-supply',
  'invoice-cum-bill-of-supply',
  'bill',
  'credit-note',
]);
export type DocumentKind = z.infer<typeof DocumentKind>;

export const DOCUMENT_TITLES = {
  'tax-invoice': { en: 'Tax invoice', hi: 'कर बीजक' },
  'bill-of-supply': { en: 'Bill of supply', hi: 'आपूर्ति बिल' },
  'invoice-cum-bill-of-supply': { en: 'Invoice-cum-bill of supply', hi: 'बीजक-सह-आपूर्ति बिल' },
  bill: { en: 'Bill', hi: 'बिल' },
  'credit-note': { en: 'Credit note', hi: 'क्रेडिट नोट' },
} as const satisfies Record<DocumentKind, BilingualText>;

/** `rates`: of the lines, 0 if exempt. Only an unregistered buyer gets both on one. */
export const saleDocumentOf = (
  registration: Registration['registration'],
  rates: readonly GstBasisPoints[],
  hasRegisteredBuyer = false,
): DocumentKind => {
  if (registration === 'unregistered') return 'bill';
  if (registration === 'composition') return 'bill-of-supply';
  const taxed = rates.some((rate) => rate > 0);
  const exempt = rates.some((rate) => rate === 0);
  if (taxed && exempt && !hasRegisteredBuyer) return 'invoice-cum-bill-of-supply';
  return taxed ? 'tax-invoice' : 'bill-of-supply';
};

/** Section 34: a credit note adjusts tax until 30 November after the sale's financial year. */
export const lastCreditNoteDay = (sale: Day): Day => {
  const year = Number(sale.slice(0, 4));
  const month = Number(sale.slice(5, 7));
  return `${month >= 4 ? year + 1 : year}-11-30` as Day;
};

/** True if a credit note of this day may lower the seller's output tax. */
export const adjustsTax = (sale: Day, note: Day): boolean => note < addDays(lastCreditNoteDay(sale), 1);
