#!/usr/bin/env bash
# Package: @aws-sdk/util-dynamodb 3.996.9 (npm; the marshaller of the SDK's document client).
#
# Behaviour: `marshall` refuses a plain object that has a member named `constructor`, at any depth, although DynamoDB
# accepts such a member. It takes the object for an instance of a class. Other names of Object.prototype pass.
#
# Output seen:
#   {"constructor":"Ramesh Builders"}      Unsupported type passed: [object Object]. Pass options.convertClassInstanceToMap=true …
#   {"sites":[{"constructor":"Ramesh"}]}   Unsupported type passed: [object Object]. Pass options.convertClassInstanceToMap=true …
#   {"hasOwnProperty":1}                   {"hasOwnProperty":{"N":"1"}}
#
# Why it matters: a map whose keys are words of users (a column of an imported file, a label, a name) can be valid JSON
# and a valid item, and still fail to be written, with advice about classes. Encode values yourself, or keep words of
# users out of names of members.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @aws-sdk/util-dynamodb@3.996.9 @aws-sdk/client-dynamodb@3.1162.0 >/dev/null
cat >probe.mjs <<'JS'
import { marshall } from '@aws-sdk/util-dynamodb';
const expected = [
  ['{"constructor":"Ramesh Builders"}', 'Unsupported type passed: [object Object].'],
  ['{"sites":[{"constructor":"Ramesh"}]}', 'Unsupported type passed: [object Object].'],
  ['{"hasOwnProperty":1}', '{"hasOwnProperty":{"N":"1"}}'],
];
const attempt = (text) => {
  try {
    return JSON.stringify(marshall(JSON.parse(text)));
  } catch (error) {
    return error.message;
  }
};
let asSeen = true;
for (const [text, start] of expected) {
  const said = attempt(text);
  console.log(text.padEnd(38), said);
  asSeen &&= said.startsWith(start);
}
process.exit(asSeen ? 0 : 1);
JS
node --no-warnings probe.mjs
