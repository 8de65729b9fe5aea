#!/usr/bin/env bash
# Package: moto 5.2.5 (PyPI, its server on flask 3.1.2), a stand-in for AWS services.
#
# Behaviour: a ProjectionExpression that names two places in one list answers with the last one; the other is absent,
# without an error. Two places in a map are both there, and so the expression looks right. DynamoDB answers both.
# (moto says that it supports this: getmoto/moto pull request 6375.)
#
# Output seen (goods: item I1 with quantity 1, item I2 with quantity 2):
#   totals.net, totals.tax       {"totals":{"net":"90","tax":"10"}}
#   goods[0].item, goods[0].qty  {"goods":[{"qty":"1"}]}
#   goods[0].item, goods[1].item {"goods":[{"item":"I2"}]}
#
# Why it matters: a program that reads two fields of a voucher's first line gets one of them here. One that has a
# default for an absent field goes on with the default, and its test fails far from the cause, or passes.
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
const line = (item, qty) => ({ M: { item: { S: item }, qty: { N: qty } } });
const totals = { M: { net: { N: '90' }, tax: { N: '10' } } };
await call('PutItem', { TableName, Item: { ...Key, totals, goods: { L: [line('I1', '1'), line('I2', '2')] } } });
const plain = ({ M, L, S, N }) =>
  M ? Object.fromEntries(Object.keys(M).toSorted().map((name) => [name, plain(M[name])])) : (L?.map(plain) ?? S ?? N);
const read = async (ProjectionExpression) => {
  const { Item } = await call('GetItem', { TableName, Key, ProjectionExpression });
  return `${ProjectionExpression.padEnd(28)} ${JSON.stringify(plain({ M: Item }))}`;
};
const lines = [
  await read('totals.net, totals.tax'),
  await read('goods[0].item, goods[0].qty'),
  await read('goods[0].item, goods[1].item'),
];
console.log(lines.join('\n'));
const asSeen =
  lines.join('\n') ===
  `totals.net, totals.tax       {"totals":{"net":"90","tax":"10"}}
goods[0].item, goods[0].qty  {"goods":[{"qty":"1"}]}
goods[0].item, goods[1].item {"goods":[{"item":"I2"}]}`;
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs "$port"
