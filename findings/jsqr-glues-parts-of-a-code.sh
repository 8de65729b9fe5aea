#!/usr/bin/env bash
# Packages: jsqr 1.4.0; the codes are written by zxing-wasm 3.1.3 (npm), which also reads them back.
#
# Behaviour: a QR code is a row of segments, each with an encoding of its own. jsQR reads a byte segment as UTF-8 only.
# When its bytes are Latin-1, the standard's default, the segment becomes an empty text, and `data` is the rest glued
# together. There is no error and no mark; a code of one such segment gives a result with `data: ''`, not null.
# (Upstream knows that UTF-8 is assumed, cozmo/jsQR issue 129; that the other segments are glued is not said there.)
#
# Output seen:
#   code  Café
#   jsqr  ""
#   code  Café 9123456780
#   jsqr  "9123456780"
#   code  upi://pay?pa=9123456780@bank&pn=Café Lucknow&am=850
#   jsqr  "upi://pay?pa=9123456780850"
#   code  upi://pay?pa=9123456780@bank&pn=कला&am=850
#   jsqr  "upi://pay?pa=9123456780@bank&pn=कला&am=850"
#   zxing-wasm reads each as it is written
#
# Why it matters: a payment code with one é in the shop's name becomes another address, with the amount at its end. A
# check by `if (result)` or by the shape of the start passes. Compare `chunks` with `data`, and percent-encode names.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . jsqr@1.4.0 zxing-wasm@3.1.3 >/dev/null
cat >probe.mjs <<'JS'
import { readFileSync } from 'node:fs';
import jsqr from 'jsqr';
import { prepareZXingModule, readBarcodes, writeBarcode } from 'zxing-wasm';

const wasmBinary = readFileSync('node_modules/zxing-wasm/dist/full/zxing_full.wasm').buffer;
await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
const read = jsqr.default ?? jsqr;

/** The symbol as RGBA pixels, with the quiet zone of four modules. */
const pixelsOf = ({ width, data }) => {
  const [scale, margin] = [4, 4];
  const side = (width + 2 * margin) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < width * scale; y++)
    for (let x = 0; x < width * scale; x++)
      if (data[Math.floor(y / scale) * width + Math.floor(x / scale)] === 0) {
        const at = ((y + margin * scale) * side + x + margin * scale) * 4;
        pixels.fill(0, at, at + 3);
      }
  return [pixels, side, side];
};

const expected = [
  ['Café', ''],
  ['Café 9123456780', '9123456780'],
  ['upi://pay?pa=9123456780@bank&pn=Café Lucknow&am=850', 'upi://pay?pa=9123456780850'],
  ['upi://pay?pa=9123456780@bank&pn=कला&am=850', 'upi://pay?pa=9123456780@bank&pn=कला&am=850'],
];
let asSeen = true;
let whole = true;
for (const [text, data] of expected) {
  const { image, symbol } = await writeBarcode(text, { format: 'QRCode', addQuietZones: true, scale: 4 });
  const seen = read(...pixelsOf(symbol));
  console.log(`code  ${text}\njsqr  ${JSON.stringify(seen && seen.data)}`);
  asSeen &&= seen?.data === data;
  whole &&= (await readBarcodes(image))[0]?.text === text;
}
console.log(whole ? 'zxing-wasm reads each as it is written' : 'zxing-wasm reads otherwise');
console.log(asSeen && whole ? 'as described' : 'CHANGED');
process.exit(asSeen && whole ? 0 : 1);
JS
node probe.mjs
