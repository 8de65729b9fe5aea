import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Alert } from '../alerts/alert.ts';
import { type Composition, composition } from '../api/composition.ts';
import type { StockRow } from '../stock/stock.ts';
import { told } from './log-failure.ts';
import { observed } from './observed.ts';
import { logger } from './telemetry.ts';

/** What happened to one stock row; before or after is missing where there was, or is, none. */
export type StockNews = { readonly before: StockRow | undefined; readonly after: StockRow | undefined };

/** What happened to one alert. */
export type AlertNews = { readonly before: Alert | undefined; readonly after: Alert | undefined };

/** What a function does with a stream: `prepare` sees the whole batch, for what is better read at once; `watch` each record. */
type Watcher<News> = {
  readonly prepare: (news: readonly News[], tools: Composition) => Promise<void>;
  readonly watch: (news: News, tools: Composition) => Promise<void>;
};

/** The one chain for streams. All records are tried; Lambda then sends the first that failed again, and with it all that came after. */
const streamOf = <News>(
  newsIn: (record: DynamoDBRecord, tools: Composition) => News,
  { prepare, watch }: Watcher<News>,
) =>
  observed<DynamoDBStreamEvent, DynamoDBBatchResponse>(async (event) => {
    const tools = composition();
    // A record that cannot be read never will be: tried again, it would hold up all that come after it.
    const readable = (record: DynamoDBRecord): News[] => {
      try {
        return [newsIn(record, tools)];
      } catch (error) {
        tools.count('RowsUnreadable', 1);
        logger.error('left out, as it cannot be read', { error, sequenceNumber: record.dynamodb?.SequenceNumber });
        return [];
      }
    };
    const news = new Map(event.Records.map((record) => [record, readable(record)]));
    const prepareAll = async () => prepare([...news.values()].flat(), tools);
    // Only a saving: what fails here fails below, each record on its own.
    await prepareAll().catch((error: unknown) => logger.warn('not prepared', { error }));
    const each = told(
      ({ eventID, dynamodb }: DynamoDBRecord) => ({ eventID, sequenceNumber: dynamodb?.SequenceNumber }),
      async (record) => {
        for (const one of news.get(record) ?? []) await watch(one, tools);
      },
    );
    return processPartialResponse(event, each, new BatchProcessor(EventType.DynamoDBStreams), {
      throwOnFullBatchFailure: false,
    });
  });

export const stockStream = (watcher: Watcher<StockNews>) =>
  streamOf(
    ({ dynamodb }, { stock }) => ({
      before: stock.inImage(dynamodb?.OldImage),
      after: stock.inImage(dynamodb?.NewImage),
    }),
    watcher,
  );

export const alertStream = (watcher: Watcher<AlertNews>) =>
  streamOf(
    ({ dynamodb }, { alerts }) => ({
      before: alerts.inImage(dynamodb?.OldImage),
      after: alerts.inImage(dynamodb?.NewImage),
    }),
    watcher,
  );
