import { GST_STATES } from '../kernel/gstin.ts';
import type { ItemId } from '../kernel/ids.ts';
import type { TaxSum } from '../kernel/tax.ts';
import { textsIn } from '../kernel/texts.ts';
import { type Day, istTimeOf } from '../kernel/time.ts';
import type { BilingualText, Language } from '../kernel/units.ts';
import { unitNameHi } from '../kernel/units.ts';
import { BASE_UNITS_PER_UQC } from '../registry/item.ts';
import { formatAmount, formatRupees } from './amount-in-words.ts';
import { type Bill, type BillLine, lastAdjustmentDayOf } from './bill.ts';
import { DOCUMENT_TITLES } from './document-kind.ts';
import type { PrintedCell, PrintedDocument, PrintedSum, PrintedTable } from './printed-document.ts';

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
  buyer: { en: 'Buyer', hi: 'ख़रीदार' },
  buyersAddress: { en: "Buyer's address", hi: 'ख़रीदार का पता' },
  buyersState: { en: "Buyer's State", hi: 'ख़रीदार का राज्य' },
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
  beforeTax: { en: 'Value before tax', hi: 'कर से पहले मूल्य' },
  cgst: { en: 'CGST', hi: 'सीजीएसटी' },
  sgst: { en: 'SGST', hi: 'एसजीएसटी' },
  igst: { en: 'IGST', hi: 'आईजीएसटी' },
  taxIncluded: { en: 'Prices include tax.', hi: 'मूल्य में कर शामिल है।' },
  roundOff: { en: 'Rounding', hi: 'पूर्णांकन' },
  total: { en: 'Total', hi: 'कुल' },
  refund: { en: 'Refund', hi: 'वापसी' },
  noAdjustment: { en: 'No adjustment of GST: the last day was', hi: 'जीएसटी समायोजन नहीं: अंतिम दिन था' },
  pinCode: { en: 'PIN', hi: 'पिन' },
  payByUpi: { en: 'Not paid yet? Scan to pay by UPI', hi: 'भुगतान नहीं किया? यूपीआई से देने के लिए स्कैन करें' },
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

export const formatDay = (day: Day): string => day.split('-').toReversed().join('-');

/** `2.5 %`. */
export const formatRate = (basisPoints: number): string => `${basisPoints / 100} %`;

/** `5 % (2.5 + 2.5)`: CGST and SGST have half each, IGST has all. */
const formatShares = (basisPoints: number, isInterState: boolean): string =>
  `${formatRate(basisPoints)}${isInterState ? '' : ` (${basisPoints / 200} + ${basisPoints / 200})`}`;

type Say = (text: keyof typeof TEXTS) => string;

export const uqcText = (code: string, language: Language): string => UNITS[code]?.[language] ?? code;

/** The texts of a bill or a credit note, for HTML, PDF and the printer of a stall. */
export const billDocumentOf = (bill: Bill, language: Language): PrintedDocument => {
  const say = textsIn(TEXTS, language);
  const { seller, document } = bill;
  const hasTax = seller.registration === 'regular' && document !== 'bill-of-supply';
  const total: PrintedSum = {
    name: say(document === 'credit-note' ? 'refund' : 'total'),
    amount: formatRupees(bill.total),
    isTotal: true,
  };
  return {
    language,
    title: DOCUMENT_TITLES[document][language],
    number: bill.number,
    issuer: issuerOf(seller, language),
    notices: seller.registration === 'composition' ? [say('compositionSeller')] : [],
    facts: factsOf(bill, hasTax, language),
    lines: {
      headings: [say('item'), say('quantity'), say('price'), say('amount')],
      rows: bill.lines.map((line) => lineCells(line, hasTax, language, say)),
    },
    ...(hasTax && { taxes: taxTable(bill, say) }),
    sums: [
      ...(bill.roundOff === 0 ? [] : [{ name: say('roundOff'), amount: formatAmount(bill.roundOff) }]),
      total,
      ...bill.payments.map(({ tender, amount, reference }) => ({
        name: say(tender),
        amount: formatAmount(amount),
        ...(reference && { detail: reference }),
      })),
    ],
    words: bill.totalInWords[language],
    ...(bill.upi && { payment: { url: bill.upi, text: say('payByUpi') } }),
    remarks: hasTax ? [`${say('taxIncluded')} ${say('reverseCharge')}`] : [],
    warnings: bill.adjustsTax === false ? [`${say('noAdjustment')} ${formatDay(lastAdjustmentDayOf(bill))}`] : [],
  };
};

const factsOf = (bill: Bill, hasTax: boolean, language: Language): PrintedDocument['facts'] => {
  const say = textsIn(TEXTS, language);
  const state = GST_STATES[bill.placeOfSupply][language];
  return [
    { name: say('number'), text: bill.number },
    { name: say('date'), text: `${formatDay(bill.day)} ${istTimeOf(bill.at)}` },
    { name: say('stall'), text: bill.location },
    ...(bill.against ? [{ name: say('against'), text: `${bill.against.number}, ${formatDay(bill.against.day)}` }] : []),
    ...(bill.reason ? [{ name: say('reason'), text: bill.reason }] : []),
    ...buyerFacts(bill, language),
    ...(hasTax ? [{ name: say('supply'), text: `${state} (${bill.placeOfSupply})` }] : []),
  ];
};

