import { GST_STATES, HOME_STATE } from '../kernel/gstin.ts';
import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { textsIn } from '../kernel/texts.ts';
import { istTimeOf } from '../kernel/time.ts';
import type { BilingualText, Language } from '../kernel/units.ts';
import { formatAmount, formatRupees } from './amount-in-words.ts';
import { formatDay, issuerOf, uqcText } from './bill-document.ts';
import type { Challan, ChallanPlace } from './challan.ts';
import { whyNoEwayBill } from './eway-bill.ts';
import type { PrintedDocument } from './printed-document.ts';

const TEXTS = {
  title: { en: 'Delivery challan', hi: 'डिलीवरी चालान' },
  number: { en: 'No.', hi: 'सं.' },
  date: { en: 'Date', hi: 'दिनांक' },
  from: { en: 'Consignor', hi: 'भेजने वाला' },
  to: { en: 'Consignee', hi: 'पाने वाला' },
  reference: { en: 'Reference', hi: 'संदर्भ' },
  supply: { en: 'State', hi: 'राज्य' },
  item: { en: 'Goods', hi: 'माल' },
  quantity: { en: 'Quantity', hi: 'मात्रा' },
  value: { en: 'Taxable value', hi: 'कर-योग्य मूल्य' },
  total: { en: 'Total value', hi: 'कुल मूल्य' },
  pinCode: { en: 'PIN', hi: 'पिन' },
  exempt: { en: 'Exempt', hi: 'कर-मुक्त' },
  noSupply: {
    en: 'Not a supply: goods move between places of business of one seller. No tax is charged.',
    hi: 'यह आपूर्ति नहीं है: माल एक ही विक्रेता के दो स्थानों के बीच जा रहा है। कोई कर नहीं लिया गया।',
  },
  ewayBill: {
    en: 'Value above ₹50,000: an e-way bill must go with the goods.',
    hi: 'मूल्य ₹50,000 से अधिक: माल के साथ ई-वे बिल ज़रूरी है।',
  },
  allTakenBack: {
    en: 'Reversed: the sender took all goods back.',
    hi: 'यह भेजना रद्द है: भेजने वाले ने पूरा माल वापस ले लिया।',
  },
  partTakenBack: { en: 'The sender took back', hi: 'भेजने वाले ने वापस लिया' },
  reversal: { en: 'Reversed by', hi: 'वापसी की प्रविष्टि' },
  signature: { en: 'Signature of the consignor', hi: 'भेजने वाले के हस्ताक्षर' },
} as const satisfies Record<string, BilingualText>;

/** The marks of rule 55(2). */
const COPIES = [
  { en: 'Original for consignee', hi: 'मूल प्रति: पाने वाले के लिए' },
  { en: 'Duplicate for transporter', hi: 'दूसरी प्रति: परिवहनकर्ता के लिए' },
  { en: 'Triplicate for consignor', hi: 'तीसरी प्रति: भेजने वाले के लिए' },
] as const satisfies readonly BilingualText[];

/** The texts of a challan, in three copies. */
export const challanDocumentOf = (challan: Challan, language: Language): PrintedDocument => {
  const say = textsIn(TEXTS, language);
  const { number, seller, from, to, day, at, reference, lines, taxable, totalInWords } = challan;
  const placeOf = ({ location, name, nameHi, address, pinCode }: ChallanPlace): string =>
    [
      `${(language === 'hi' && nameHi) || name} (${location})`,
      address,
      ...(pinCode ? [`${say('pinCode')} ${pinCode}`] : []),
      ...(seller.gstin ? [`GSTIN ${seller.gstin}`] : []),
    ].join(', ');
  return {
    language,
    title: say('title'),
    number,
    copies: COPIES.map((copy) => copy[language]),
    issuer: issuerOf(seller, language),
    notices: [],
    facts: [
      { name: say('number'), text: number },
      { name: say('date'), text: `${formatDay(day)} ${istTimeOf(at)}` },
      ...(reference ? [{ name: say('reference'), text: reference }] : []),
      { name: say('supply'), text: `${GST_STATES[HOME_STATE][language]} (${HOME_STATE})` },
      { name: say('from'), text: placeOf(from) },
      { name: say('to'), text: placeOf(to) },
    ],
    lines: {
      headings: [say('item'), say('quantity'), say('value')],
      rows: lines.map((line) => [
        {
          text: nameOf(line, language),
          detail: `HSN ${line.hsn}${line.gstBasisPoints === 0 ? ` · ${say('exempt')}` : ''}`,
        },
        { text: `${line.quantity} ${uqcText(line.uqc, language)}` },
        { text: formatAmount(line.taxable) },
      ]),
    },
    sums: [{ name: say('total'), amount: formatRupees(taxable), isTotal: true }],
    words: totalInWords[language],
    remarks: [say('noSupply')],
    warnings: warningsOf(challan, language),
    signature: say('signature'),
  };
};

type ItemQuantity = Pick<Challan['lines'][number], 'item' | 'quantity'>;

/** Whole, so that 0.1 and 0.2 are 0.3: a quantity has at most three decimals. */
const thousandthsOf = ({ quantity }: ItemQuantity): number => Math.round(Number(quantity) * 1_000);

/** Names goods taken back. Such a dispatch gets no e-way bill, so that warning is left out. */
const warningsOf = (challan: Challan, language: Language): string[] => {
  const { lines, takenBack, reversals = [] } = challan;
  if (!takenBack) return whyNoEwayBill(challan) === undefined ? [TEXTS.ewayBill[language]] : [];
  const sumOfItem = (all: readonly ItemQuantity[], item: ItemId) =>
    sumOf(all.filter((one) => one.item === item).map(thousandthsOf));
  const isAll = lines.every(({ item }) => sumOfItem(takenBack, item) >= sumOfItem(lines, item));
  const numbers = reversals.map(({ number, day }) => `${number}, ${formatDay(day)}`);
  const papers = numbers.length > 0 ? [`${TEXTS.reversal[language]}: ${numbers.join('; ')}`] : [];
  if (isAll) return [TEXTS.allTakenBack[language], ...papers];
  const goods = takenBack.flatMap(({ item, quantity }) => {
    const line = lines.find((one) => one.item === item);
    return line ? [`${nameOf(line, language)} ${quantity} ${uqcText(line.uqc, language)}`] : [];
  });
  return [`${TEXTS.partTakenBack[language]}: ${goods.join(', ')}`, ...papers];
};

const nameOf = ({ name, nameHi }: Challan['lines'][number], language: Language): string =>
  language === 'hi' ? nameHi : name;
