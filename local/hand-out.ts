import type { DynamoDBRecord } from 'aws-lambda';
import { handler as evaluateStock } from '../functions/evaluate-stock/index.ts';
import { handler as notifyAlerts } from '../functions/notify-alerts/index.ts';
import { lambdaContext } from './lambda.ts';

/** How often a record may fail before it is passed over; a job finds what was missed. */
const TRIES = 3;

type Watching = { readonly watch: typeof evaluateStock; readonly name: string; readonly givenUp: string };

export const WATCH_STOCK: Watching = {
  ...{ watch: evaluateStock, name: 'evaluate-stock' },
  givenUp: 'evaluate-stock gave up on a change of stock; sweep-alerts will find it',
};
export const ANNOUNCE: Watching = {
  ...{ watch: notifyAlerts, name: 'notify-alerts' },
  givenUp: 'notify-alerts gave up on a change of an alert; send-digest tells what is still open',
};

/** As Lambda hands a stream out: after a failure it goes back to the first record that failed, and on from there. */
export const handOut = async (
  records: readonly DynamoDBRecord[],
  { watch, name, givenUp }: Watching = WATCH_STOCK,
): Promise<void> => {
  let left = records;
  let tries = 0;
  while (left.length > 0) {
    const { batchItemFailures } = await watch({ Records: [...left] }, lambdaContext(name));
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const first = left.findIndex(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''));
    if (first === -1) return;
    tries = first === 0 ? tries + 1 : 1;
    const gaveUp = tries === TRIES;
    if (gaveUp) console.error(givenUp);
    left = left.slice(gaveUp ? first + 1 : first);
    if (gaveUp) tries = 0;
  }
};
