import * as z from 'zod';
import { targetOf } from '../kernel/access.ts';
import { StockLocationId } from '../kernel/ids.ts';
import { Language } from '../kernel/units.ts';
import { LedgerNumber } from '../ledger/voucher-contract.ts';
import { defineReadOperation, FileBytes } from '../platform/operation-contract.ts';
import { Bill } from './bill.ts';

export const exampleSeller = {
  name: 'Lucknow Chikan Karigar Samiti',
  registration: 'regular',
  gstin: '09XXXZD0055X1Z7',
  address: '12 Chowk, Lucknow',
  pinCode: '226003',
};

const exampleBill = {
  document: 'tax-invoice',
  number: '7KQ2MS2611220001',
  location: 'LKO-01',
  day: '2026-11-22',
  at: '2026-11-22T05:00:00.000Z',
  seller: exampleSeller,
  placeOfSupply: '09',
  reverseCharge: false,
  lines: [
    {
      line: 1,
      item: 'LKO-KURTA-M',
      name: 'Chikan kurta, M',
      nameHi: 'चिकन कुर्ता, एम',
      hsn: '6211',
      uqc: 'PCS',
      quantity: '2',
      unitPrice: 89_900,
      gstBasisPoints: 500,
      taxable: 171_238,
      cgst: 4_281,
      sgst: 4_281,
      amount: 179_800,
    },
  ],
  taxes: [{ gstBasisPoints: 500, taxable: 171_238, cgst: 4_281, sgst: 4_281 }],
  taxable: 171_238,
  cgst: 4_281,
  sgst: 4_281,
  roundOff: 0,
  total: 179_800,
  totalInWords: {
    en: 'Rupees one thousand seven hundred ninety-eight only',
    hi: 'एक हज़ार सात सौ अट्ठानवे रुपये मात्र',
  },
  payments: [{ tender: 'upi', amount: 179_800, reference: '432198765012' }],
};

export const getBill = defineReadOperation({
  id: 'getBill',
  function: 'bills',
  route: '/locations/{location}/vouchers/{number}/bill',
  summary:
    'Read the bill of a sale, or the credit note of its return: JSON, or with `Accept: text/html` a page to print and share, in Hindi unless `language` is en. Its facts are those of the day of the sale.',
  access: { roles: ['outlet', 'officer', 'admin'], target: ({ path: { location } }) => targetOf(location) },
  path: z.strictObject({ location: StockLocationId, number: LedgerNumber }),
  query: z.strictObject({ language: Language.optional() }),
  reply: Bill,
  html: { example: '<!doctype html><html lang="hi">…</html>' },
  pdf: { suffix: '.pdf' },
  errors: ['NOT_FOUND', 'NO_BILL', 'BILL_INCOMPLETE'],
  example: { path: { location: 'LKO-01', number: '7KQ2MS2611220001' }, reply: exampleBill },
});

/** Typst is 29 MB, so PDFs have a function of their own. */
export const getBillPdf = defineReadOperation({
  id: 'getBillPdf',
  function: 'documents',
  route: '/locations/{location}/vouchers/{number}/bill.pdf',
  summary:
    'Read the bill of a sale, or the credit note of its return, as a PDF of A5 pages with the same facts. In Hindi or English, by `language` or `Accept-Language`. `getBill` with `Accept: application/pdf` leads here.',
  access: getBill.access,
  path: getBill.path,
  query: getBill.query,
  reply: FileBytes,
  binary: 'application/pdf',
  errors: getBill.errors,
  example: { path: getBill.example.path, reply: new Uint8Array() },
});
