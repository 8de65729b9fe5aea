import { amountInWords } from '../../shared/billing/amount-in-words.ts';
import { Bill } from '../../shared/billing/bill.ts';
import { getBill } from '../../shared/billing/bill-contract.ts';
import { upiLinkOf } from '../../shared/billing/upi-link.ts';
import type { Paise } from '../../shared/kernel/quantity.ts';
import { amountWithTax, extractTax } from '../../shared/kernel/tax.ts';

type Line = readonly [
  item: string,
  names: readonly [en: string, hi: string],
  goods: { readonly hsn: string; readonly uqc: string; readonly per?: string; readonly rate: number },
  sold: { readonly quantity: string; readonly unitPrice: number; readonly amount: number; readonly discount?: number },
];

const KURTA: Line[1] = [
  'Hand-embroidered Lucknow chikan kurta with keel kangan, shadow work and bakhiya, size XXL',
  'हाथ की कढ़ाई वाला लखनऊ चिकन कुर्ता, कील कंगन, छाया और बखिया सहित, आकार XXL',
];
const JARDOZI: Line[1] = ['Zari-zardozi clutch', 'ज़री-ज़रदोज़ी क्लच'];
const BRASS: Line[1] = ['Brass peacock lamp (Moradabad)', 'पीतल का मयूर दीप (मुरादाबाद)'];
const RICE: Line[1] = ['Kala namak rice of Siddharthnagar, loose', 'सिद्धार्थनगर का काला नमक चावल, खुला'];
const BANGLES: Line[1] = ['Glass bangles of Firozabad, pair', 'फ़िरोज़ाबाद की काँच की चूड़ियाँ, जोड़ी'];
const PERFUME: Line[1] = ['Attar of roses, Kannauj, 10 ml', 'कन्नौज का गुलाब इत्र, 10 मिली'];

const piece = (hsn: string, rate: number) => ({ hsn, uqc: 'PCS', rate });

const MANY: Line[] = [
  [
    'LKO-KURTA-XXL',
    KURTA,
    piece('62114290', 500),
    { quantity: '2', unitPrice: 249_900, amount: 479_800, discount: 20_000 },
  ],
  ['LKO-CLUTCH', JARDOZI, piece('42022210', 500), { quantity: '1', unitPrice: 189_950, amount: 189_950 }],
  ['MRD-LAMP', BRASS, piece('74198030', 500), { quantity: '3', unitPrice: 64_900, amount: 180_000, discount: 14_700 }],
  [
    'SDN-RICE',
    RICE,
    { hsn: '1006', uqc: 'KGS', per: 'kg', rate: 0 },
    { quantity: '12.75', unitPrice: 14_000, amount: 178_500 },
  ],
  ['FZD-BANGLE', BANGLES, { hsn: '7018', uqc: 'PRS', rate: 0 }, { quantity: '24', unitPrice: 6_050, amount: 145_200 }],
  ['KNJ-ROSE', PERFUME, piece('33030020', 1_800), { quantity: '1', unitPrice: 88_500, amount: 88_500 }],
  [
    'LKO-GOWN',
    ['Chikan gown', 'चिकन गाउन'],
    piece('62044290', 1_800),
    { quantity: '1', unitPrice: 1_299_900, amount: 1_299_900 },
  ],
  [
    'BHD-RUG',
    ['Hand-knotted rug of Bhadohi, 4 × 6 ft', 'भदोही का हाथ से बुना क़ालीन, 4 × 6 फ़ुट'],
    piece('57011000', 500),
    { quantity: '1', unitPrice: 4_500_000, amount: 4_499_999, discount: 1 },
  ],
];

const example = Bill.parse(getBill.example.reply);

const billWith = (lines: readonly Line[], more: object, isInterState = false): Bill => {
  const rows = lines.map(([item, [name, nameHi], { rate, ...facts }, { amount, ...sold }], at) => {
    const tax = extractTax(amount as Paise, rate, isInterState);
    return { line: at + 1, item, name, nameHi, ...facts, ...sold, ...tax, amount: amountWithTax(tax) };
  });
  const sum = (of: readonly (typeof rows)[number][], part: 'taxable' | 'cgst' | 'sgst' | 'igst' | 'amount') =>
    of.reduce((all, row) => all + (row[part] ?? 0), 0);
  const totals = (of: readonly (typeof rows)[number][]) => ({
    taxable: sum(of, 'taxable'),
    cgst: sum(of, 'cgst'),
    sgst: sum(of, 'sgst'),
    ...(isInterState && { igst: sum(of, 'igst') }),
  });
  const exact = sum(rows, 'amount');
  const total = Math.round(exact / 100) * 100;
  return Bill.parse({
    document: 'tax-invoice',
    number: example.number,
    location: example.location,
    day: example.day,
    at: example.at,
    seller: example.seller,
    placeOfSupply: '09',
    reverseCharge: false,
    lines: rows,
    taxes: [...Map.groupBy(rows, ({ gstBasisPoints }) => gstBasisPoints)]
      .toSorted(([one], [other]) => one - other)
      .map(([gstBasisPoints, same]) => ({ gstBasisPoints, ...totals(same) })),
    ...totals(rows),
    roundOff: total - exact,
    total,
    totalInWords: amountInWords(total as Paise),
    payments: [{ tender: 'cash', amount: total }],
    ...more,
  });
};

const longSeller = {
  name: 'Uttar Pradesh Handicrafts Development and Marketing Co-operative Federation Limited',
  nameHi: 'उत्तर प्रदेश हस्तशिल्प विकास एवं विपणन सहकारी संघ लिमिटेड',
  registration: 'regular',
  gstin: '09XXXZD0055X1Z7',
  address: 'Hastshilp Bhawan, 2nd floor, Vibhuti Khand, Gomti Nagar, Lucknow, Uttar Pradesh',
  pinCode: '226010',
  fssai: '10012345678901',
};

/** Bills that are hard to lay out: each kind of document, long names, many lines. */
export const GOLDEN_BILLS: Readonly<Record<string, Bill>> = {
  'one-line': example,
  'many-lines': billWith(MANY, {
    document: 'invoice-cum-bill-of-supply',
    seller: longSeller,
    needsBuyer: true,
    payments: [
      { tender: 'upi', amount: 5_000_000, reference: '432198765012' },
      { tender: 'cash', amount: 2_061_800 },
    ],
  }),
  'credit-note': billWith(MANY.slice(0, 2), {
    document: 'credit-note',
    number: '7KQ2MV2712150003',
    day: '2027-12-15',
    at: '2027-12-15T09:12:00.000Z',
    against: { number: '7KQ2MS2611220001', day: '2026-11-22' },
    adjustsTax: false,
    reason: 'The embroidery came undone at the first wash; ग्राहक ने कुर्ता लौटाया',
  }),
  'inter-state': billWith(
    MANY.slice(6, 8),
    {
      placeOfSupply: '07',
      buyer: {
        gstin: '07AAGFF2194N1Z1',
        name: 'Federation of Crafts and Handloom Emporia of Delhi Private Limited',
        address: 'Baba Kharak Singh Marg, Connaught Place, New Delhi 110001',
      },
      payments: [{ tender: 'upi', amount: 5_799_900 }],
      upi: upiLinkOf({
        payee: { vpa: 'hastshilp@sbi', name: 'UP Handicrafts', merchantCategory: '5947' },
        number: example.number,
        amount: 5_799_900 as Paise,
        mode: 'qr',
      }),
    },
    true,
  ),
  composition: billWith(MANY.slice(3, 5), {
    document: 'bill-of-supply',
    seller: { ...longSeller, registration: 'composition' },
  }),
};
