import { formatAmount } from '../billing/amount-in-words.ts';
import { escapeHtml } from '../billing/bill-html.ts';
import type { Sum } from '../kernel/sum.ts';
import { textsIn } from '../kernel/texts.ts';
import type { BilingualText, Language } from '../kernel/units.ts';
import { formatStatementCode } from './maker-statement.ts';
import type { StatedFigures } from './maker-statement-contract.ts';
import { quantityCells, STATEMENT_TEXTS } from './maker-statement-document.ts';

const STYLE = `
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:46rem;font:1rem/1.5 "Noto Sans","Noto Sans Devanagari","Nirmala UI",sans-serif;color:#231a14;background:#fbf5ea}
header{padding-bottom:.5rem;border-bottom:3px solid #e9a93a;color:#7d1a2b;font-weight:600}
h1{margin:1rem 0 .5rem;font-size:1.375rem;line-height:1.25;overflow-wrap:anywhere}
dl{margin:0 0 1rem;display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.25rem 1rem}
dt{color:#66584b}
dd{margin:0;font-weight:600;overflow-wrap:anywhere}
div{overflow-x:auto}
table{width:100%;border-collapse:collapse;margin:0 0 1rem}
td,th{padding:.25rem;text-align:right;border-bottom:1px solid #e2d5bf}
td:first-child,th:first-child{text-align:left}
`.replaceAll('\n', '');

const ROLES = {
  producer: { en: 'the maker', hi: 'कारीगर' },
  officer: { en: 'an officer', hi: 'अधिकारी' },
  admin: { en: 'the administration', hi: 'प्रशासन' },
  outlet: { en: 'a stall', hi: 'दुकान' },
  depot: { en: 'a depot', hi: 'डिपो' },
} as const satisfies Record<StatedFigures['statedTo'], BilingualText>;

/** A page without script: a bank compares the paper with it. */
export const renderStatedFigures = (figures: StatedFigures, language: Language): string => {
  const say = textsIn(STATEMENT_TEXTS, language);
  const cells = quantityCells(figures, language);
  const amount = (paise: Sum): string => formatAmount(Number(paise));
  const table = (headings: readonly (keyof typeof STATEMENT_TEXTS)[], rows: readonly (readonly string[])[]): string =>
    [
      '<div tabindex="0"><table><thead><tr>',
      ...headings.map((heading) => `<th scope="col">${say(heading)}</th>`),
      '</tr></thead><tbody>',
      ...rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`),
      '</tbody></table></div>',
    ].join('');
  const facts = [
    [say('code'), formatStatementCode(figures.code)],
    [say('maker'), figures.producer],
    [say('district'), figures.district],
    [say('period'), `${figures.from} – ${figures.to}`],
    [say('through'), figures.through],
    [say('statedOn'), figures.statedOn],
    [say('statedTo'), ROLES[figures.statedTo][language]],
  ];
  const name = escapeHtml(language === 'hi' ? figures.nameHi : figures.name);
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">',
    `<title>${say('title')}</title><style>${STYLE}</style></head><body><header>${say('issuer')}</header>`,
    `<main><h1>${say('title')}: ${name}</h1>`,
    `<dl>${facts.map(([fact = '', text = '']) => `<dt>${fact}</dt><dd>${escapeHtml(text)}</dd>`).join('')}</dl>`,
    table(
      ['year', 'sales', 'refunds', 'net'],
      figures.years.map(({ year, isToDate, amount: sold, refunded, net }) => [
        isToDate ? `${year}, ${say('toDate')}` : year,
        ...[sold, refunded, net].map(amount),
      ]),
    ),
    table(
      ['item', 'delivered', 'sold', 'sales', 'returned', 'refunds', 'material'],
      figures.totals.map((line) => [
        cells.nameOf(line.item),
        cells.quantity(line.item, line.delivered),
        cells.quantity(line.item, line.sold),
        amount(line.amount),
        cells.quantity(line.item, line.returned),
        amount(line.refunded),
        cells.quantity(line.item, line.drawn),
      ]),
    ),
    table(
      ['month', 'sales', 'refunds', 'net'],
      figures.months.map((month) => [month.month, ...[month.amount, month.refunded, month.net].map(amount)]),
    ),
    `<p>${say('figures')}</p></main></body></html>\n`,
  ].join('');
};
