#!/usr/bin/env bash
# Package: zod 4.6.7 (npm), its Hindi locale.
#
# Behaviour: `z.locales.hi()` translates the frame of a message and leaves the words that carry the meaning: names of
# types and of things that are counted stay English, and comparisons stay signs.
#
# Output seen:
#   a number for a text      अमान्य इनपुट: अपेक्षित string, प्राप्त number
#   a fraction for a count   अमान्य इनपुट: अपेक्षित int, प्राप्त number
#   a text of one letter     बहुत छोटा: अपेक्षित था कि string में >=3 अक्षर हों
#   an empty list            बहुत छोटा: अपेक्षित था कि array में >=1 तत्व हों
#
# Why it matters: somebody who reads Hindi only cannot act on "string में >=3 अक्षर हों". An API that answers in Hindi
# needs texts of its own for each check; to set the locale is not enough, and a test that looks for any Devanagari
# letter does not see it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . zod@4.6.7 >/dev/null
cat >probe.mjs <<'JS'
import * as z from 'zod';
z.config(z.locales.hi());
const expected = [
  ['a number for a text', z.string(), 5, 'string', 'number'],
  ['a fraction for a count', z.int(), 1.5, 'int', 'number'],
  ['a text of one letter', z.string().min(3), 'a', 'string', '>=3'],
  ['an empty list', z.array(z.string()).min(1), [], 'array', '>=1'],
];
let asSeen = true;
for (const [what, schema, value, ...words] of expected) {
  const message = schema.safeParse(value).error.issues[0].message;
  console.log(what.padEnd(24), message);
  asSeen &&= /\p{Script=Devanagari}/u.test(message) && words.every((word) => message.includes(word));
}
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs
