import { Duration, Validations } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { type IQueue, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { alarm, FIVE_MINUTES } from './alarms.ts';

export const queue = (scope: Construct, id: string, props: QueueProps): Queue =>
  new Queue(scope, id, { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, ...props });

/** SQS's longest retention; the first message raises the alarm. */
export const deadLetterQueue = (scope: Construct, id: string, description: string, topic: ITopic): IQueue => {
  const deadLetters = queue(scope, id, { retentionPeriod: Duration.days(14) });
  Validations.of(deadLetters).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is itself a dead-letter queue, of a schedule, a function or a stream, which the rule does not check.',
  });
  alarm(scope, `${id}NotEmpty`, {
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({ ...FIVE_MINUTES, statistic: 'Maximum' }),
    description,
    topic,
  });
  return deadLetters;
};

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
