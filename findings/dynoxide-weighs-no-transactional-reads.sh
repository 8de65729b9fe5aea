#!/usr/bin/env bash
# Package: @dynoxide/linux-x64 1.2.1 (npm), a DynamoDB engine for one machine.
#
# Behaviour: DynamoDB documents one limit for both kinds of transactions: their items together may weigh 4 MB. The
# engine applies it to TransactWriteItems and not to TransactGetItems, where it reads any 100 items.
#
# Output seen (12 items of 380 kB, 4.56 MB):
#   TransactWriteItems refused: the aggregate size of the items in the transaction exceeding the 4MB limit
#   TransactGetItems   12 items
#
# Why it matters: the limit of a read depends on the data, not on the request. A report that reads the stock of a
# district's outlets in one transaction passes each test, also one with large items, and fails in the cloud as the
# rows grow. Count the bytes before you choose a transaction, or read by BatchGetItem where no snapshot is needed.
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
const keys = Array.from({ length: 12 }, (_, number) => ({ pk: { S: `outlet-${number}` } }));
const items = keys.map((Key) => ({ ...Key, stock: { S: 'x'.repeat(380_000) } }));
const written = await call('TransactWriteItems', { TransactItems: items.map((Item) => ({ Put: { TableName, Item } })) }).then(
  () => 'done',
  (error) => `refused: ${error.message.match(/the aggregate size.*limit/)?.[0]}`,
);
for (const Item of items) await call('PutItem', { TableName, Item });
const read = await call('TransactGetItems', { TransactItems: keys.map((Key) => ({ Get: { TableName, Key } })) }).then(
  ({ Responses }) => `${Responses.filter(({ Item }) => Item.stock.S.length === 380_000).length} items`,
  (error) => `refused: ${error.message}`,
);
console.log(`TransactWriteItems ${written}`);
console.log(`TransactGetItems   ${read}`);
const asSeen = written === 'refused: the aggregate size of the items in the transaction exceeding the 4MB limit' && read === '12 items';
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs "$port"
