#!/usr/bin/env bash
# Package: stdnum 1.12.0 (npm).
#
# Behaviour: `stdnum.IN.gstin.validate` accepts only regular taxpayers (Z as 14th character) of the States that
# existed before 2019. It refuses numbers of deductors (D) and collectors of tax at source (C), of the union territory
# Ladakh (38) and of "other territory" (97), all with right check digits.
#
# Output seen (the numbers are made up; the check digits are right):
#   09AAACZ1234Z1ZE regular, Uttar Pradesh    valid
#   09AAACZ1234Z1DN deductor (TDS)            InvalidComponent
#   09AAACZ1234Z1CP collector (TCS)           InvalidComponent
#   38AAACZ1234Z1ZD regular, Ladakh           InvalidComponent
#   97AAACZ1234Z1Z9 regular, other territory  InvalidComponent
#
# Why it matters: a department that deducts tax, or a shop in Leh, cannot be named on a tax invoice by a till that
# believes the library. Check the shape for each class yourself; take from the library the check digit at most.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . stdnum@1.12.0 >/dev/null
cat >probe.mjs <<'JS'
import { stdnum } from 'stdnum';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Luhn modulo 36, from the right with factor 2 first. */
const checkDigit = (text) => {
  const sum = [...text].reverse().reduce((total, character, place) => {
    const product = ALPHABET.indexOf(character) * (place % 2 === 0 ? 2 : 1);
    return total + Math.floor(product / 36) + (product % 36);
  }, 0);
  return ALPHABET[(36 - (sum % 36)) % 36];
};
const expected = [
  ['09AAACZ1234Z1Z', 'regular, Uttar Pradesh', 'valid'],
  ['09AAACZ1234Z1D', 'deductor (TDS)', 'InvalidComponent'],
  ['09AAACZ1234Z1C', 'collector (TCS)', 'InvalidComponent'],
  ['38AAACZ1234Z1Z', 'regular, Ladakh', 'InvalidComponent'],
  ['97AAACZ1234Z1Z', 'regular, other territory', 'InvalidComponent'],
];
let asSeen = true;
for (const [text, about, result] of expected) {
  const gstin = text + checkDigit(text);
  const { isValid, error } = stdnum.IN.gstin.validate(gstin);
  const got = isValid ? 'valid' : error.name;
  asSeen &&= got === result;
  console.log(`${gstin} ${about.padEnd(25)} ${got}`);
}
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs
