import type { DynamoDBRecord } from 'aws-lambda';
import { handler as evaluateStock } from '../functions/evaluate-stock/index.ts';
import { handler as notifyAlerts } from '../functions/notify-alerts/index.ts';
import { lambdaContext } from './gateway-event.ts';

/** A job repairs what a skipped record missed. */
const MAX_ATTEMPTS = 3;

type StreamConsumer = { readonly watch: typeof evaluateStock; readonly name: string; readonly failureMessage: string };

export const EVALUATE_STOCK: StreamConsumer = {
  watch: evaluateStock,
  name: 'evaluate-stock',
  failureMessage: 'evaluate-stock gave up on a change of stock; sweep-alerts will find it',
};

export const NOTIFY_ALERTS: StreamConsumer = {
  watch: notifyAlerts,
  name: 'notify-alerts',
  failureMessage: 'notify-alerts gave up on a change of an alert; send-digest tells what is still open',
};

/** As in Lambda, a retry starts at the first failed record. */
export const deliverRecords = async (
  records: readonly DynamoDBRecord[],
  { watch, name, failureMessage }: StreamConsumer = EVALUATE_STOCK,
): Promise<void> => {
  let left = records;
  let tries = 0;
  while (left.length > 0) {
    const { batchItemFailures } = await watch({ Records: [...left] }, lambdaContext(name));
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const first = left.findIndex(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''));
    if (first === -1) return;
    tries = first === 0 ? tries + 1 : 1;
    const gaveUp = tries === MAX_ATTEMPTS;
    if (gaveUp) console.error(failureMessage);
    left = left.slice(gaveUp ? first + 1 : first);
    if (gaveUp) tries = 0;
  }
};
