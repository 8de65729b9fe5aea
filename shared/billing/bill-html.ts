import { withoutDirectionMarks } from '../kernel/texts.ts';
import type { Language } from '../kernel/units.ts';
import type { Bill } from './bill.ts';
import { billDocumentOf, publicLinkOf } from './bill-document.ts';
import type { PrintedCell, PrintedDocument, PrintedTable } from './printed-document.ts';
import { qrSvgOf } from './upi-link.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Without direction marks: a phone shows its own bill before the server has read the text. */
export const escapeHtml = (text: string): string =>
  withoutDirectionMarks(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

const STYLE = `
*{box-sizing:border-box}
body{margin:0 auto;padding:4mm;max-width:148mm;font:13px/1.35 "Noto Sans","Noto Sans Devanagari","Nirmala UI",sans-serif;color:#000;background:#fff}
header{text-align:center}
h1{font-size:15px;margin:0 0 2mm}
h2{font-size:17px;margin:0}
p{margin:0}
dl{display:flex;flex-wrap:wrap;gap:0 6mm;margin:2mm 0;padding:1mm 0;border:solid #000;border-width:1px 0}
dl div{display:flex;gap:1mm}
dt{white-space:nowrap}
dt::after{content:":"}
dd{margin:0;font-weight:600;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;margin:2mm 0}
th{font-weight:600;border-bottom:1px solid #000}
td,th{padding:1mm 0;text-align:right;vertical-align:top}
td:first-child,th:first-child{text-align:left}
td+td,th+th{padding-left:2mm}
td+td{white-space:nowrap}
tbody tr{break-inside:avoid}
small{display:block;font-size:11px}
.total td{border-top:1px solid #000;font-size:17px;font-weight:700}
figcaption{font-size:11px}
.note{font-weight:600;text-align:center;margin:2mm 0}
figure{margin:2mm auto;width:40mm;text-align:center;break-inside:avoid}
.about{display:flex;align-items:center;gap:3mm;margin:3mm 0 0;width:auto}
.about svg{width:24mm}
.copy{text-align:right;font-size:11px;font-weight:600}
.signature{margin:16mm 0 0 auto;width:60mm;padding-top:1mm;border-top:1px solid #000;text-align:center;font-size:11px}
main+main{break-before:page;margin-top:8mm}
@page{size:A5;margin:8mm}
@media print{body{padding:0}}
`.replaceAll('\n', '');

/**
 * A whole HTML page in one language, for a phone and for A5 paper. It needs no script and loads
 * nothing. All text of people is escaped. `origin`: the site whose page its QR code opens.
 */
export const renderBillHtml = (bill: Bill, language: Language, origin?: string): string =>
  renderDocumentHtml({
    ...billDocumentOf(bill, language),
    ...(origin !== undefined && { link: publicLinkOf(bill, origin, language) }),
  });

/** A whole page, like `renderBillHtml`. Each copy begins a new sheet of paper. */
export const renderDocumentHtml = (printed: PrintedDocument): string => {
  const { language, title, number, copies = [undefined] } = printed;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeHtml(`${title} ${number}`)}</title><style>${STYLE}</style></head><body>`,
    ...copies.map((copy) => `<main>${mainHtml(printed, copy)}</main>`),
    '</body></html>\n',
  ].join('');
};

const mainHtml = (printed: PrintedDocument, copy: string | undefined): string => {
  const { title, issuer, notices, facts, lines, taxes, sums, words, payment } = printed;
  const { remarks, warnings, link, signature } = printed;
  return [
    ...(copy ? [`<p class="copy">${escapeHtml(copy)}</p>`] : []),
    `<header><h1>${escapeHtml(title)}</h1><h2>${escapeHtml(issuer.name)}</h2>`,
    ...issuer.lines.map((line) => `<p>${escapeHtml(line)}</p>`),
    '</header>',
    ...notices.map((notice) => `<p class="note">${escapeHtml(notice)}</p>`),
    `<dl>${facts.map(({ name, text }) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd></div>`).join('')}</dl>`,
    tableHtml(lines),
    ...(taxes ? [tableHtml(taxes)] : []),
    '<table><tbody>',
    ...sums.map(
      ({ name, amount, detail, isTotal }) =>
        `<tr${isTotal ? ' class="total"' : ''}><td>${escapeHtml(name)}${detail ? ` <small>${escapeHtml(detail)}</small>` : ''}</td><td>${amount}</td></tr>`,
    ),
    `</tbody></table><p>${escapeHtml(words)}</p>`,
    ...(payment
      ? [`<figure>${qrSvgOf(payment.url)}<figcaption>${escapeHtml(payment.text)}</figcaption></figure>`]
      : []),
    ...remarks.map((remark) => `<p><small>${escapeHtml(remark)}</small></p>`),
    ...warnings.map((warning) => `<p class="note">${escapeHtml(warning)}</p>`),
    ...(link
      ? [`<figure class="about">${qrSvgOf(link.url)}<figcaption>${escapeHtml(link.text)}</figcaption></figure>`]
      : []),
    ...(signature ? [`<p class="signature">${escapeHtml(signature)}</p>`] : []),
  ].join('');
};

const tableHtml = ({ headings, rows }: PrintedTable): string =>
  `<table><thead><tr>${headings.map((heading) => `<th>${escapeHtml(heading)}</th>`).join('')}</tr></thead><tbody>${rows.map((cells) => `<tr>${cells.map(cellHtml).join('')}</tr>`).join('')}</tbody></table>`;

const cellHtml = ({ text, detail }: PrintedCell): string =>
  `<td>${escapeHtml(text)}${detail ? `<small>${escapeHtml(detail)}</small>` : ''}</td>`;
