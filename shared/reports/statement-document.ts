import { amountInWords, formatAmount, formatRupees } from '../billing/amount-in-words.ts';
import { quantityInUqc } from '../billing/bill.ts';
import { formatRate, uqcText } from '../billing/bill-document.ts';
import type { PrintedCell, PrintedDocument, PrintedSum, PrintedTable } from '../billing/printed-document.ts';
import type { Paise } from '../kernel/quantity.ts';
import { type Sum, subtract } from '../kernel/sum.ts';
import { textsIn } from '../kernel/texts.ts';
import type { BilingualText, Language } from '../kernel/units.ts';
import { uqcOf } from '../registry/item.ts';
import type { SellerStatement } from './statement-contract.ts';

const TEXTS = {
  title: { en: "Seller's statement", hi: 'विक्रेता का विवरण' },
  period: { en: 'Month', hi: 'महीना' },
  seller: { en: 'Seller', hi: 'विक्रेता' },
  bills: { en: 'Bills', hi: 'बिल' },
  returns: { en: 'Returns', hi: 'वापसियाँ' },
  item: { en: 'Item', hi: 'वस्तु' },
  sold: { en: 'Sold', hi: 'बिका' },
  returned: { en: 'Returned', hi: 'वापस' },
  taxable: { en: 'Taxable value', hi: 'कर-योग्य मूल्य' },
  tax: { en: 'GST', hi: 'जीएसटी' },
  stock: { en: 'Stock', hi: 'शेष माल' },
  rate: { en: 'GST', hi: 'जीएसटी' },
  exempt: { en: 'Exempt', hi: 'कर-मुक्त' },
  cgst: { en: 'CGST', hi: 'सीजीएसटी' },
  sgst: { en: 'SGST', hi: 'एसजीएसटी' },
  igst: { en: 'IGST', hi: 'आईजीएसटी' },
  sales: { en: 'Sales', hi: 'बिक्री' },
  refunds: { en: 'Refunds', hi: 'वापस किया' },
  rounding: { en: 'of it rounding', hi: 'इसमें पूर्णांकन' },
  net: { en: 'Net sales', hi: 'शुद्ध बिक्री' },
  figures: {
    en: 'Amounts in rupees, with tax. Stock is at average cost, at all outlets and depots.',
    hi: 'राशियाँ रुपये में, कर सहित। शेष माल औसत लागत पर, सब स्टॉल और डिपो का।',
  },
  closes: { en: 'Adds up to day closes', hi: 'इतनी दिन-बंदियों के जोड़ के बराबर' },
  unclosed: { en: 'Not closed to the end of the month', hi: 'महीने के अंत तक बंद नहीं हुए' },
  missing: { en: 'Missing numbers', hi: 'छूटे हुए नंबर' },
} as const satisfies Record<string, BilingualText>;

const MONTHS = {
  en: 'January February March April May June July August September October November December',
  hi: 'जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर',
} as const satisfies BilingualText;

export const monthName = (period: string, language: Language): string =>
  `${MONTHS[language].split(' ')[Number(period.slice(5)) - 1]} ${period.slice(0, 4)}`;

const amountOf = (paise: Sum): string => formatAmount(Number(paise));

/** The texts of a statement, for a PDF. */
export const statementDocumentOf = (statement: SellerStatement, language: Language): PrintedDocument => {
  const say = textsIn(TEXTS, language);
  const { seller, name, period, totals, rounding, closes, unclosed, missing } = statement;
  const net = Number(totals.net);
  const rounded = Number(subtract(rounding.amount, rounding.refunded));
  const sums: PrintedSum[] = [
    { name: say('sales'), amount: amountOf(totals.amount) },
    { name: say('refunds'), amount: amountOf(totals.refunded) },
    {
      name: say('net'),
      amount: formatRupees(net),
      isTotal: true,
      ...(rounded !== 0 && { detail: `${say('rounding')} ${formatAmount(rounded)}` }),
    },
  ];
  return {
    language,
    paper: 'a4',
    title: say('title'),
    number: `${seller} ${period}`,
    issuer: { name, lines: [`${say('seller')} ${seller}`] },
    notices: [],
    facts: [
      { name: say('period'), text: monthName(period, language) },
      { name: say('bills'), text: String(totals.sales) },
      { name: say('returns'), text: String(totals.refunds) },
      { name: say('closes'), text: String(closes.days) },
    ],
    lines: {
      headings: (['item', 'sold', 'returned', 'taxable', 'tax', 'stock'] as const).map((name) => say(name)),
      rows: itemRows(statement, language),
    },
    taxes: taxTable(statement, say),
    sums,
    words: net > 0 ? amountInWords(net as Paise)[language] : '',
    remarks: [say('figures')],
    warnings: [
      ...(unclosed.length > 0 ? [`${say('unclosed')}: ${unclosed.join(', ')}`] : []),
      ...(missing.many > 0 ? [`${say('missing')} (${missing.many}): ${missing.numbers.join(', ')}`] : []),
    ],
  };
};

const itemRows = ({ lines, items }: SellerStatement, language: Language): PrintedCell[][] => {
  const byId = new Map(items.map((item) => [item.id, item]));
  return lines.map((line) => {
    const item = byId.get(line.item);
    const uqc = uqcOf({ unit: item?.unit ?? 'piece' });
    const quantity = (base: Sum, paise: Sum | undefined): PrintedCell => ({
      text: `${quantityInUqc(Number(base), uqc)} ${uqcText(uqc, language)}`,
      ...(paise !== undefined && { detail: amountOf(paise) }),
    });
    const tax = Number(line.cgst) + Number(line.sgst) + Number(line.igst);
    return [
      { text: (language === 'hi' ? item?.nameHi : item?.name) ?? line.item, detail: line.item },
      quantity(line.sold, line.amount),
      quantity(line.returned, line.refunded),
      { text: amountOf(line.taxable) },
      { text: formatAmount(tax) },
      line.onHand === undefined ? { text: '–' } : quantity(line.onHand, line.value),
    ];
  });
};

const taxTable = ({ taxes }: SellerStatement, say: (text: keyof typeof TEXTS) => string): PrintedTable => ({
  headings: (['rate', 'taxable', 'cgst', 'sgst', 'igst'] as const).map((name) => say(name)),
  rows: taxes.map(({ gstBasisPoints, taxable, cgst, sgst, igst }) => [
    { text: gstBasisPoints === 0 ? say('exempt') : formatRate(gstBasisPoints) },
    ...[taxable, cgst, sgst, igst].map((paise) => ({ text: amountOf(paise) })),
  ]),
});
