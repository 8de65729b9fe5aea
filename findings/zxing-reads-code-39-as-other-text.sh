#!/usr/bin/env bash
# Packages: zxing-wasm 3.1.3 and barcode-detector 3.2.2 (npm), which wraps it as the browser's BarcodeDetector.
#
# Behaviour: `/`, `+`, `$` and `%` are ordinary characters of Code 39. Where a letter follows each of them in a code,
# the reader takes the pairs for "full ASCII" Code 39, though nothing in the code says so. It answers other text with
# `isValid: true`. The format `Code39` does so too; only `Code39Std` (`code_39_standard`) reads what is printed. The
# option `tryCode39ExtendedMode: false` no longer has an effect. (Another port: Redth/ZXing.Net.Mobile issue 436.)
#
# Output seen:
#   printed KURTA/M-12   zxing-wasm: KURTA--12, isValid true   Code39Std: KURTA/M-12
#   printed VNS/SARI     zxing-wasm: VNS3ARI, isValid true   Code39Std: VNS/SARI
#   printed SIZE+M       zxing-wasm: SIZEm, isValid true   Code39Std: SIZE+M
#   printed KURTA/M/12   zxing-wasm: KURTA/M/12, isValid true   Code39Std: KURTA/M/12
#   BarcodeDetector, code_39: KURTA--12   code_39_standard: KURTA/M-12
#
# Why it matters: Code 39 needs no GS1 number, so shops print codes such as KURTA/M-12 of their own in it. A phone then
# finds no such item, or another one, and the label looks right. Ask for the standard format, or print Code 128.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . zxing-wasm@3.1.3 barcode-detector@3.2.2 >/dev/null
cat >probe.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { prepareZXingModule, readBarcodes, writeBarcode } from 'zxing-wasm';

// Node lacks the two browser classes that the detector takes and gives.
globalThis.ImageData = class {
  constructor(data, width, height) {
    Object.assign(this, { data, width, height, colorSpace: 'srgb' });
  }
};
globalThis.DOMRectReadOnly = class {};
const detector = await import('barcode-detector/ponyfill');
const wasm = (name) => ({ wasmBinary: readFileSync(`node_modules/zxing-wasm/dist/${name}.wasm`).buffer });
await prepareZXingModule({ overrides: wasm('full/zxing_full'), fireImmediately: true });
await detector.prepareZXingModule({ overrides: wasm('reader/zxing_reader'), fireImmediately: true });

const print = (text) => writeBarcode(text, { format: 'Code39', scale: 3, addQuietZones: true });
const lines = [];
for (const text of ['KURTA/M-12', 'VNS/SARI', 'SIZE+M', 'KURTA/M/12']) {
  const { image } = await print(text);
  const [plain] = await readBarcodes(image, { formats: ['Code39'] });
  const [standard] = await readBarcodes(image, { formats: ['Code39Std'] });
  lines.push(`printed ${text.padEnd(12)} zxing-wasm: ${plain.text}, isValid ${plain.isValid}   Code39Std: ${standard.text}`);
}

const { symbol } = await print('KURTA/M-12');
const [scale, margin] = [4, 10];
const [width, height] = [symbol.width, symbol.height].map((side) => (side + 2 * margin) * scale);
const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
for (let y = 0; y < symbol.height * scale; y++)
  for (let x = 0; x < symbol.width * scale; x++)
    if (symbol.data[Math.floor(y / scale) * symbol.width + Math.floor(x / scale)] === 0) {
      const at = ((y + margin * scale) * width + x + margin * scale) * 4;
      pixels.fill(0, at, at + 3);
    }
const detected = async (format) =>
  (await new detector.BarcodeDetector({ formats: [format] }).detect(new ImageData(pixels, width, height)))[0]?.rawValue;
lines.push(`BarcodeDetector, code_39: ${await detected('code_39')}   code_39_standard: ${await detected('code_39_standard')}`);
console.log(lines.join('\n'));
const asSeen =
  lines.join('\n') ===
  [
    'printed KURTA/M-12   zxing-wasm: KURTA--12, isValid true   Code39Std: KURTA/M-12',
    'printed VNS/SARI     zxing-wasm: VNS3ARI, isValid true   Code39Std: VNS/SARI',
    'printed SIZE+M       zxing-wasm: SIZEm, isValid true   Code39Std: SIZE+M',
    'printed KURTA/M/12   zxing-wasm: KURTA/M/12, isValid true   Code39Std: KURTA/M/12',
    'BarcodeDetector, code_39: KURTA--12   code_39_standard: KURTA/M-12',
  ].join('\n');
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs
