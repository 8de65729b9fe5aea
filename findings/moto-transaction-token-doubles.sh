#!/usr/bin/env bash
# Package: moto 5.2.5 (PyPI, its server on flask 3.1.2), a stand-in for AWS services.
#
# Behaviour: TransactWriteItems takes a ClientRequestToken and ignores it: the same request with the same token is
# done twice. DynamoDB documents the call as idempotent for ten minutes by that token: the second changes nothing.
#
# Output seen:
#   n after two calls with one token, each adding 1: 2
#
# Why it matters: the SDKs draw such a token for each call and send it again when an answer is lost. A test on moto
# of "a lost answer doubles nothing" fails though the code is right; so people add guards that the cloud does not need.
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
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
});
const Key = { pk: { S: 'p' } };
const add = {
  ClientRequestToken: 'one-token',
  TransactItems: [
    { Update: { TableName, Key, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } } },
  ],
};
await call('TransactWriteItems', add);
await call('TransactWriteItems', add);
const { Item } = await call('GetItem', { TableName, Key });
console.log(`n after two calls with one token, each adding 1: ${Item.n.N}`);
const asSeen = Item.n.N === '2';
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs "$port"
