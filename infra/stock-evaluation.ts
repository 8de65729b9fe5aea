import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarm, FIVE_MINUTES } from './alarms.ts';
import { bahiFunction } from './bahi-function.ts';
import { deadLetterQueue, streamSource } from './queues.ts';
import type { BahiTables } from './tables.ts';

/** Gives up within an hour, because the hourly sweep finds what it missed. */
export const stockEvaluation = (stack: Construct, tables: BahiTables, topic: ITopic): void => {
  const scope = new Construct(stack, 'StockWatch');
  const failedRecords = deadLetterQueue(
    scope,
    'ChangesFailed',
    'Some alerts come up to an hour late, from the hourly sweep. Find the cause in the log of functions/evaluate-stock. The ' +
      'messages here are only stream positions: purge them after the next sweep.',
    topic,
  );
  const evaluateStock = bahiFunction(scope, 'evaluate-stock', {
    tables,
    timeout: Duration.minutes(1),
    memorySize: 512,
  });
  evaluateStock.addEventSource(
    // The CDK's table types disagree about an absent stream; this table has one.
    streamSource(tables.Stock as ITable, { deadLetters: failedRecords, parallelism: 2 }),
  );
  alarm(scope, 'ChangesLate', {
    metric: evaluateStock.metric('IteratorAge', { ...FIVE_MINUTES, statistic: 'Maximum' }),
    above: Duration.minutes(10).toMilliseconds(),
    description:
      'Alerts about empty shelves are late: functions/evaluate-stock is ten minutes behind the stock stream. Look for errors ' +
      'that it retries; if there are none, raise its parallelization factor.',
    topic,
  });
};
