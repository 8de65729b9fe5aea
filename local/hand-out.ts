import type { DynamoDBRecord } from 'aws-lambda';
import { handler as watchStock } from '../functions/watch-stock/index.ts';
import { lambdaContext } from './lambda.ts';

/** How often a record may fail before it is passed over; the hourly job finds what was missed. */
const TRIES = 3;

/** As Lambda hands a stream out: after a failure it goes back to the first record that failed, and on from there. */
export const handOut = async (records: readonly DynamoDBRecord[], watch = watchStock): Promise<void> => {
  let left = records;
  let tries = 0;
  while (left.length > 0) {
    const { batchItemFailures } = await watch({ Records: [...left] }, lambdaContext('watch-stock'));
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const first = left.findIndex(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''));
    if (first === -1) return;
    tries = first === 0 ? tries + 1 : 1;
    const givenUp = tries === TRIES;
    if (givenUp) console.error('watch-stock gave up on a change of stock; raise-alerts will find it');
    left = left.slice(givenUp ? first + 1 : first);
    if (givenUp) tries = 0;
  }
};
