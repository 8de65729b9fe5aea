#!/usr/bin/env bash
# Packages: fontkit 2.0.4, harfbuzzjs 1.6.4, @fontsource/hind 5.3.0, @fontsource/poppins 5.3.0,
# @fontsource/noto-sans-devanagari 5.3.0 (npm). PDFKit and pdf-lib shape by fontkit; browsers shape by HarfBuzz.
#
# Behaviour: with Hind and Poppins, two common fonts for Hindi, fontkit chooses another form of the last mark of
# मूर्ति (idol) and प्रिंट (print) than HarfBuzz. With Noto Sans Devanagari both agree, as they do for कुरता in each.
#
# Output seen (glyph numbers):
#   hind    मूर्ति  fontkit 49,66,633,40,152   harfbuzz 49,66,633,40,599
#   hind    प्रिंट  fontkit 632,175,9,35       harfbuzz 632,175,598,35
#   hind    कुरता  the same
#   poppins मूर्ति  fontkit 60,25,638,51,146   harfbuzz 60,25,638,51,606
#   poppins प्रिंट  fontkit 638,169,121,46     harfbuzz 638,169,605,46
#   poppins कुरता  the same
#   noto    मूर्ति  the same
#   noto    प्रिंट  the same
#   noto    कुरता  the same
#
# Why it matters: a PDF bill differs from the same bill on the screen, and no error says so. Compare each font with HarfBuzz on your own words before a PDF library prints them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . fontkit@2.0.4 harfbuzzjs@1.6.4 @fontsource/hind@5.3.0 \
  @fontsource/poppins@5.3.0 @fontsource/noto-sans-devanagari@5.3.0 >/dev/null
cat >probe.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { create } from 'fontkit';
import { Blob, Buffer as Run, Face, Font, shape } from 'harfbuzzjs';

/** A font without WOFF's packing: HarfBuzz reads only that. */
const unpack = (woff) => {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const entry = 44 + 20 * index;
    const [offset, packed, size] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at));
    const data = woff.subarray(offset, offset + packed);
    return { tag: woff.subarray(entry, entry + 4), sum: woff.subarray(entry + 16, entry + 20), data: packed < size ? inflateSync(data) : data };
  });
  const directory = Buffer.alloc(12 + 16 * count);
  woff.copy(directory, 0, 4, 8);
  directory.writeUInt16BE(count, 4);
  const pieces = [directory];
  let end = directory.length;
  for (const [index, { tag, sum, data }] of tables.entries()) {
    tag.copy(directory, 12 + 16 * index);
    sum.copy(directory, 16 + 16 * index);
    directory.writeUInt32BE(end, 20 + 16 * index);
    directory.writeUInt32BE(data.length, 24 + 16 * index);
    const padded = Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
    pieces.push(padded);
    end += padded.length;
  }
  return Buffer.concat(pieces);
};
const glyphsOf = (file) => {
  const bytes = unpack(readFileSync(`node_modules/@fontsource/${file}`));
  const font = new Font(new Face(new Blob(new Uint8Array(bytes).buffer)));
  const other = create(bytes);
  return (word) => {
    const run = new Run();
    run.addText(word);
    run.guessSegmentProperties();
    shape(font, run);
    return {
      fontkit: other.layout(word).glyphs.map(({ id }) => id).join(),
      harfbuzz: run.getGlyphInfos().map(({ codepoint }) => codepoint).join(),
    };
  };
};
const fonts = {
  hind: 'hind/files/hind-devanagari-400-normal.woff',
  poppins: 'poppins/files/poppins-devanagari-400-normal.woff',
  noto: 'noto-sans-devanagari/files/noto-sans-devanagari-devanagari-400-normal.woff',
};
let asSeen = true;
for (const [name, file] of Object.entries(fonts)) {
  const glyphs = glyphsOf(file);
  for (const word of ['मूर्ति', 'प्रिंट', 'कुरता']) {
    const { fontkit, harfbuzz } = glyphs(word);
    const differs = fontkit !== harfbuzz;
    asSeen &&= differs === (name !== 'noto' && word !== 'कुरता');
    console.log(`${name.padEnd(7)} ${word}  ${differs ? `fontkit ${fontkit.padEnd(17)} harfbuzz ${harfbuzz}` : 'the same'}`);
  }
}
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs
