import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { StockRow } from '../domain/stock.ts';
import { type Composition, composition } from '../runtime/composition.ts';
import { logger } from '../runtime/observability.ts';
import { observed } from './observed.ts';
import { told } from './told.ts';

/** What happened to one stock row; before or after is missing where there was, or is, none. */
export type StockNews = { readonly before: StockRow | undefined; readonly after: StockRow | undefined };

/** What a function does with the stream: `prepare` sees the whole batch, for what is better read at once; `watch` each record. */
type Watcher = {
  readonly prepare: (news: readonly StockNews[], tools: Composition) => Promise<void>;
  readonly watch: (news: StockNews, tools: Composition) => Promise<void>;
};

/** The one chain for the stream of stock. All records are tried; Lambda then sends the first that failed again, and with it all that came after. */
export const stockStream = ({ prepare, watch }: Watcher) =>
  observed<DynamoDBStreamEvent, DynamoDBBatchResponse>(async (event) => {
    const tools = composition();
    const newsOf = ({ dynamodb }: DynamoDBRecord): StockNews => ({
      before: tools.stock.inImage(dynamodb?.OldImage),
      after: tools.stock.inImage(dynamodb?.NewImage),
    });
    const prepareAll = async () => prepare(event.Records.map(newsOf), tools);
    // Only a saving: what cannot be read here fails below, each record on its own.
    await prepareAll().catch((error: unknown) => logger.warn('not prepared', { error }));
    const each = told(
      ({ eventID, dynamodb }: DynamoDBRecord) => ({ eventID, sequenceNumber: dynamodb?.SequenceNumber }),
      (record) => watch(newsOf(record), tools),
    );
    return processPartialResponse(event, each, new BatchProcessor(EventType.DynamoDBStreams), {
      throwOnFullBatchFailure: false,
    });
  });
