import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, SQSEvent } from 'aws-lambda';
import { handler as evaluateStock } from '../../functions/evaluate-stock/index.ts';
import { handler as notifyAlerts } from '../../functions/notify-alerts/index.ts';
import { reconcileLocation } from '../../functions/reconcile-ledger/reconcile-location.ts';
import { allStores } from '../../local/all-stores.ts';
import { lambdaContext } from '../../local/gateway-event.ts';
import { WORKERS } from '../../local/jobs.ts';
import type { Alert } from '../../shared/alerts/alert.ts';
import { AreaId, ItemId, LocationId, StockLocationId } from '../../shared/kernel/ids.ts';
import { dayOf, instantOf } from '../../shared/kernel/time.ts';
import { isAreaJob, type Job } from '../../shared/platform/jobs.ts';
import type { StockRow } from '../../shared/stock/stock.ts';
import { START } from './clock.ts';

/** Works off the share of a job that one location has, or one area, as its queue would. */
export const workOff = async (job: Job, location: string, day: string = dayOf(instantOf(START))): Promise<void> => {
  const message =
    isAreaJob(job) || AreaId.safeParse(location).success ? { job, area: location, day } : { job, location, day };
  const record = { messageId: location, body: JSON.stringify(message) };
  const { batchItemFailures } = await WORKERS[job]({ Records: [record] } as SQSEvent, lambdaContext(job));
  if (batchItemFailures.length > 0) throw new Error(`${job} failed at ${location}`);
};

/** As the stream does: any number, where a sweep opens a bounded number. */
export const evaluateStockOf = async (location: string, items: readonly string[]): Promise<void> => {
  const { evaluateStock } = allStores();
  for (const item of items) await evaluateStock(StockLocationId.parse(location), ItemId.parse(item));
};

export const sweep = (location: string): Promise<void> => workOff('sweep-alerts', location);

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;
const image = (row: StockRow | Alert): Image => marshall(row, { removeUndefinedValues: true }) as Image;

/** The stream record of a change of one stock row. */
export const stockRecordOf = (before: StockRow | undefined, after: StockRow): DynamoDBRecord => ({
  eventName: before ? 'MODIFY' : 'INSERT',
  dynamodb: {
    SequenceNumber: String(after.version),
    ...(before && { OldImage: image(before) }),
    NewImage: image(after),
  },
});

/** Hands records to evaluate-stock in this order. */
export const evaluateStockRecords = async (records: readonly DynamoDBRecord[]): Promise<void> => {
  const { batchItemFailures } = await evaluateStock({ Records: [...records] }, lambdaContext('evaluate-stock'));
  if (batchItemFailures.length > 0) throw new Error('evaluate-stock failed');
};

/** Hands the stream record of a change of one alert to notify-alerts. */
export const notifyOfAlert = async (after: Alert, before?: Alert): Promise<void> => {
  const dynamodb: Images = { SequenceNumber: String(after.version), NewImage: image(after) };
  if (before) dynamodb.OldImage = image(before);
  const records: DynamoDBRecord[] = [{ eventName: before ? 'MODIFY' : 'INSERT', dynamodb }];
  const { batchItemFailures } = await notifyAlerts({ Records: records }, lambdaContext('notify-alerts'));
  if (batchItemFailures.length > 0) throw new Error('notify-alerts failed');
};

type Images = NonNullable<DynamoDBRecord['dynamodb']>;

/** The drifts that a reconciliation of a location's whole book finds. */
export const reconcile = async (location: string) =>
  (await reconcileLocation(LocationId.parse(location), 'the whole book', allStores())).drifts;
