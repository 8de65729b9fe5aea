#!/usr/bin/env bash
# Package: @dynoxide/linux-x64 1.2.1 (npm), a DynamoDB engine for one machine.
#
# Behaviour: two rules of list indexes in an update expression differ from DynamoDB's documentation.
#   1. `REMOVE l[0], l[2]` removes one after the other, so the second index names the list that the first removal left.
#      DynamoDB reads all indexes on the list as it was: the first and the third element go.
#   2. `SET l[9]` on a short list fills the gap with NULL elements. DynamoDB appends the value at the end.
#
# Output seen:
#   [a,b,c,d] after REMOVE l[0], l[2]: ["b","c"]
#   [a] after SET l[9] = z: ["a",null,null,null,null,null,null,null,null,"z"]
#
# Why it matters: whoever takes lines of a voucher or lots of a shelf out of a stored list by index loses other
# lines here than in the cloud. Write the whole list back instead.
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
const after = async (letters, update, values) => {
  const Key = { pk: { S: 'p' } };
  await call('PutItem', { TableName, Item: { ...Key, l: { L: letters.map((S) => ({ S })) } } });
  const { Attributes } = await call('UpdateItem', {
    TableName,
    Key,
    UpdateExpression: update,
    ...(values && { ExpressionAttributeValues: values }),
    ReturnValues: 'ALL_NEW',
  });
  return JSON.stringify(Attributes.l.L.map(({ S = null }) => S));
};
const removed = await after(['a', 'b', 'c', 'd'], 'REMOVE l[0], l[2]');
const set = await after(['a'], 'SET l[9] = :z', { ':z': { S: 'z' } });
console.log(`[a,b,c,d] after REMOVE l[0], l[2]: ${removed}`);
console.log(`[a] after SET l[9] = z: ${set}`);
const asSeen = removed === '["b","c"]' && set === '["a",null,null,null,null,null,null,null,null,"z"]';
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs "$port"
