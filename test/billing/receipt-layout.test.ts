import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PrintedCell, PrintedDocument } from '../../shared/billing/printed-document.ts';
import { layoutReceipt, RECEIPT_DOTS } from '../../shared/billing/receipt-layout.ts';

const texts = fc.string({ unit: fc.constantFrom(...'कखिीु्₹ abcXYZ0189.,\u202e'), minLength: 1, maxLength: 60 });
const cells: fc.Arbitrary<PrintedCell> = fc.record({ text: texts, detail: texts }, { requiredKeys: ['text'] });
const four = fc.tuple(cells, cells, cells, cells);
const tables = fc.record({ headings: fc.tuple(texts, texts, texts, texts), rows: fc.array(four, { maxLength: 4 }) });
const documents: fc.Arbitrary<PrintedDocument> = fc.record({
  language: fc.constantFrom('hi' as const, 'en' as const),
  title: texts,
  number: texts,
  issuer: fc.record({ name: texts, lines: fc.array(texts, { maxLength: 3 }) }),
  notices: fc.array(texts, { maxLength: 2 }),
  facts: fc.array(fc.record({ name: texts, text: texts }), { maxLength: 5 }),
  lines: tables,
  taxes: tables,
  sums: fc.array(fc.record({ name: texts, amount: texts }), { minLength: 1, maxLength: 3 }),
  words: texts,
  remarks: fc.array(texts, { maxLength: 2 }),
  warnings: fc.array(texts, { maxLength: 1 }),
  link: fc.record({
    url: fc.string({ unit: fc.constantFrom(...'abcdefg-/'), minLength: 1, maxLength: 150 }),
    text: texts,
  }),
});

it('Nothing of a bill is off the paper, and no two texts of a row overlap.', () => {
  fc.assert(
    fc.property(documents, fc.integer({ min: -40, max: 40 }), (printed, shift) => {
      const { height, marks } = layoutReceipt(printed, measure, shift);
      for (const mark of marks) {
        expect(mark.y).toBeLessThan(height);
        if (mark.kind === 'rule') continue;
        const width = mark.kind === 'text' ? measure(mark.text, mark.size) : mark.modules.length * mark.scale;
        expect(mark.x).toBeGreaterThanOrEqual(0);
        expect(mark.x + width).toBeLessThanOrEqual(RECEIPT_DOTS + 1);
      }
      const rows = Map.groupBy(
        marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : [])),
        ({ y }) => y,
      );
      for (const [first, second] of rows.values())
        if (first && second) expect(first.x + measure(first.text, first.size)).toBeLessThan(second.x);
    }),
  );
});

it('All words of a bill are on the paper, in order and without direction marks.', () => {
  fc.assert(
    fc.property(documents, (printed) => {
      const shown = layoutReceipt(printed, measure).marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
      const letters = (text: string) => text.replace(/[\s\u202e]/g, '');
      expect(shown.join('')).not.toContain('\u202e');
      const all = letters(shown.join(''));
      for (const text of [
        printed.title,
        printed.issuer.name,
        ...printed.issuer.lines,
        ...printed.remarks,
        printed.words,
      ])
        expect(all).toContain(letters(text));
    }),
  );
});

/** A letter is 0.6 of the height wide; a sign above or below a letter has no width. */
const measure = (text: string, size: number): number => [...text.replace(/\p{M}/gu, '')].length * 0.6 * size;
