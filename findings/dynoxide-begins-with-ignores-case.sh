#!/usr/bin/env bash
# Package: @dynoxide/linux-x64 1.2.1 (npm), a DynamoDB engine for one machine.
#
# Behaviour: in a key condition, `begins_with(sk, :prefix)` ignores the case of ASCII letters. DynamoDB compares
# the UTF-8 bytes of keys, so `AB` is not a prefix of `abc`. BETWEEN, `=` and the sort order of the same engine do
# respect case, and so does `begins_with` in a filter.
#
# Output seen:
#   key condition begins_with "AB": ["ABC","AbD","abc"]
#   key condition BETWEEN "AB" AND "AB~": ["ABC"]
#   filter begins_with "AB": ["ABC"]
#
# Why it matters: a query by prefix returns rows of other keys here and not in the cloud. A test that should fail
# passes, or the reverse: two kinds of rows told apart by case (`held#…`, `HELD#…`) mix on a developer's machine.
# Write prefixes as ranges, or let no two prefixes differ in case alone.
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
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
  AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
});
for (const sk of ['abc', 'ABC', 'AbD', 'zz'])
  await call('PutItem', { TableName, Item: { pk: { S: 'p' }, sk: { S: sk }, label: { S: sk } } });
const query = async (condition, values, filter) => {
  const { Items } = await call('Query', {
    TableName,
    KeyConditionExpression: `pk = :p${condition}`,
    ...(filter && { FilterExpression: filter }),
    ExpressionAttributeValues: { ':p': { S: 'p' }, ...values },
  });
  return JSON.stringify(Items.map(({ sk }) => sk.S));
};
const byPrefix = await query(' AND begins_with(sk, :a)', { ':a': { S: 'AB' } });
const byRange = await query(' AND sk BETWEEN :a AND :b', { ':a': { S: 'AB' }, ':b': { S: 'AB~' } });
const byFilter = await query('', { ':a': { S: 'AB' } }, 'begins_with(label, :a)');
console.log(`key condition begins_with "AB": ${byPrefix}`);
console.log(`key condition BETWEEN "AB" AND "AB~": ${byRange}`);
console.log(`filter begins_with "AB": ${byFilter}`);
const asSeen = byPrefix === '["ABC","AbD","abc"]' && byRange === '["ABC"]' && byFilter === '["ABC"]';
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs "$port"
