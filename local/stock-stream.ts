import { readFile, writeFile } from 'node:fs/promises';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { handler as watchStock } from '../functions/watch-stock/index.ts';
import { lambdaContext } from './lambda.ts';

/** How often a record is handed out before it is given up; the hourly job finds what was missed. */
const TRIES = 3;

/** Lambda's part at a stream: hands its records to watch-stock in their order, and keeps in a file how far it came. */
export const stockStream = async (endpoint: string, arn: string, placeFile: string | undefined) => {
  const client = new DynamoDBStreamsClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const places = new Map<string, string>(placeFile ? await placesIn(placeFile) : []);

  const iteratorOf = async (ShardId: string): Promise<string | undefined> => {
    const place = places.get(ShardId);
    const from = place
      ? ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: place } as const)
      : ({ ShardIteratorType: 'TRIM_HORIZON' } as const);
    const { ShardIterator } = await client.send(new GetShardIteratorCommand({ StreamArn: arn, ShardId, ...from }));
    return ShardIterator;
  };

  /** Until a read finds nothing. */
  const drainShard = async (shard: string): Promise<void> => {
    let iterator = await iteratorOf(shard);
    while (iterator) {
      const { Records = [], NextShardIterator } = await client.send(
        new GetRecordsCommand({ ShardIterator: iterator, Limit: 1000 }),
      );
      if (Records.length === 0) return;
      await handOut(Records);
      const last = Records.at(-1)?.dynamodb?.SequenceNumber;
      if (last) places.set(shard, last);
      if (placeFile) await writeFile(placeFile, JSON.stringify([...places]));
      iterator = NextShardIterator;
    }
  };

  return {
    /** Hands out all that is there now. */
    drain: async (): Promise<void> => {
      const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: arn }));
      for (const { ShardId } of StreamDescription?.Shards ?? []) if (ShardId) await drainShard(ShardId);
    },
    close: () => client.destroy(),
  };
};

const placesIn = async (file: string): Promise<[string, string][]> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? [] : JSON.parse(text);
};

const handOut = async (records: readonly StreamRecord[]): Promise<void> => {
  let left = records;
  for (let tries = 0; tries < TRIES && left.length > 0; tries++) {
    const { batchItemFailures } = await watchStock({ Records: [...left] as never }, lambdaContext('watch-stock'));
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    left = left.filter(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''));
  }
  if (left.length > 0) console.error(`watch-stock gave up on ${left.length} records; raise-alerts will find them`);
};
