import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import * as hb from 'harfbuzzjs';
import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import { TYPST_FILES } from '../../local/typst-files.ts';
import { Bill } from '../../shared/billing/bill.ts';
import { getBill } from '../../shared/billing/bill-contract.ts';
import { billDocumentOf, publicLinkOf } from '../../shared/billing/bill-document.ts';
import { pdfRenderer } from '../../shared/billing/document-pdf-service.ts';
import type { PrintedDocument } from '../../shared/billing/printed-document.ts';
import { hasPoppler, pdfPages, pdfTexts } from '../kit/pdf-pages.ts';

describe('The glyphs of a PDF', () => {
  const [regular, bold] = TYPST_FILES.fonts.map((file) => fontOf(readFileSync(fileURLToPath(file))));

  it.each(['hi', 'en'] as const)('In %s they are those that HarfBuzz shapes, word by word.', async (language) => {
    const printed = documentIn(language);
    const shown = shownOutlines(await render(printed)).join('|');
    const wordsIn = (...texts: readonly string[]) => texts.flatMap((text) => text.split(' '));
    const names = printed.lines.rows.flatMap((row) => row.flatMap(({ text }) => text));
    expect(shown.length).toBeGreaterThan(10_000);
    for (const [font, words] of [
      [regular, wordsIn(...names, ...printed.issuer.lines)],
      [bold, wordsIn(printed.title, printed.words, printed.issuer.name)],
    ] as const)
      for (const word of words) {
        if (!font) throw new Error('there are two fonts');
        expect(shown.includes(shapedOutlines(font, word).join('|')), word).toBe(true);
      }
  });

  it('A word of another shape would be noticed.', async () => {
    const shown = shownOutlines(await render(documentIn('hi'))).join('|');
    if (!regular) throw new Error('there are two fonts');
    const unjoined = [...'क्षत्रिय'].flatMap((letter) => shapedOutlines(regular, letter)).join('|');
    expect(shown.includes(unjoined)).toBe(false);
  });
});

describe.skipIf(!hasPoppler)('The pages of a PDF', () => {
  it.each(['hi', 'en'] as const)(
    'In %s it is one A5 page with ink inside its margins and a code.',
    async (language) => {
      const pdf = await render(documentIn(language));
      const [page, ...others] = pdfPages(pdf, 150);
      if (!page) throw new Error('there is a page');
      expect(others).toEqual([]);
      expect([page.width, page.height].map((dots) => Math.round((dots / 150) * 25.4))).toEqual([148, 210]);
      const margin = Math.round((9 / 25.4) * 150);
      const inkAt = (x: number, y: number) => (page.grey[y * page.width + x] ?? 255) < 128;
      const columns = Array.from({ length: page.width }, (_, x) => x).filter((x) =>
        Array.from({ length: page.height }, (_row, y) => y).some((y) => inkAt(x, y)),
      );
      expect(columns[0]).toBeGreaterThan(margin);
      expect(columns.at(-1)).toBeLessThan(page.width - margin);
      const rgba = new Uint8ClampedArray([...page.grey].flatMap((grey) => [grey, grey, grey, 255]));
      expect(scanner(rgba, page.width, page.height)?.data).toBe(`${ORIGIN}/about/LKO-KURTA-M`);
    },
  );

  it('A bill of 40 lines takes 2 to 4 pages, and the last one has the total and the words.', async () => {
    const [line] = bill.lines;
    if (!line) throw new Error('there is a line');
    const lines = Array.from({ length: 40 }, (_, at) => ({ ...line, line: at + 1 }));
    const pages = pdfPages(await render(documentIn('hi', { ...bill, lines })), 150);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.length).toBeLessThanOrEqual(4);
    const english = documentIn('en', { ...bill, lines });
    const last = pdfTexts(await render(english)).at(-1);
    for (const text of [english.sums.at(-1)?.amount ?? '', english.words])
      expect(last).toContain(text.replaceAll(' ', ''));
  });
});

it('Documents are rendered one after the other, and a broken one does not stop the next.', async () => {
  const broken = { ...documentIn('en'), lines: undefined } as unknown as PrintedDocument;
  const [first, failed, last] = await Promise.allSettled([
    render(documentIn('en')),
    render(broken),
    render(documentIn('en')),
  ]);
  expect(failed).toMatchObject({
    status: 'rejected',
    reason: expect.objectContaining({ message: expect.stringContaining('Typst made no PDF') }),
  });
  expect(last).toEqual(first);
});

/** Its types are of a module, its code is CommonJS. */
const scanner = jsqr as unknown as typeof jsqr.default;

const render = pdfRenderer(TYPST_FILES);

const ORIGIN = 'https://bahi.example';

