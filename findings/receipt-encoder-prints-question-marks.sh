#!/usr/bin/env bash
# Package: @point-of-sale/receipt-printer-encoder 4.0.1 (npm), language esc-pos, code page auto.
#
# Behaviour: letters that no code page of the printer has become `?`, with no error, no warning and no way to ask.
# That is so for ₹ and Devanagari in text. It is so in `qrcode()` too, though a QR code holds bytes and needs no code
# page: the code that is printed opens another address than the one that was given.
#
# Output seen (printable bytes):
#   text ₹850     ?850
#   text दीपक     ????
#   text café     all letters kept
#   qrcode upi://pay?pa=shop@bank&pn=कला   upi://pay?pa=shop@bank&pn=???
#
# Why it matters: a bill without the rupee sign looks right at a glance, and a payment code with a Hindi name is
# scanned with another name. Print a bill and its QR code as one picture, and percent-encode what a code holds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @point-of-sale/receipt-printer-encoder@4.0.1 >/dev/null
cat >probe.mjs <<'JS'
import Encoder from '@point-of-sale/receipt-printer-encoder';
const bytesOf = (fill) => Buffer.from(fill(new Encoder({ language: 'esc-pos' }).initialize().codepage('auto')).encode());
const has = (bytes, text) => bytes.includes(Buffer.from(text, 'latin1'));
const rupees = bytesOf((encoder) => encoder.text('₹850'));
const hindi = bytesOf((encoder) => encoder.text('दीपक'));
const latin = bytesOf((encoder) => encoder.text('café'));
const address = 'upi://pay?pa=shop@bank&pn=';
const code = bytesOf((encoder) => encoder.qrcode(`${address}कला`));
const seen = [has(rupees, '?850'), has(hindi, '????'), !has(latin, '?'), has(code, `${address}???`)];
console.log(`text ₹850     ${seen[0] ? '?850' : 'otherwise'}`);
console.log(`text दीपक     ${seen[1] ? '????' : 'otherwise'}`);
console.log(`text café     ${seen[2] ? 'all letters kept' : 'otherwise'}`);
console.log(`qrcode ${address}कला   ${seen[3] ? `${address}???` : 'otherwise'}`);
console.log(seen.every(Boolean) ? 'as described' : 'CHANGED');
process.exit(seen.every(Boolean) ? 0 : 1);
JS
node probe.mjs
