#!/usr/bin/env bash
# Package: libphonenumber-js 1.13.16 (npm).
#
# Behaviour: the parser reads Arabic-Indic digits as digits, so it looks ready for scripts other than Latin. It reads
# no Devanagari digits: a number typed on a Hindi keyboard is no number, with `+91` in front or without.
#
# Output seen:
#   9123456780        IN  +919123456780
#   ٩١٢٣٤٥٦٧٨٠        IN  +919123456780
#   ९१२३४५६७८०        IN  none
#   +९१ ९१२३४५६७८०    IN  none
#
# Why it matters: Hindi keyboards of Android type Devanagari digits. A form that leaves digits to the library refuses
# a right number of a Hindi speaker. Turn Devanagari digits into Latin ones before parsing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . libphonenumber-js@1.13.16 >/dev/null
cat >probe.mjs <<'JS'
import { parsePhoneNumberFromString } from 'libphonenumber-js';
const expected = [
  ['9123456780', '+919123456780'],
  ['٩١٢٣٤٥٦٧٨٠', '+919123456780'],
  ['९१२३४५६७८०', 'none'],
  ['+९१ ९१२३४५६७८०', 'none'],
];
const seen = expected.map(([typed]) => [typed, parsePhoneNumberFromString(typed, 'IN')?.number ?? 'none']);
for (const [typed, number] of seen) console.log(`${typed.padEnd(16)}  IN  ${number}`);
const asSeen = JSON.stringify(seen) === JSON.stringify(expected);
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs
