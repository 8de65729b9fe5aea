import type { DynamoDBRecord, SQSEvent } from 'aws-lambda';
import { handler as raiseAlerts } from '../../functions/raise-alerts/index.ts';
import { handler as watchStock } from '../../functions/watch-stock/index.ts';
import { lambdaContext } from '../../local/lambda.ts';
import type { StockRow } from '../../shared/domain/stock.ts';

/** Works off raise-alerts for one location, as its queue would. */
export const sweep = async (location: string): Promise<void> => {
  const record = { messageId: location, body: JSON.stringify({ job: 'raise-alerts', location }) };
  const { batchItemFailures } = await raiseAlerts({ Records: [record] } as SQSEvent, lambdaContext('raise-alerts'));
  if (batchItemFailures.length > 0) throw new Error(`raise-alerts failed at ${location}`);
};

const image = ({ location, item, ...figures }: StockRow) => ({
  location: { S: location },
  item: { S: item },
  ...Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, { N: String(figure) }])),
});

/** News of one stock row, as its stream says it. */
export const newsOf = (before: StockRow | undefined, after: StockRow): DynamoDBRecord => ({
  eventName: before ? 'MODIFY' : 'INSERT',
  dynamodb: {
    SequenceNumber: String(after.version),
    ...(before && { OldImage: image(before) }),
    NewImage: image(after),
  },
});

/** Hands records to watch-stock in this order. */
export const hear = async (records: readonly DynamoDBRecord[]): Promise<void> => {
  const { batchItemFailures } = await watchStock({ Records: [...records] }, lambdaContext('watch-stock'));
  if (batchItemFailures.length > 0) throw new Error('watch-stock failed');
};
