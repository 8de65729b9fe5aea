import { withoutDirectionMarks } from '../kernel/texts.ts';
import type { PrintedCell, PrintedDocument } from './printed-document.ts';
import { qrModulesOf } from './upi-link.ts';

/** Paper of 58 mm at 203 dots an inch: 48 mm are printable. */
export const RECEIPT_DOTS = 384;

/** Width of a text in dots. `size`: height of the font in dots. */
type MeasureText = (text: string, size: number) => number;

/** `x`: left edge; `y`: base line of a text, else upper edge. In dots. */
export type ReceiptMark =
  | { readonly kind: 'text'; readonly text: string; readonly x: number; readonly y: number; readonly size: number }
  | { readonly kind: 'rule'; readonly y: number; readonly height: number }
  | {
      readonly kind: 'code';
      readonly x: number;
      readonly y: number;
      readonly scale: number;
      readonly modules: readonly (readonly boolean[])[];
    };

type ReceiptPicture = { readonly height: number; readonly marks: readonly ReceiptMark[] };

const SMALL = 20;
const NORMAL = 23;
const LARGE = 30;
const GAP = 12;
/** Times the font's height: Devanagari has signs above and below the letters. */
const [LINE_HEIGHT, ASCENT] = [1.4, 1.05];
/** Half of the paper: a phone reads it at arm's length, and it can be moved. */
const MAX_CODE_DOTS = RECEIPT_DOTS / 2;
const MIN_CODE_SCALE = 3;
/** Modules of a code's quiet zone. */
const QUIET = 4;
/** Printers store a picture in strips of 24 rows. */
const STRIP = 24;

/**
 * Where each text and the code of a bill stand on 58 mm paper. Nothing is wider than the paper.
 * `shift`: modules by which the code stands right of the middle, for a printer with a dead dot.
 */
export const layoutReceipt = (printed: PrintedDocument, measure: MeasureText, shift = 0): ReceiptPicture => {
  const marks: ReceiptMark[] = [];
  let y = 0;
  const line = (parts: readonly { readonly text: string; readonly x: number }[], size: number) => {
    for (const { text, x } of parts) {
      // A phone prints its own bill before the server has cleaned its texts.
      const shown = withoutDirectionMarks(text);
      marks.push({ kind: 'text', text: shown, x, y: Math.round(y + ASCENT * size), size });
    }
    y += Math.round(LINE_HEIGHT * size);
  };
  const centred = (text: string, size: number) => {
    for (const row of wrap(text, RECEIPT_DOTS, size, measure))
      line([{ text: row, x: Math.round((RECEIPT_DOTS - measure(row, size)) / 2) }], size);
  };
  const left = (text: string, size: number) => {
    for (const row of wrap(text, RECEIPT_DOTS, size, measure)) line([{ text: row, x: 0 }], size);
  };
  const right = (text: string, size: number) => {
    for (const row of wrap(text, RECEIPT_DOTS, size, measure))
      line([{ text: row, x: Math.floor(RECEIPT_DOTS - measure(row, size)) }], size);
  };
  /** A figure stands beside the last row of its name, or below if there is no room. */
  const pair = (name: string, figure: string, size: number) => {
    const width = measure(figure, size);
    const room = RECEIPT_DOTS - width - GAP;
    if (room < RECEIPT_DOTS / 4) {
      left(name, size);
      right(figure, size);
      return;
    }
    const rows = wrap(name, room, size, measure);
    for (const [at, row] of rows.entries())
      line(
        [
          { text: row, x: 0 },
          ...(at === rows.length - 1 ? [{ text: figure, x: Math.floor(RECEIPT_DOTS - width) }] : []),
        ],
        size,
      );
  };
  const rule = (height = 1) => {
    marks.push({ kind: 'rule', y: y + 4, height });
    y += 8 + height;
  };

  const { title, issuer, notices, facts, lines, taxes, sums, words, remarks, warnings, payment, link } = printed;
  centred(title, NORMAL);
  centred(issuer.name, LARGE);
  for (const text of issuer.lines) centred(text, SMALL);
  for (const text of notices) centred(text, SMALL);
  rule(2);
  for (const { name, text } of facts) pair(name, text, SMALL);
  rule();
  for (const [at, cells] of lines.rows.entries()) {
    const [item, ...figures] = cells;
    if (at > 0) y += GAP / 2;
    const amount = figures.pop();
    left(item?.text ?? '', NORMAL);
    if (item?.detail) left(item.detail, SMALL);
    pair(figures.map(wholeCell).join(' × '), amount?.text ?? '', NORMAL);
    if (amount?.detail) right(amount.detail, SMALL);
  }
  rule();
  for (const [name, ...amounts] of taxes?.rows ?? []) {
    const [value, ...others] = amounts.filter(({ text }) => text !== '');
    if (value && others.length === 0) {
      pair(name?.text ?? '', value.text, SMALL);
      continue;
    }
    left(`${taxes?.headings[0]} ${name?.text}`, SMALL);
    for (const [at, amount] of amounts.entries()) pair(taxes?.headings[at + 1] ?? '', amount.text, SMALL);
  }
  if (taxes) rule();
  for (const { name, amount, detail, isTotal } of sums) {
    pair(name, amount, isTotal ? LARGE : NORMAL);
    if (detail) left(detail, SMALL);
  }
  rule(2);
  for (const text of [words, ...remarks]) left(text, SMALL);
  for (const text of warnings) left(text, NORMAL);
  for (const code of [payment, link].flatMap((one) => one ?? [])) {
    const modules = qrModulesOf(code.url);
    const whole = modules.length + 2 * QUIET;
    const scale = Math.max(MIN_CODE_SCALE, Math.floor(MAX_CODE_DOTS / whole));
    const free = RECEIPT_DOTS - whole * scale;
    const x = Math.round(Math.min(Math.max(free / 2 + shift * scale, 0), free)) + QUIET * scale;
    marks.push({ kind: 'code', x, y: y + QUIET * scale, scale, modules });
    y += whole * scale;
    centred(code.text, SMALL);
  }
  return { height: Math.ceil(y / STRIP) * STRIP, marks };
};

const wholeCell = ({ text, detail }: PrintedCell): string => (detail ? `${text} ${detail}` : text);

/** Rows of whole words. A word that is too long is cut between letters, never inside a syllable. */
const wrap = (text: string, width: number, size: number, measure: MeasureText): string[] => {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(/\s+/)) {
    const longer = row === '' ? word : `${row} ${word}`;
    if (measure(longer, size) <= width) {
      row = longer;
      continue;
    }
    if (row !== '') rows.push(row);
    row = '';
    for (const { segment } of new Intl.Segmenter('hi').segment(word)) {
      if (row !== '' && measure(row + segment, size) > width) {
        rows.push(row);
        row = '';
      }
      row += segment;
    }
  }
  return row === '' ? rows : [...rows, row];
};