/** `needsBuyer`: room to write by hand. */
const buyerFacts = ({ buyer, needsBuyer }: Bill, language: Language): PrintedDocument['facts'] => {
  const say = textsIn(TEXTS, language);
  const { gstin, state, name, address } = buyer ?? {};
  const blank = needsBuyer ? '.'.repeat(40) : undefined;
  const stateName = state && `${GST_STATES[state][language]} (${state})`;
  const all: [string, string | undefined][] = [
    [say('buyer'), name ?? blank],
    ['GSTIN', gstin],
    [say('buyersAddress'), address ?? blank],
    [say('buyersState'), stateName ?? (gstin ? undefined : blank)],
  ];
  return all.flatMap(([term, text]) => (text === undefined ? [] : [{ name: term, text }]));
};

/** A seller's name and block. */
export const issuerOf = (seller: Bill['seller'], language: Language): PrintedDocument['issuer'] => {
  const { name, nameHi, address, pinCode, gstin, fssai } = seller;
  const pin = pinCode ? `, ${TEXTS.pinCode[language]} ${pinCode}` : '';
  return {
    name: language === 'hi' ? (nameHi ?? name) : name,
    lines: [
      ...(address ? [`${address}${pin}`] : []),
      gstin ? `GSTIN ${gstin}` : TEXTS.unregistered[language],
      ...(fssai ? [`FSSAI ${fssai}`] : []),
    ],
  };
};

const lineCells = (line: BillLine, hasTax: boolean, language: Language, say: Say): PrintedCell[] => {
  const unitOf = (code: string): string => uqcText(code, language);
  const base = BASE_UNITS_PER_UQC[line.uqc] === 1 ? line.uqc : (BASE_UNIT_OF[line.uqc] ?? line.uqc);
  const rate = line.gstBasisPoints === 0 ? say('exempt') : `${say('rate')} ${formatRate(line.gstBasisPoints)}`;
  const priceUnit = line.per === undefined ? unitOf(base) : language === 'hi' ? unitNameHi(line.per) : line.per;
  return [
    { text: language === 'hi' ? line.nameHi : line.name, detail: `HSN ${line.hsn}${hasTax ? ` · ${rate}` : ''}` },
    { text: `${line.quantity} ${unitOf(line.uqc)}` },
    { text: formatAmount(line.unitPrice), detail: `/ ${priceUnit}` },
    {
      text: formatAmount(line.amount),
      ...(line.discount && { detail: `${say('discount')} ${formatAmount(line.discount)}` }),
    },
  ];
};

const taxTable = ({ taxes, taxable, cgst, sgst, igst }: Bill, say: Say): PrintedTable => {
  const row = (name: string, amounts: readonly (number | undefined)[]): PrintedCell[] => [
    { text: name },
    ...amounts.map((amount) => ({ text: amount === undefined ? '' : formatAmount(amount) })),
  ];
  const parts = igst === undefined ? (['cgst', 'sgst'] as const) : (['igst'] as const);
  const amountsOf = (sum: Omit<TaxSum, 'gstBasisPoints'>) => [
    Number(sum.taxable),
    ...parts.map((part) => Number(sum[part] ?? 0)),
  ];
  const hasExempt = taxes.some(({ gstBasisPoints }) => gstBasisPoints === 0);
  return {
    headings: [say('rate'), say(hasExempt ? 'beforeTax' : 'taxable'), ...parts.map((name) => say(name))],
    rows: [
      ...taxes.map((tax) =>
        tax.gstBasisPoints === 0
          ? row(say('exempt'), [Number(tax.taxable), ...parts.map(() => undefined)])
          : row(formatShares(tax.gstBasisPoints, igst !== undefined), amountsOf(tax)),
      ),
      ...(taxes.length > 1 ? [row(say('total'), amountsOf({ taxable, cgst, sgst, igst }))] : []),
    ],
  };
};

/** A longer list makes the code of a bill too fine for a printer of 203 dots an inch. */
export const MAX_LINKED_ITEMS = 4;

const LINK_TEXT = { hi: 'इन शिल्पों के बारे में पढ़ें', en: 'Read about these crafts' };

/** The public page of the goods of a bill. It names items, and nothing of the sale. */
export const publicLinkOf = ({ lines }: Pick<Bill, 'lines'>, origin: string, language: Language) => ({
  url: `${origin}/about/${itemsPathOf(lines.map(({ item }) => item))}`,
  text: LINK_TEXT[language],
});

const itemsPathOf = (items: readonly ItemId[]): string => [...new Set(items)].slice(0, MAX_LINKED_ITEMS).join('.');
