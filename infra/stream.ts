import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

type StreamProps = {
  /** Gets the position of records given up. */
  readonly deadLetters: IQueue;
  /** Batches per shard, split by partition key: a failing batch delays only its own keys. */
  readonly parallelism?: number;
};

/** Scheduled jobs find what is given up after an hour. */
export const streamSource = (table: ITable, { deadLetters, parallelism = 1 }: StreamProps): DynamoEventSource =>
  new DynamoEventSource(table, {
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    parallelizationFactor: parallelism,
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    retryAttempts: 5,
    maxRecordAge: Duration.hours(1),
    onFailure: new SqsDlq(deadLetters),
  });
