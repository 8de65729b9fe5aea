import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import { deliverRecords, EVALUATE_STOCK } from './deliver-records.ts';
import { readJsonFile, writeJsonFile } from './stored-json.ts';

/** By stream and shard: shard names repeat between engines. */
const StreamPositions = z.record(z.string(), z.record(z.string(), z.string()));

export const followStream = async (
  endpoint: string,
  arn: string,
  placeFile: string | undefined,
  watching = EVALUATE_STOCK,
) => {
  const client = new DynamoDBStreamsClient({
    endpoint,
    region: 'ap-south-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const streams = (placeFile && (await readJsonFile(placeFile, StreamPositions))) || {};
  const places = new Map(Object.entries(streams[arn] ?? {}));

  const iteratorOf = async (ShardId: string): Promise<string | undefined> => {
    const place = places.get(ShardId);
    const from = place
      ? ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: place } as const)
      : ({ ShardIteratorType: 'TRIM_HORIZON' } as const);
    const { ShardIterator } = await client.send(new GetShardIteratorCommand({ StreamArn: arn, ShardId, ...from }));
    return ShardIterator;
  };

  /** An unknown position means the start. Repeated delivery is safe. */
  const drainFromPlace = async (shard: string): Promise<void> => {
    try {
      await drainShard(shard);
    } catch (error) {
      if (!places.has(shard) || !isUnknownPosition(error)) throw error;
      places.delete(shard);
      await drainShard(shard);
    }
  };

  const drainShard = async (shard: string): Promise<void> => {
    let iterator = await iteratorOf(shard);
    while (iterator) {
      const { Records = [], NextShardIterator } = await client.send(
        new GetRecordsCommand({ ShardIterator: iterator, Limit: 1000 }),
      );
      if (Records.length === 0) return;
      // The SDK also allows unknown attribute kinds.
      await deliverRecords(Records as DynamoDBRecord[], watching);
      const last = Records.at(-1)?.dynamodb?.SequenceNumber;
      if (last) places.set(shard, last);
      if (placeFile) await writeJsonFile(placeFile, { ...streams, [arn]: Object.fromEntries(places) });
      iterator = NextShardIterator;
    }
  };

  return {
    drain: async (): Promise<void> => {
      const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: arn }));
      for (const { ShardId } of StreamDescription?.Shards ?? []) if (ShardId) await drainFromPlace(ShardId);
    },
    close: () => client.destroy(),
  };
};

const UNKNOWN_POSITION_ERRORS = [
  'TrimmedDataAccessException',
  'ExpiredIteratorException',
  'ResourceNotFoundException',
  'ValidationException',
  'InvalidParameterException',
];

const isUnknownPosition = (error: unknown): boolean =>
  error instanceof Error && UNKNOWN_POSITION_ERRORS.includes(error.name);