/** Conjuncts, a reph, split vowels and marks: what naive layout gets wrong. */
const HARD = 'क्षत्रिय श्री कर्ता ज़री-ज़रदोज़ी विद्वान ड्रैगन हिन्दी ट्रॉफ़ी';

const example = Bill.parse(getBill.example.reply);

const bill: Bill = { ...example, lines: example.lines.map((line) => ({ ...line, nameHi: HARD })) };

const documentIn = (language: 'hi' | 'en', of = bill): PrintedDocument => ({
  ...billDocumentOf(of, language),
  link: publicLinkOf(of, ORIGIN, language),
});

const fontOf = (file: Uint8Array): hb.Font => new hb.Font(new hb.Face(new hb.Blob(Uint8Array.from(file).buffer)));

/** Streams and dictionaries of a PDF, by number. Text is never read back, only glyphs. */
const objectsOf = (pdf: Uint8Array): Map<number, { readonly dictionary: string; readonly stream: Buffer }> => {
  const bytes = Buffer.from(pdf);
  const found = bytes.toString('latin1').matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g);
  return new Map(
    [...found].map(([, number = '', body = '']) => {
      const [dictionary = '', stream = ''] = body.split(/\nstream\n/, 2);
      const raw = Buffer.from(stream.replace(/\nendstream$/, ''), 'latin1');
      const isPacked = dictionary.includes('/FlateDecode') && raw.length > 0;
      return [Number(number), { dictionary, stream: isPacked ? inflateSync(raw) : raw }];
    }),
  );
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Bytes of a literal string (ISO 32000-1, section 7.3.4.2). */
const unescapePdf = (literal: string): string =>
  literal.replace(/\\(?:([0-7]{1,3})|([\s\S]))/g, (_whole, octal?: string, character = '') =>
    octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (ESCAPES[character] ?? character),
  );

/** Where a literal string ends: parentheses in it may be balanced. */
const endOfLiteral = (text: string, start: number): number => {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
};

type Shown = { readonly font: string; readonly bytes: Buffer };

/** Strings that a content stream shows (`TJ`), with their fonts. Other strings are marks. */
const shownStrings = (text: string): Shown[] => {
  const shown: Shown[] = [];
  let font = '';
  let pending: Buffer[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') {
      const end = endOfLiteral(text, at);
      pending.push(Buffer.from(unescapePdf(text.slice(at + 1, end)), 'latin1'));
      at = end;
      continue;
    }
    const [hex, digits] = /^<([0-9A-Fa-f]+)>/.exec(text.slice(at, at + 4_096)) ?? [];
    if (hex) {
      pending.push(Buffer.from(digits ?? '', 'hex'));
      at += hex.length - 1;
      continue;
    }
    const [word, name] = /^(?:\/(f\d+) [\d.]+ Tf|T[jJ]|BDC|BT)/.exec(text.slice(at, at + 40)) ?? [];
    if (word === undefined) continue;
    if (name) font = name;
    if (word === 'TJ' || word === 'Tj') shown.push(...pending.map((bytes) => ({ font, bytes })));
    pending = [];
    at += word.length - 1;
  }
  return shown;
};

/** Outlines of all glyphs that a PDF shows, in order: its fonts are subsets with own numbers. */
const shownOutlines = (pdf: Uint8Array): string[] => {
  const objects = objectsOf(pdf);
  const follow = (number: number, name: string): number =>
    Number(new RegExp(`/${name} \\[?(\\d+) 0 R`).exec(objects.get(number)?.dictionary ?? '')?.[1]);
  const resources = [...objects.values()].map(({ dictionary }) => dictionary).join('\n');
  const fonts = new Map(
    [...resources.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name = '', number = '']) => {
      const file = follow(follow(follow(Number(number), 'DescendantFonts'), 'FontDescriptor'), 'FontFile[23]?');
      return [name, fontOf(objects.get(file)?.stream ?? Buffer.of())];
    }),
  );
  const contents = [...objects.values()]
    .map(({ stream }) => stream.toString('latin1'))
    .filter((text) => /\bBT\b/.test(text));
  const outlines: string[] = [];
  for (const text of contents) {
    for (const { font, bytes } of shownStrings(text))
      for (let at = 0; at < bytes.length; at += 2)
        outlines.push(fonts.get(font)?.glyphToPath(bytes.readUInt16BE(at)) ?? '');
  }
  return outlines;
};

/** HarfBuzz's outlines of a word in the whole font. */
const shapedOutlines = (font: hb.Font, word: string): string[] => {
  const buffer = new hb.Buffer();
  buffer.addText(word);
  buffer.guessSegmentProperties();
  hb.shape(font, buffer);
  return buffer.getGlyphInfos().map(({ codepoint }) => font.glyphToPath(codepoint));
};
