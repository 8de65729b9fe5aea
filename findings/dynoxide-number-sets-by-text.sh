#!/usr/bin/env bash
# Package: @dynoxide/linux-x64 1.2.1 (npm), a DynamoDB engine for one machine.
#
# Behaviour: a number set is changed by the text of its numbers, not by their values. The engine trims zeros as
# DynamoDB documents it ("1.50" is stored as 1.5) and compares by value in conditions; ADD and DELETE do neither.
#   1. `DELETE rates {"1.50"}` removes nothing from a set that holds 1.5, and reports success.
#   2. `ADD rates {"5.0"}` to a set that holds 5 is refused for duplicates; DynamoDB leaves the set as it is.
#
# Output seen:
#   put {"1.50","5"}                {"1.5","5"}
#   condition contains(rates, 1.50) holds
#   DELETE rates {"1.50"}           {"1.5","5"}
#   DELETE rates {"1.5"}            {"5"}
#   ADD rates {"5.0"}               refused: Input collection contains duplicates
#
# Why it matters: JavaScript writes 1.5 and Python's Decimal("1.50") writes 1.50. Two programs on one table agree in the
# cloud; here the Python one takes nothing out of the set and is told that it did.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${engine:-}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @dynoxide/linux-x64@1.2.1 >/dev/null
port=$((20000 + RANDOM % 20000))
./node_modules/@dynoxide/linux-x64/dynoxide serve --host 127.0.0.1 --port "$port" --db-path "$folder/book.sqlite" >log 2>&1 &
engine=$!
cat >probe.mjs <<'JS'
const url = `http://127.0.0.1:${process.argv[2]}`;
const call = async (operation, body) => {
  for (let attempt = 1; ; attempt++)
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `DynamoDB_20120810.${operation}`,
          authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0',
          'x-amz-date': '20260101T000000Z',
        },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) throw Object.assign(new Error(text), { final: true });
      return JSON.parse(text);
    } catch (error) {
      if (error.final || attempt === 100) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
};
const TableName = 'Rows';
await call('CreateTable', {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
});
const Key = { pk: { S: 'p' } };
await call('PutItem', { TableName, Item: { ...Key, rates: { NS: ['1.50', '5'] } } });
const show = ({ rates }) => `{${rates.NS.toSorted().map((rate) => JSON.stringify(rate)).join()}}`;
const stored = show((await call('GetItem', { TableName, Key })).Item);
const update = async (UpdateExpression, rate, more) => {
  try {
    const ExpressionAttributeValues = { ':rate': rate };
    const ReturnValues = 'ALL_NEW';
    return show((await call('UpdateItem', { TableName, Key, UpdateExpression, ExpressionAttributeValues, ReturnValues, ...more })).Attributes);
  } catch (error) {
    return `refused: ${JSON.parse(error.message).message}`;
  }
};
const ConditionExpression = 'contains(rates, :rate)';
const held = await update('SET checked = :rate', { N: '1.50' }, { ConditionExpression });
const lines = [
  `put {"1.50","5"}                ${stored}`,
  `condition contains(rates, 1.50) ${held === stored ? 'holds' : 'fails'}`,
  `DELETE rates {"1.50"}           ${await update('DELETE rates :rate', { NS: ['1.50'] })}`,
  `DELETE rates {"1.5"}            ${await update('DELETE rates :rate', { NS: ['1.5'] })}`,
  `ADD rates {"5.0"}               ${await update('ADD rates :rate', { NS: ['5.0'] })}`,
];
console.log(lines.join('\n'));
const asSeen =
  lines.join('\n') ===
  `put {"1.50","5"}                {"1.5","5"}
condition contains(rates, 1.50) holds
DELETE rates {"1.50"}           {"1.5","5"}
DELETE rates {"1.5"}            {"5"}
ADD rates {"5.0"}               refused: Input collection contains duplicates`;
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs "$port"
