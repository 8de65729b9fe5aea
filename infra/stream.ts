import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

type StreamProps = {
  /** Where what is given up leaves word. */
  readonly deadLetters: IQueue;
  /** Batches of one shard at once, split by partition key: one that fails holds up its own part, not all. */
  readonly parallelism?: number;
};

/** What changes in a table, as its function hears it: given up within the hour, as what goes by the clock finds what was missed. */
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
