#!/usr/bin/env bash
# Package: to-words 5.7.0 (npm), locale hi-IN.
#
# Behaviour: in Hindi the library leaves out "one" of "one hundred" wherever the amount goes on before it. 1,100 is
# written "one thousand hundred"; Hindi says एक हज़ार एक सौ. In English (en-IN) the same amount is right.
#
# Output seen:
#   1100    en-IN One Thousand One Hundred
#   1100    hi-IN एक हज़ार सौ
#   100100  hi-IN एक लाख सौ
#   1200    hi-IN एक हज़ार दो सौ
#
# Why it matters: the words on a bill decide where words and figures differ. A clerk reads हज़ार सौ as an error or as
# an amount that was tampered with. Keep a table of your own and test it for every number.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . to-words@5.7.0 >/dev/null
cat >probe.mjs <<'JS'
import { ToWords } from 'to-words';
const expected = [
  [1100, 'en-IN', 'One Thousand One Hundred'],
  [1100, 'hi-IN', 'एक हज़ार सौ'],
  [100100, 'hi-IN', 'एक लाख सौ'],
  [1200, 'hi-IN', 'एक हज़ार दो सौ'],
];
const seen = expected.map(([amount, localeCode]) => [amount, localeCode, new ToWords({ localeCode }).convert(amount)]);
for (const [amount, locale, words] of seen) console.log(`${String(amount).padEnd(7)} ${locale} ${words}`);
const plain = (rows) => JSON.stringify(rows).normalize('NFC');
const asSeen = plain(seen) === plain(expected);
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs
