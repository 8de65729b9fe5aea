import { formatAmount, formatRupees } from '../billing/amount-in-words.ts';
import { quantityInUqc } from '../billing/bill.ts';
import { uqcText } from '../billing/bill-document.ts';
import type { PrintedCell, PrintedDocument, PrintedTable } from '../billing/printed-document.ts';
import type { MakerLine } from '../day-close/maker-day.ts';
import { addUp, divide, multiply, type Sum } from '../kernel/sum.ts';
import { textsIn } from '../kernel/texts.ts';
import type { BilingualText, Language } from '../kernel/units.ts';
import { uqcOf } from '../registry/item.ts';
import { formatStatementCode } from './maker-statement.ts';
import type { MakerStatement, StatedFigures } from './maker-statement-contract.ts';
import { monthName } from './statement-document.ts';

export const STATEMENT_TEXTS = {
  title: { en: 'Record of a maker', hi: 'कारीगर का अभिलेख' },
  issuer: { en: 'One District One Product, Uttar Pradesh', hi: 'एक ज़िला एक उत्पाद, उत्तर प्रदेश' },
  maker: { en: 'Maker', hi: 'कारीगर' },
  district: { en: 'District', hi: 'ज़िला' },
  period: { en: 'Months', hi: 'महीने' },
  through: { en: 'Closed days up to', hi: 'बंद दिन, यहाँ तक' },
  statedOn: { en: 'Stated on', hi: 'बताया गया' },
  statedTo: { en: 'Stated to', hi: 'किसे बताया गया' },
  code: { en: 'Code', hi: 'कोड' },
  item: { en: 'Item', hi: 'वस्तु' },
  delivered: { en: 'Delivered', hi: 'पहुँचाया' },
  sold: { en: 'Sold', hi: 'बिका' },
  returned: { en: 'Returned', hi: 'वापस' },
  price: { en: 'Average price', hi: 'औसत दाम' },
  shelves: { en: 'On shelves', hi: 'दुकानों पर' },
  material: { en: 'Material drawn', hi: 'लिया कच्चा माल' },
  year: { en: 'Financial year', hi: 'वित्त वर्ष' },
  toDate: { en: 'to date', hi: 'अब तक' },
  month: { en: 'Month', hi: 'महीना' },
  location: { en: 'Where', hi: 'कहाँ' },
  sales: { en: 'Sales', hi: 'बिक्री' },
  refunds: { en: 'Refunds', hi: 'वापस किया' },
  net: { en: 'Net sales', hi: 'शुद्ध बिक्री' },
  figures: {
    en: 'Delivered and sold, not paid: Bahi keeps no payments to makers. Amounts in rupees, with tax, of sales to customers. Sums of day closes.',
    hi: 'पहुँचाया और बिका माल, भुगतान नहीं: बही में कारीगरों को हुए भुगतान नहीं रहते। राशियाँ रुपये में, कर सहित, ग्राहकों को हुई बिक्री की। दिन-बंदियों के जोड़।',
  },
  shared: {
    en: 'Items of several makers are not counted',
    hi: 'कई कारीगरों की वस्तुएँ नहीं गिनी गईं',
  },
  yield: { en: 'Yield: {0} pieces delivered, {1} drawn', hi: 'उपज: {0} नग पहुँचाए, {1} लिया' },
  closes: { en: 'Day closes', hi: 'दिन-बंदियाँ' },
  unclosed: { en: 'Not closed to that day', hi: 'उस दिन तक बंद नहीं' },
  unsummed: { en: 'Days that are not in it yet', hi: 'ये दिन अभी इसमें नहीं' },
  check: {
    en: 'Check this paper: compare it with what this page shows for its code.',
    hi: 'यह काग़ज़ जाँचें: इस कोड का पन्ना जो दिखाए, उससे मिलाएँ।',
  },
} as const satisfies Record<string, BilingualText>;

type TextName = keyof typeof STATEMENT_TEXTS;

const amountOf = (paise: Sum): string => formatAmount(Number(paise));

type Names = Pick<StatedFigures, 'items'>;

/** Cells for quantities of an item, in the unit that bills use. */
export const quantityCells = ({ items }: Names, language: Language) => {
  const byId = new Map(items.map((item) => [item.id, item]));
  const quantity = (item: MakerLine['item'], base: Sum): string => {
    const uqc = uqcOf({ unit: byId.get(item)?.unit ?? 'piece' });
    return `${quantityInUqc(Number(base), uqc)} ${uqcText(uqc, language)}`;
  };
  const nameOf = (item: MakerLine['item']): string => {
    const known = byId.get(item);
    return (language === 'hi' ? known?.nameHi : known?.name) ?? item;
  };
  const isPieces = (item: MakerLine['item']) => (byId.get(item)?.unit ?? 'piece') === 'piece';
  /** For one piece, or 1,000 of another base unit. */
  const price = (item: MakerLine['item'], perThousand: Sum): string =>
    amountOf(isPieces(item) ? divide(perThousand, 1_000) : perThousand);
  return { quantity, nameOf, price };
};

/** The texts of a producer's record, for a PDF. */
export const makerStatementDocumentOf = (
  statement: MakerStatement,
  language: Language,
  origin: string,
): PrintedDocument => {
  const say = textsIn(STATEMENT_TEXTS, language);
  const { code, producer, totals, years, months, locations, unclosed, unsummed } = statement;
  const cells = quantityCells(statement, language);
  const sum = (figure: 'amount' | 'refunded') => addUp(years.map((year) => year[figure]));
  const headings = (...names: TextName[]) => names.map((name) => say(name));
  const detailCell = (text: string, detail: string): PrintedCell => ({ text, detail });
  const soldCells = ({ item, delivered, sold, amount, returned, refunded }: MakerLine): PrintedCell[] => [
    { text: cells.quantity(item, delivered) },
    { text: cells.quantity(item, sold), detail: amountOf(amount) },
    { text: cells.quantity(item, returned), detail: amountOf(refunded) },
    { text: sold > 0 ? cells.price(item, divide(multiply(amount, 1_000), sold)) : '–' },
  ];
  const lineTable = (first: TextName, rows: readonly (readonly [PrintedCell, MakerLine])[]): PrintedTable => ({
    headings: headings(first, 'delivered', 'sold', 'returned', 'price'),
    rows: rows.map(([cell, line]) => [cell, ...soldCells(line)]),
  });
  const goods = totals.filter(({ drawn }) => drawn === 0);
  const materialLines = totals.filter((line) => line.drawn !== 0);
  const isOfGoods = (line: MakerLine) => line.drawn === 0;
  const shared = goods.filter(({ sharedSold }) => sharedSold !== 0);
  return {
    language,
    paper: 'a4',
    title: say('title'),
    number: formatStatementCode(code),
    issuer: {
      name: language === 'hi' ? statement.nameHi : statement.name,
      lines: [`${say('maker')} ${producer}, ${say('district')} ${statement.district}`, say('issuer')],
    },
    notices: [],
    facts: [
      { name: say('period'), text: `${statement.from} – ${statement.to}` },
      { name: say('through'), text: statement.through },
      { name: say('statedOn'), text: statement.statedOn },
      { name: say('closes'), text: String(statement.closes.days) },
      { name: say('code'), text: formatStatementCode(code) },
    ],
    lines: {
      headings: headings('item', 'delivered', 'sold', 'returned', 'price', 'shelves'),
      rows: goods.map((line) => [
        detailCell(cells.nameOf(line.item), line.item),
        ...soldCells(line),
        { text: line.onHand === undefined ? '–' : cells.quantity(line.item, line.onHand) },
      ]),
    },
    taxes: {
      headings: headings('year', 'sales', 'refunds', 'net'),
      rows: years.map(({ year, isToDate, ...takings }) => [
        { text: isToDate ? `${year}, ${say('toDate')}` : year },
        ...takingCells(takings),
      ]),
    },
    tables: [
      {
        headings: headings('month', 'sales', 'refunds', 'net'),
        rows: months.map(({ month, ...takings }) => [{ text: monthName(month, language) }, ...takingCells(takings)]),
      },
      lineTable(
        'month',
        months.flatMap(({ month, lines }) =>
          lines
            .filter(isOfGoods)
            .map((line) => [detailCell(monthName(month, language), cells.nameOf(line.item)), line] as const),
        ),
      ),
      lineTable(
        'location',
        locations.flatMap(({ location, lines }) =>
          lines.filter(isOfGoods).map((line) => [detailCell(location, cells.nameOf(line.item)), line] as const),
        ),
      ),
      ...(materialLines.length > 0
        ? [
            {
              headings: headings('month', 'material'),
              rows: months.flatMap(({ month, lines }) =>
                lines
                  .filter((line) => line.drawn !== 0)
                  .map((line) => [
                    detailCell(monthName(month, language), cells.nameOf(line.item)),
                    { text: cells.quantity(line.item, line.drawn) },
                  ]),
              ),
            },
          ]
        : []),
    ],
    sums: [
      { name: say('sales'), amount: amountOf(sum('amount')) },
      { name: say('refunds'), amount: amountOf(sum('refunded')) },
      {
        name: say('net'),
        amount: formatRupees(Number(addUp(years.map(({ net }) => net)))),
        isTotal: true,
      },
    ],
    words: '',
    remarks: [
      say('figures'),
      ...(statement.yield
        ? [
            say(
              'yield',
              String(statement.yield.delivered),
              cells.quantity(statement.yield.material, statement.yield.drawn),
            ),
          ]
        : []),
      ...(shared.length > 0
        ? [
            `${say('shared')}: ${shared.map((line) => `${cells.nameOf(line.item)} ${cells.quantity(line.item, line.sharedSold)}, ${amountOf(line.sharedAmount)}`).join('; ')}`,
          ]
        : []),
    ],
    warnings: [
      ...(unclosed.length > 0 ? [`${say('unclosed')}: ${unclosed.join(', ')}`] : []),
      ...(unsummed.length > 0 ? [`${say('unsummed')}: ${unsummed.join(', ')}`] : []),
    ],
    link: {
      url: `${origin}/statements/${code}?language=${language}`,
      text: `${say('check')} ${formatStatementCode(code)}`,
    },
  };
};

const takingCells = ({ amount, refunded, net }: Pick<MakerStatement['years'][number], 'amount' | 'refunded' | 'net'>) =>
  [amount, refunded, net].map((paise) => ({ text: amountOf(paise) }));
