#!/usr/bin/env bash
# Packages: @aws-lambda-powertools/logger 2.35.0, @aws-sdk/client-dynamodb 3.1162.0 (npm); the engine is
# @dynoxide/linux-x64 1.2.1.
#
# Behaviour: `logger.error(message, error)` writes every enumerable property of the error, not its name, message and
# stack alone. When a transaction asks for `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`, the SDK's
# TransactionCanceledException has the stored item in `CancellationReasons[].Item`. So the item that stood in the way
# goes into the log, with all its attributes, though nobody passed it to the logger.
#
# Output seen:
#   name, message and stack have the phone number: false
#   the log line has the phone number: true
#   where: error.CancellationReasons[0].Item.phone.S
#
# Why it matters: a function that logs an unexpected failure also logs personal data of the row it failed on. Logs are
# kept longer, and read by more people, than the table. Give the logger a formatter or a replacer that keeps name,
# message, stack and the reason codes.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${engine:-}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @dynoxide/linux-x64@1.2.1 \
  @aws-lambda-powertools/logger@2.35.0 @aws-sdk/client-dynamodb@3.1162.0 >/dev/null
port=$((20000 + RANDOM % 20000))
./node_modules/@dynoxide/linux-x64/dynoxide serve --host 127.0.0.1 --port "$port" --db-path "$folder/rows.sqlite" >log 2>&1 &
engine=$!
cat >probe.mjs <<'JS'
import { Logger } from '@aws-lambda-powertools/logger';
import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';

const PHONE = '0000012345';
const client = new DynamoDBClient({
  endpoint: `http://127.0.0.1:${process.argv[2]}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 20,
});
const TableName = 'Customers';
await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  }),
);
const Item = { id: { S: 'sale-1' }, phone: { S: PHONE } };
await client.send(new PutItemCommand({ TableName, Item }));
const error = await client
  .send(
    new TransactWriteItemsCommand({
      TransactItems: [
        {
          Put: {
            TableName,
            Item: { id: { S: 'sale-1' } },
            ConditionExpression: 'attribute_not_exists(id)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ],
    }),
  )
  .then(() => undefined, (thrown) => thrown);

let line = '';
const write = (text) => {
  line += text;
};
for (const method of ['error', 'log', 'info']) console[method] = ((print) => (text) => (typeof text === 'string' && text.startsWith('{"level"') ? write(text) : print(text)))(console[method]);
const logger = new Logger({ serviceName: 'probe' });
logger.console = { ...console, error: write };
logger.error('failed', error);
const said = [error.name, error.message, error.stack].join(' ').includes(PHONE);
const logged = line.includes(PHONE);
const where = JSON.parse(line || '{}').error?.CancellationReasons?.[0]?.Item?.phone?.S === PHONE;
process.stdout.write(`name, message and stack have the phone number: ${said}\n`);
process.stdout.write(`the log line has the phone number: ${logged}\n`);
process.stdout.write(`where: ${where ? 'error.CancellationReasons[0].Item.phone.S' : 'elsewhere'}\n`);
const asSeen = !said && logged && where;
process.stdout.write(asSeen ? 'as described\n' : 'CHANGED\n');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs "$port"
