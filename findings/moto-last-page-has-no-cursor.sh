#!/usr/bin/env bash
# Package: moto 5.2.5 (PyPI, its server on flask 3.1.2), a stand-in for AWS services.
#
# Behaviour: a Query whose Limit is reached by exactly the last item answers without LastEvaluatedKey. DynamoDB
# stops at the limit without looking further, so it gives a LastEvaluatedKey, and the next page is empty.
#
# Output seen:
#   two items, Limit 2: 2 items, cursor absent
#   two items, Limit 1: 1 item, cursor present; next page: 1 item, cursor absent
#
# Why it matters: "a cursor means that there is more" holds on moto and not in the cloud. A phone that shows "more"
# then shows an empty page, and a loop that takes an empty page for an error fails only in production.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${engine:-}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'moto[dynamodb]==5.2.5' flask==3.1.2 flask-cors==6.0.1
port=$((20000 + RANDOM % 20000))
venv/bin/moto_server -H 127.0.0.1 -p "$port" >log 2>&1 &
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
for (const sk of ['1', '2']) await call('PutItem', { TableName, Item: { pk: { S: 'p' }, sk: { S: sk } } });
const page = (Limit, ExclusiveStartKey) =>
  call('Query', {
    TableName,
    Limit,
    KeyConditionExpression: 'pk = :p',
    ExpressionAttributeValues: { ':p': { S: 'p' } },
    ...(ExclusiveStartKey && { ExclusiveStartKey }),
  });
const say = ({ Count, LastEvaluatedKey }) =>
  `${Count} ${Count === 1 ? 'item' : 'items'}, cursor ${LastEvaluatedKey ? 'present' : 'absent'}`;
const both = await page(2);
const first = await page(1);
const second = await page(1, first.LastEvaluatedKey);
console.log(`two items, Limit 2: ${say(both)}`);
console.log(`two items, Limit 1: ${say(first)}; next page: ${say(second)}`);
const asSeen =
  say(both) === '2 items, cursor absent' &&
  say(first) === '1 item, cursor present' &&
  say(second) === '1 item, cursor absent';
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs "$port"
