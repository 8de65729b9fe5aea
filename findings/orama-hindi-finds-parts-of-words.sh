#!/usr/bin/env bash
# Package: @orama/orama 3.1.18 (npm), language "indian", the one it has for Hindi.
#
# Behaviour: the tokenizer cuts a Hindi word at each vowel sign. What is left are single consonants, and a search
# finds every name that shares one of them, the wanted one among others. In "english" the same search finds nothing.
#
# Output seen:
#   indian:  साड़ी (sari) finds 2 of 5: बनारसी साड़ी, हिन्दी पुस्तक
#   indian:  कुरता (kurta) finds 3 of 5
#   english: साड़ी (sari) finds 0 of 5
#
# Why it matters: of 900 items a stall's staff gets hundreds for one word, a book for a sari. Cut Hindi by spaces
# and punctuation with a tokenizer of your own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @orama/orama@3.1.18 >/dev/null
cat >probe.mjs <<'JS'
import { create, insert, search } from '@orama/orama';
const names = ['चिकनकारी कुरता', 'बनारसी साड़ी', 'हिन्दी पुस्तक', 'पीतल का दीपक', 'मूँज की टोकरी'];
const found = async (language, term) => {
  const shelf = create({ schema: { name: 'string' }, language });
  for (const name of names) await insert(shelf, { name });
  const { hits } = await search(shelf, { term });
  return hits.map(({ document }) => document.name).sort();
};
const sari = await found('indian', 'साड़ी');
const kurta = await found('indian', 'कुरता');
const english = await found('english', 'साड़ी');
console.log(`indian:  साड़ी (sari) finds ${sari.length} of 5: ${sari.join(', ')}`);
console.log(`indian:  कुरता (kurta) finds ${kurta.length} of 5`);
console.log(`english: साड़ी (sari) finds ${english.length} of 5`);
const asSeen = sari.length === 2 && sari.includes('हिन्दी पुस्तक') && kurta.length === 3 && english.length === 0;
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs
