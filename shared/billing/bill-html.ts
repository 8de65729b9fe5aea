import { GST_STATES } from '../kernel/gstin.ts';
import { type Day, istTimeOf } from '../kernel/time.ts';
import type { BilingualText, Language } from '../kernel/units.ts';
import { unitNameHi } from '../kernel/units.ts';
import { BASE_UNITS_PER_UQC } from '../registry/item.ts';
import { formatAmount, formatRupees } from './amount-in-words.ts';
import { type Bill, type BillLine, lastAdjustmentDayOf } from './bill.ts';
import { DOCUMENT_TITLES } from './document-kind.ts';

/** `compositionSeller`: the wording of rule 5(1)(f), at the top of each bill of supply. */
const TEXTS = {
  compositionSeller: {
    en: 'Composition taxable person, not eligible to collect tax on supplies',
    hi: 'कम्पोज़ीशन करदाता, आपूर्ति पर कर लेने का पात्र नहीं',
  },
  unregistered: { en: 'Seller not registered under GST', hi: 'विक्रेता जीएसटी में पंजीकृत नहीं' },
  number: { en: 'No.', hi: 'सं.' },
  date: { en: 'Date', hi: 'दिनांक' },
  stall: { en: 'Stall', hi: 'स्टॉल' },
  against: { en: 'Against bill', hi: 'मूल बिल' },
  reason: { en: 'Reason', hi: 'कारण' },
  supply: { en: 'Place of supply', hi: 'आपूर्ति का स्थान' },
  reverseCharge: { en: 'Reverse charge: no.', hi: 'रिवर्स चार्ज: नहीं।' },
  item: { en: 'Item', hi: 'वस्तु' },
  quantity: { en: 'Quantity', hi: 'मात्रा' },
  price: { en: 'Price', hi: 'दर' },
  amount: { en: 'Amount', hi: 'राशि' },
  discount: { en: 'less', hi: 'छूट' },
  rate: { en: 'GST', hi: 'जीएसटी' },
  exempt: { en: 'Exempt', hi: 'कर-मुक्त' },
  taxable: { en: 'Taxable value', hi: 'कर-योग्य मूल्य' },
  cgst: { en: 'CGST', hi: 'सीजीएसटी' },
  sgst: { en: 'SGST', hi: 'एसजीएसटी' },
  taxIncluded: { en: 'Prices include tax.', hi: 'मूल्य में कर शामिल है।' },
  roundOff: { en: 'Rounding', hi: 'पूर्णांकन' },
  total: { en: 'Total', hi: 'कुल' },
  refund: { en: 'Refund', hi: 'वापसी' },
  noAdjustment: { en: 'No adjustment of GST: the last day was', hi: 'जीएसटी समायोजन नहीं: अंतिम दिन था' },
  pinCode: { en: 'PIN', hi: 'पिन' },
  cash: { en: 'Cash', hi: 'नक़द' },
  upi: { en: 'UPI', hi: 'यूपीआई' },
  card: { en: 'Card', hi: 'कार्ड' },
  exchange: { en: 'Exchange', hi: 'बदले में' },
} as const satisfies Record<string, BilingualText>;

/** The units that prices and quantities name. Other unit codes of GST are shown as they are. */
const UNITS: Readonly<Record<string, BilingualText>> = {
  PCS: { en: 'pcs', hi: 'नग' },
  PRS: { en: 'pairs', hi: 'जोड़ी' },
  SET: { en: 'sets', hi: 'सेट' },
  KGS: { en: 'kg', hi: 'किग्रा' },
  GMS: { en: 'g', hi: 'ग्राम' },
  LTR: { en: 'litre', hi: 'लीटर' },
  MLT: { en: 'ml', hi: 'मिली' },
  MTR: { en: 'metre', hi: 'मीटर' },
  MM: { en: 'mm', hi: 'मिमी' },
};

/** Where a price names no unit, it is for one base unit. */
const BASE_UNIT_OF: Readonly<Record<string, string>> = { KGS: 'GMS', LTR: 'MLT', MTR: 'MM' };

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

const formatDay = (day: Day): string => day.split('-').toReversed().join('-');

/** `2.5 %`. */
const formatRate = (basisPoints: number): string => `${basisPoints / 100} %`;

/** `5 % (2.5 + 2.5)`: CGST and SGST have half each. */
const formatHalves = (basisPoints: number): string =>
  `${formatRate(basisPoints)} (${basisPoints / 200} + ${basisPoints / 200})`;

const STYLE = `
*{box-sizing:border-box}
body{margin:0 auto;padding:4mm;max-width:148mm;font:13px/1.35 "Noto Sans","Noto Sans Devanagari","Nirmala UI",sans-serif;color:#000;background:#fff}
header{text-align:center}
h1{font-size:15px;margin:0 0 2mm}
h2{font-size:17px;margin:0}
p{margin:0}
dl{display:flex;flex-wrap:wrap;gap:0 6mm;margin:2mm 0;padding:1mm 0;border:solid #000;border-width:1px 0}
dl div{display:flex;gap:1mm}
dt::after{content:":"}
dd{margin:0;font-weight:600;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;margin:2mm 0}
th{font-weight:600;border-bottom:1px solid #000}
td,th{padding:1mm 0;text-align:right;vertical-align:top}
td:first-child,th:first-child{text-align:left}
td+td,th+th{padding-left:2mm}
tbody tr{break-inside:avoid}
small{display:block;font-size:11px}
.total td{border-top:1px solid #000;font-size:17px;font-weight:700}
.note{font-weight:600;text-align:center;margin:2mm 0}
@page{size:A5;margin:8mm}
@media print{body{padding:0}}
`.replaceAll('\n', '');

/**
 * A whole HTML page in one language, for a phone and for A5 paper. It needs no script and loads
 * nothing. All text of people is escaped.
 */
export const renderBillHtml = (bill: Bill, language: Language): string => {
  const say = (text: keyof typeof TEXTS): string => TEXTS[text][language];
  const { seller, document } = bill;
  const title = DOCUMENT_TITLES[document][language];
  const hasTax = seller.registration === 'regular' && document !== 'bill-of-supply';
  const facts: [string, string][] = [
    [say('number'), bill.number],
    [say('date'), `${formatDay(bill.day)} ${istTimeOf(bill.at)}`],
    [say('stall'), bill.location],
    ...(bill.against
      ? [[say('against'), `${bill.against.number}, ${formatDay(bill.against.day)}`] satisfies [string, string]]
      : []),
    ...(bill.reason ? [[say('reason'), bill.reason] satisfies [string, string]] : []),
    ...(hasTax
      ? [
          [say('supply'), `${GST_STATES[bill.placeOfSupply][language]} (${bill.placeOfSupply})`] satisfies [
            string,
            string,
          ],
        ]
      : []),
  ];
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeHtml(`${title} ${bill.number}`)}</title><style>${STYLE}</style></head><body>`,
    `<header><h1>${title}</h1><h2>${escapeHtml(seller.name)}</h2>`,
    ...sellerLines(bill, say).map((line) => `<p>${escapeHtml(line)}</p>`),
    '</header>',
    ...(seller.registration === 'composition' ? [`<p class="note">${say('compositionSeller')}</p>`] : []),
    `<dl>${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`).join('')}</dl>`,
    `<table><thead><tr>${(['item', 'quantity', 'price', 'amount'] as const).map((name) => `<th>${say(name)}</th>`).join('')}</tr></thead><tbody>`,
    ...bill.lines.map((line) => lineRow(line, hasTax, language, say)),
    '</tbody></table>',
    ...(hasTax ? taxTable(bill, say) : []),
    '<table><tbody>',
    ...(bill.roundOff === 0 ? [] : [`<tr><td>${say('roundOff')}</td><td>${formatAmount(bill.roundOff)}</td></tr>`]),
    `<tr class="total"><td>${say(document === 'credit-note' ? 'refund' : 'total')}</td><td>${formatRupees(bill.total)}</td></tr>`,
    ...bill.payments.map(
      ({ tender, amount, reference }) =>
        `<tr><td>${say(tender)}${reference ? ` <small>${escapeHtml(reference)}</small>` : ''}</td><td>${formatAmount(amount)}</td></tr>`,
    ),
    `</tbody></table><p>${bill.totalInWords[language]}</p>`,
    ...(hasTax ? [`<p><small>${say('taxIncluded')} ${say('reverseCharge')}</small></p>`] : []),
    ...(bill.adjustsTax === false
      ? [`<p class="note">${say('noAdjustment')} ${formatDay(lastAdjustmentDayOf(bill))}</p>`]
      : []),
    '</body></html>\n',
  ].join('');
};

const sellerLines = ({ seller }: Bill, say: (text: keyof typeof TEXTS) => string): string[] => [
  ...(seller.address ? [`${seller.address}${seller.pinCode ? `, ${say('pinCode')} ${seller.pinCode}` : ''}`] : []),
  seller.gstin ? `GSTIN ${seller.gstin}` : say('unregistered'),
  ...(seller.fssai ? [`FSSAI ${seller.fssai}`] : []),
];

const lineRow = (
  line: BillLine,
  hasTax: boolean,
  language: Language,
  say: (text: keyof typeof TEXTS) => string,
): string => {
  const unitOf = (code: string): string => UNITS[code]?.[language] ?? code;
  const base = BASE_UNITS_PER_UQC[line.uqc] === 1 ? line.uqc : (BASE_UNIT_OF[line.uqc] ?? line.uqc);
  const rate = line.gstBasisPoints === 0 ? say('exempt') : `${say('rate')} ${formatRate(line.gstBasisPoints)}`;
  const priceUnit = line.per === undefined ? unitOf(base) : language === 'hi' ? unitNameHi(line.per) : line.per;
  const name = language === 'hi' ? line.nameHi : line.name;
  const discount = line.discount ? `<small>${say('discount')} ${formatAmount(line.discount)}</small>` : '';
  return [
    `<tr><td>${escapeHtml(name)}<small>HSN ${line.hsn}${hasTax ? ` · ${rate}` : ''}</small></td>`,
    `<td>${line.quantity} ${escapeHtml(unitOf(line.uqc))}</td>`,
    `<td>${formatAmount(line.unitPrice)}<small>/ ${escapeHtml(priceUnit)}</small></td>`,
    `<td>${formatAmount(line.amount)}${discount}</td></tr>`,
  ].join('');
};

const taxTable = ({ taxes, taxable, cgst, sgst }: Bill, say: (text: keyof typeof TEXTS) => string): string[] => {
  const row = (name: string, amounts: readonly number[]) =>
    `<tr><td>${name}</td>${amounts.map((amount) => `<td>${formatAmount(amount)}</td>`).join('')}</tr>`;
  return [
    `<table><thead><tr>${(['rate', 'taxable', 'cgst', 'sgst'] as const).map((name) => `<th>${say(name)}</th>`).join('')}</tr></thead><tbody>`,
    ...taxes.map((tax) =>
      row(tax.gstBasisPoints === 0 ? say('exempt') : formatHalves(tax.gstBasisPoints), [
        Number(tax.taxable),
        Number(tax.cgst),
        Number(tax.sgst),
      ]),
    ),
    ...(taxes.length > 1 ? [row(say('total'), [taxable, cgst, sgst])] : []),
    '</tbody></table>',
  ];
};
