#!/usr/bin/env bash
# Packages: @myriaddreamin/typst-ts-node-compiler 0.7.0, @expo-google-fonts/noto-sans-devanagari 0.4.1; the readers are
# pdfjs-dist 5.6.205 (PDF.js, the viewer of Firefox) and mupdf 1.28.1 (npm).
#
# Behaviour: Typst draws Hindi right, and puts the text of each shaped piece beside its glyphs (ActualText), so the text
# is whole for MuPDF. Its table from glyphs to letters (ToUnicode) is another matter: a glyph stands there for the whole
# syllable that it was first used in, another for a control character. PDF.js reads that table alone: a word changes
# with the words before it on the page. Latin letters, digits and ₹ are right in both.
# (Upstream: typst/typst issue 4225 and mozilla/pdf.js issue 12237, both open. pdfjs-dist 6.5.438 reads the same.)
#
# Output seen (control characters as dots):
#   mupdf   Hindi words whole: 10 of 10; ₹1,850.50 whole
#   pdf.js  Hindi words whole: 2 of 10; ₹1,850.50 whole
#   कुरता reads कु.रता.   दीपक reads दी.पकु   बिक्री reads वि.क्रे.
#
# Why it matters: a Hindi bill looks right on each screen, and is copied, searched and read aloud wrong in Firefox. A
# test that takes the text by another engine does not see it. Keep the data of a bill where programs can read it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @myriaddreamin/typst-ts-node-compiler@0.7.0 \
  @expo-google-fonts/noto-sans-devanagari@0.4.1 pdfjs-dist@5.6.205 mupdf@1.28.1 >/dev/null
cat >probe.mjs <<'JS'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import * as mupdf from 'mupdf';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const words = ['कुरता', 'दीपक', 'मूर्ति', 'साड़ी', 'विक्रेता', 'रुपये', 'मिट्टी', 'उत्तर', 'जिला', 'बिक्री'];
const amount = '₹1,850.50';
const compiler = NodeCompiler.create({
  workspace: process.cwd(),
  fontArgs: [{ fontPaths: ['node_modules/@expo-google-fonts/noto-sans-devanagari/400Regular'] }],
});
const mainFileContent = `#set text(font: "Noto Sans Devanagari")\n${[...words, amount].join('\n\n')}`;
const pdf = new Uint8Array(compiler.pdf({ mainFileContent }));

const byMuPdf = mupdf.Document.openDocument(pdf, 'application/pdf').loadPage(0).toStructuredText().asText();
const document = await getDocument({ data: pdf.slice(), verbosity: 0 }).promise;
const { items } = await (await document.getPage(1)).getTextContent();
const lines = new Map();
for (const { str, transform } of items) {
  const line = Math.round(transform[5]);
  lines.set(line, (lines.get(line) ?? '') + str);
}
const byPdfJs = [...lines.values()].join('\n');

const whole = (text) => words.filter((word) => text.includes(word)).length;
const seen = [
  ['mupdf', byMuPdf],
  ['pdf.js', byPdfJs],
].map(([reader, text]) => [reader, whole(text), text.includes(amount)]);
for (const [reader, count, right] of seen)
  console.log(`${reader.padEnd(7)} Hindi words whole: ${count} of ${words.length}; ${amount} ${right ? 'whole' : 'broken'}`);
const readAs = (word) => [...lines.values()][words.indexOf(word)].replace(/\p{Cc}/gu, '.');
console.log(['कुरता', 'दीपक', 'बिक्री'].map((word) => `${word} reads ${readAs(word)}`).join('   '));
const asSeen = JSON.stringify(seen) === '[["mupdf",10,true],["pdf.js",2,true]]';
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs
