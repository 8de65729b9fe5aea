import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { allStores } from '../../local/all-stores.ts';
import { lambdaContext } from '../../local/gateway-event.ts';
import { stockLocationWorker } from '../../shared/platform/job-handler.ts';
import { type RowChange, tableStream } from '../../shared/platform/stream-handler.ts';
import { StockRow } from '../../shared/stock/stock.ts';
import { useBook } from '../kit/book.ts';
import { stockRecordOf } from '../kit/jobs.ts';
import { errorsLogged } from '../kit/logs.ts';

useBook();

const messages = (...locations: string[]) =>
  ({
    Records: locations.map((location) => ({
      messageId: `m-${location}`,
      body: JSON.stringify({ job: 'sweep-alerts', location, day: '2026-11-22' }),
    })),
  }) as SQSEvent;

describe('a worker', () => {
  it('logs why a message failed, and which; the others are worked off', async () => {
    const logged = errorsLogged();
    const done: string[] = [];
    const handler = stockLocationWorker(allStores, async ({ location }) => {
      if (location === 'LKO-01') throw new Error('the shelf fell down');
      done.push(location);
    });
    const answer = await handler(messages('LKO-01', 'LKO-02', 'PBE-01'), lambdaContext('worker'));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-LKO-01' }] });
    expect(done).toEqual(['LKO-02', 'PBE-01']);
    expect(logged).toEqual([
      expect.objectContaining({
        message: 'failed',
        messageId: 'm-LKO-01',
        error: expect.objectContaining({ message: 'the shelf fell down' }),
      }),
    ]);
  });

  it('logs what could not be read as a message, and each under its own id', async () => {
    const logged = errorsLogged();
    const handler = stockLocationWorker(allStores, async ({ location }) => {
      throw new Error(location);
    });
    const { Records } = messages('LKO-01', 'LKO-02', 'no place');
    await handler({ Records }, lambdaContext('worker'));
    expect(logged.map(({ messageId }) => messageId).toSorted()).toEqual(['m-LKO-01', 'm-LKO-02', 'm-no place']);
    const said = new Map(logged.map(({ messageId, error }) => [messageId, (error as Error).message]));
    expect(said.get('m-LKO-02')).toBe('LKO-02');
  });
});

describe('the stream of stock', () => {
  const row = (location: string, version: number) =>
    StockRow.parse({ location, item: 'LKO-KURTA-01', onHand: 4, free: 4, inbound: 0, version });
  const unreadable = { dynamodb: { SequenceNumber: '2', NewImage: { location: { S: 'LKO-01' } } } };
  const records = [stockRecordOf(undefined, row('LKO-01', 1)), unreadable, stockRecordOf(undefined, row('LKO-02', 3))];

  const watched = async (prepare: (news: readonly RowChange<StockRow>[]) => Promise<void>) => {
    const locations: (string | undefined)[] = [];
    const handler = tableStream(allStores, {
      read: ({ stock }, image) => stock.inImage(image),
      prepare,
      process: async ({ after }) => void locations.push(after?.location),
    });
    return { locations, answer: await handler({ Records: records }, lambdaContext('evaluate-stock')) };
  };

  it('one image that cannot be read is passed over, counted and logged: it would stop the shard for ever', async () => {
    const logged = errorsLogged();
    const { locations, answer } = await watched(async () => undefined);
    expect(locations).toEqual(['LKO-01', 'LKO-02']);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(logged).toEqual([
      expect.objectContaining({ sequenceNumber: '2', error: expect.objectContaining({ name: 'ZodError' }) }),
    ]);
  });

  it('what could not be read for all at once is left to each', async () => {
    errorsLogged();
    const { locations } = await watched(() => Promise.reject(new Error('busy')));
    expect(locations).toEqual(['LKO-01', 'LKO-02']);
  });
});
