#!/usr/bin/env bash
# Package: @dynoxide/linux-x64 1.2.1 (npm), a DynamoDB engine for one machine.
#
# Behaviour: a write that changes nothing (the same item put again, an update to the values that are there) adds a
# MODIFY record to the table's stream. DynamoDB writes a stream record only when an item changed.
#
# Output seen:
#   after one put, the same put again and an update to the same value: INSERT, MODIFY, MODIFY
#   old and new image of the last record are equal: true
#
# Why it matters: a consumer that is tested here sees events that the cloud never sends. A design that rewrites an
# item to make its consumer look again works on this engine and is silent in the cloud.
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
const call = async (operation, body, api = 'DynamoDB_20120810') => {
  for (let attempt = 1; ; attempt++)
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `${api}.${operation}`,
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
const { TableDescription } = await call('CreateTable', {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
});
const streams = async (operation, body) => call(operation, body, 'DynamoDBStreams_20120810');
const Item = { pk: { S: 'p' }, n: { N: '1' } };
await call('PutItem', { TableName, Item });
await call('PutItem', { TableName, Item });
await call('UpdateItem', {
  TableName,
  Key: { pk: { S: 'p' } },
  UpdateExpression: 'SET n = :n',
  ExpressionAttributeValues: { ':n': { N: '1' } },
});
const StreamArn = TableDescription.LatestStreamArn;
const { StreamDescription } = await streams('DescribeStream', { StreamArn });
const all = [];
for (const { ShardId } of StreamDescription.Shards) {
  const { ShardIterator } = await streams('GetShardIterator', { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
  all.push(...(await streams('GetRecords', { ShardIterator })).Records);
}
const names = all.map(({ eventName }) => eventName).join(', ');
const images = ({ NewImage, OldImage }) => [NewImage, OldImage].map((image) => JSON.stringify(Object.entries(image).sort()));
const [one, other] = images(all.at(-1).dynamodb);
console.log(`after one put, the same put again and an update to the same value: ${names}`);
console.log(`old and new image of the last record are equal: ${one === other}`);
const asSeen = names === 'INSERT, MODIFY, MODIFY' && one === other;
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs "$port"
