#!/usr/bin/env bash
# Package: lunr 2.3.9 (npm).
#
# Behaviour: the default pipeline trims each word to ASCII letters, so a word in Devanagari becomes an empty word. The
# index builds without an error or a warning; a search for a word that stands in it returns no result.
#
# Output seen:
#   kurta: 1 result
#   दीपक: 0 results
#   कुरता: 0 results
#   दीपक, without trimmer and stemmer: 1 result
#
# Why it matters: a catalogue with English and Hindi names seems to work, as English words are found. Staff who type
# Hindi find nothing. Leave trimmer and stemmer out, or search with code of your own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . lunr@2.3.9 >/dev/null
cat >probe.mjs <<'JS'
import lunr from 'lunr';
const names = ['Chikan kurta कुरता', 'Brass lamp दीपक'];
const indexOf = (prepare) =>
  lunr(function build() {
    this.ref('id');
    this.field('name');
    prepare?.(this);
    for (const [id, name] of names.entries()) this.add({ id, name });
  });
const plain = indexOf();
const untrimmed = indexOf((builder) => {
  builder.pipeline.remove(lunr.trimmer);
  builder.pipeline.remove(lunr.stemmer);
  builder.searchPipeline.remove(lunr.stemmer);
});
const results = (index, word) => index.search(word).length;
const say = (text, count) => console.log(`${text}: ${count} ${count === 1 ? 'result' : 'results'}`);
const [latin, lamp, kurta, mended] = [
  results(plain, 'kurta'),
  results(plain, 'दीपक'),
  results(plain, 'कुरता'),
  results(untrimmed, 'दीपक'),
];
say('kurta', latin);
say('दीपक', lamp);
say('कुरता', kurta);
say('दीपक, without trimmer and stemmer', mended);
const asSeen = latin === 1 && lamp === 0 && kurta === 0 && mended === 1;
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs
